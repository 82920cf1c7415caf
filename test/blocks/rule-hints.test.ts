import { describe, expect, test } from "@jest/globals";
import { readPolicy } from "../../src/approval/policy-file.ts";
import { ruleHints } from "../../src/blocks/rule-hints.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";

/** What stands under the fields of an empty form, by the tag rules in a policy file. */
function hintsOf(tagRule: string) {
  const read = readPolicy(
    `rules:\n  - name: one\n    confirm: requester\ntag_rules:\n  - ${tagRule}\n`,
  );
  if (!("policy" in read)) throw new Error(JSON.stringify(read));
  return ruleHints(read.policy.tagRules, EMPTY_FORM);
}
const keys = (count: number): string => Array.from({ length: count }, (_, n) => `k${n}`).join(", ");

describe("The hint of the tag rules under a field", () => {
  test("names required tags where they are set, and that they stay where tags are removed", () => {
    expect(hintsOf("required: [team]")).toEqual({
      set: "Your team's rules: each snapshot has team.",
      remove: "Your team's rules: team stays.",
    });
    expect(hintsOf("required: [team, owner]")).toEqual({
      set: "Your team's rules: each snapshot has team and owner.",
      remove: "Your team's rules: team and owner stay.",
    });
    expect(hintsOf("required: [team, owner, env]").set).toContain("team, owner and env.");
  });

  test("names six tags, and says how many more there are", () => {
    expect(hintsOf(`required: [${keys(6)}]`).set).toContain("k0, k1, k2, k3, k4 and k5.");
    expect(hintsOf(`required: [${keys(8)}]`).set).toContain("k0, k1, k2, k3, k4, k5 and 2 more.");
    const values = (count: number): string =>
      hintsOf(`values: {${keys(count).replaceAll(/k\d/g, (key) => `${key}: on`)}}`).set ?? "";
    expect(values(6)).toContain("k5:");
    expect(values(6)).not.toContain("more");
    expect(values(8)).not.toContain("k6:");
    expect(values(8)).toContain("And 2 more tags with values.");
  });

  test("says how many tags there may be, in the right number", () => {
    expect(hintsOf("most_tags: 1")).toEqual({ set: "Your team's rules: At most 1 tag." });
    expect(hintsOf("most_tags: 5")).toEqual({ set: "Your team's rules: At most 5 tags." });
  });

  test("says what nobody sets or removes", () => {
    expect(hintsOf("protected: [billing]")).toEqual({
      set: "Your team's rules: Nobody sets billing.",
      remove: "Your team's rules: Nobody removes billing.",
    });
  });

  test("says nothing where there is no rule", () => {
    expect(ruleHints([], EMPTY_FORM)).toEqual({});
  });
});
