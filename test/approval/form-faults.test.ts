import { describe, expect, test } from "@jest/globals";
import { heldToRules } from "../../src/approval/form-faults.ts";
import { readPolicy } from "../../src/approval/policy-file.ts";
import { EMPTY_FORM, readForm } from "../../src/snapshot/form-input.ts";
import { ID } from "../snapshot/samples.ts";

function rulesOf(text: string) {
  const read = readPolicy(`rules: [{ name: a, confirm: requester }]\ntag_rules:\n${text}`);
  if ("faults" in read) throw new Error(read.faults.join("\n"));
  return read.policy.tagRules;
}

const RULES = rulesOf(`
  - required: owner
    values: { environment: [prod, staging], team: "pay*" }
    protected: ["billing:*"]
    name: ["nightly-*", "weekly"]
  - when: { project: 1186668 }
    values: { environment: [prod, test] }
`);

/** What is said under the form's fields; "as read": nothing more than without rules. */
function said(typed: Partial<typeof EMPTY_FORM>, rules = RULES) {
  const input = { ...EMPTY_FORM, snapshot: ID, ...typed };
  const read = readForm(input);
  const held = heldToRules(rules, input, read);
  if (held === read) return "as read";
  return held.ok ? held.value : held.problem;
}

const breach = (one: object) => ({ kind: "breach", breach: one });

describe("The tag rules, while a form is filled in,", () => {
  test("have nothing against what they allow, nor against what they do not speak of", () => {
    expect(said({ name: "nightly-db", set: "environment=prod\nteam=payments\nx=y" })).toBe(
      "as read",
    );
    expect(said({ name: "weekly", remove: "team" })).toBe("as read");
    expect(said({ set: "environment=prod" })).toBe("as read");
    expect(said({ name: "any", set: "billing:id=7" }, [])).toBe("as read");
  });

  test("say under the name which names there may be", () => {
    expect(said({ name: "weekly-1" })).toEqual({
      name: breach({ kind: "name-unlike", name: "weekly-1", patterns: ["nightly-*", "weekly"] }),
    });
  });

  test("say under the tags which values there may be, of the first tag that has another one", () => {
    const values = ["prod", "staging"];
    expect(said({ set: "team=payments\nenvironment=qa\nteam2=x" })).toEqual({
      set: breach({ kind: "tag-value", key: "environment", value: "qa", values }),
    });
  });

  test("count what holds in a project as soon as the project is chosen", () => {
    expect(said({ set: "environment=staging" })).toBe("as read");
    expect(said({ set: "environment=staging", project: "1186668" })).toEqual({
      set: breach({ kind: "tag-value", key: "environment", value: "staging", values: ["prod"] }),
    });
  });

  test("keep a protected tag from being set and from being removed", () => {
    expect(said({ set: "billing:id=7" })).toEqual({
      set: breach({ kind: "tag-protected", key: "billing:id" }),
    });
    expect(said({ set: "x=y", remove: "team\nbilling:id" })).toEqual({
      remove: breach({ kind: "tag-protected", key: "billing:id" }),
    });
  });

  test("say everything at once, a fault a field", () => {
    expect(
      Object.keys(said({ name: "monthly", set: "environment=qa", remove: "billing:id" })),
    ).toEqual(["name", "set", "remove"]);
  });

  test("name the values to a tag that was typed without one, beside what else is wrong", () => {
    expect(said({ set: "environment=", reason: "r".repeat(501) })).toEqual({
      set: breach({
        kind: "tag-value",
        key: "environment",
        value: "",
        values: ["prod", "staging"],
      }),
      reason: { kind: "reason-length", length: 501 },
    });
    expect(said({ set: "environment=", project: "1186668" })).toMatchObject({
      set: { breach: { values: ["prod"] } },
    });
    expect(said({ set: "owner=" })).toEqual({
      set: breach({ kind: "tag-value", key: "owner", value: "", values: null }),
    });
  });

  test("leave other faults as they are", () => {
    expect(said({ set: "x=" })).toBe("as read");
    expect(said({ set: "environment" })).toBe("as read");
    expect(said({ name: "", set: "" })).toBe("as read");
  });
});
