import { describe, expect, test } from "@jest/globals";
import { initialValues } from "../../playground/slack/form.ts";
import { objectsOf, parseJson } from "../../playground/slack/json.ts";
import { formView, readFormView } from "../../src/blocks/form-view.ts";
import type { ViewState } from "../../src/blocks/view-state.ts";
import { fillForm, refText } from "../../src/snapshot/fill-form.ts";
import { EMPTY_FORM, type FormInput } from "../../src/snapshot/form-input.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { ID, SYSTEM, snapshotWith, tag } from "../snapshot/samples.ts";
import { textOf } from "./text-of.ts";

const KNOWN = {
  projects: [
    { id: 1, name: "staging" },
    { id: 1186668, name: "production" },
  ],
  regions: [
    { id: 7, name: "Manassas", isOpen: true },
    { id: 76, name: "Frankfurt", isOpen: true },
  ],
};
const OTHER = ID.replace("5", "6");
const SNAPSHOT = snapshotWith();

/** The blocks of a form in which this stands; `filledFrom`: of which snapshot it was filled. */
const formOf = (input: Partial<FormInput>, filledFrom?: Snapshot) =>
  formView(
    { id: "draft", input: { ...EMPTY_FORM, ...input }, ...(filledFrom && { filledFrom }) },
    KNOWN,
  ).blocks;
/** A form that was filled from a snapshot, with these keys to go. */
const filledFrom = (snapshot: Snapshot, remove = "") => {
  const input = fillForm(EMPTY_FORM, undefined, snapshot);
  return formOf({ ...input, remove }, snapshot);
};
/** What stands chosen in the three menus, as a person reads it. */
const chosen = (...form: Parameters<typeof formOf>): readonly string[] =>
  [
    ...JSON.stringify(formOf(...form)).matchAll(
      /"initial_option":\{"text":\{[^}]*"text":"([^"]*)"/g,
    ),
  ].map(([, text = ""]) => text);
const removeField = (blocks: ReturnType<typeof formOf>): string =>
  JSON.stringify(blocks.find((block) => block.block_id === "remove~0"));

describe("The form shows", () => {
  test("a project and a region by their names, or by their numbers where it knows no name", () => {
    expect(chosen({ project: "1186668", region: "76" })).toEqual([
      ...["production (1186668)", "Frankfurt (76)"],
    ]);
    expect(chosen({ project: "2", region: "3" })).toEqual(["Project 2", "Region 3"]);
    expect(chosen({ region: "148" }, SNAPSHOT)).toEqual(["Luxembourg-3 (148)"]);
    expect(chosen({ region: "76" }, SNAPSHOT)).toEqual(["Frankfurt (76)"]);
    expect(chosen({})).toEqual([]);
  });

  test("the snapshot that it was filled from by its name, and one chosen since by its id", () => {
    expect(chosen({ snapshot: refText(SNAPSHOT) }, SNAPSHOT)).toEqual(["nightly"]);
    expect(chosen({ snapshot: `1186668/148/${OTHER}` }, SNAPSHOT)).toEqual([OTHER]);
    const nameless = snapshotWith({ name: "" });
    expect(chosen({ snapshot: refText(nameless) }, nameless)).toEqual([ID]);
  });

  test("what the snapshot is, without what Gcore does not tell of it", () => {
    const facts = " · 120 GiB · available · Luxembourg-3 · ";
    expect(textOf(filledFrom(SNAPSHOT))).toContain(
      `nightly${facts.trimEnd()} of db-primary · made`,
    );
    const bare = snapshotWith({ createdAt: null, tags: [tag("team", "payments")] });
    expect(textOf(filledFrom(bare))).toContain(`nightly${facts}${ID}`);
  });
});

describe("The tags that are to go", () => {
  const tags = (count: number) => Array.from({ length: count }, (_, n) => tag(`k${n}`, "v"));

  test("are chosen from a list, with nothing chosen at first", () => {
    const field = removeField(filledFrom(SNAPSHOT));
    expect(textOf(JSON.parse(field))).toBe(
      "Remove tagsChoose tags that are to goenvironment=prodteam=payments",
    );
    expect(field).not.toContain("initial_options");
  });

  test("stand chosen there when they were written in the command", () => {
    const state = initialValues(
      objectsOf(parseJson(JSON.stringify(filledFrom(SNAPSHOT, "team")))),
    ) as ViewState;
    expect(readFormView(state, SNAPSHOT).remove).toBe("team");
  });

  test("are typed where Slack's list of a hundred does not hold them, or one is not there", () => {
    const typed = "One key a line.";
    const of = (count: number) =>
      removeField(filledFrom(snapshotWith({ tags: [...SYSTEM, ...tags(count)] })));
    expect(of(100)).not.toContain(typed);
    expect(of(101)).toContain(typed);
    expect(of(0)).toContain(typed);
    const missing = removeField(filledFrom(SNAPSHOT, "team\nowner"));
    expect(missing).toContain(typed);
    expect(missing).toContain('"initial_value":"team\\nowner"');
  });
});
