import { describe, expect, test } from "@jest/globals";
import { readPolicy } from "../../src/approval/policy-file.ts";
import { allowedValues, demandsIn, type TagRule } from "../../src/approval/tag-rules.ts";

const HEAD = "rules: [{ name: a, confirm: requester }]\n";

const WHOLE = `${HEAD}tag_rules:
  - required: [environment, team]
    values:
      environment: [prod, staging]
      team: pay*
    protected: ["billing:*"]
    most_tags: 20
  - when:
      project: 1186668
      region: [148, 76]
      name: nightly-*
    name: ["nightly-*"]
    required: cost_center
`;

const faultsOf = (text: string): readonly string[] => {
  const read = readPolicy(text);
  return "faults" in read ? read.faults : [];
};
const tagRulesOf = (text: string): readonly TagRule[] => {
  const read = readPolicy(text);
  if ("faults" in read) throw new Error(read.faults.join("\n"));
  return read.policy.tagRules;
};

describe("The tag rules of a policy file", () => {
  test("are read with everything that they may say", () => {
    expect(tagRulesOf(WHOLE)).toEqual([
      {
        when: {},
        required: ["environment", "team"],
        values: [
          { key: "environment", values: ["prod", "staging"] },
          { key: "team", values: ["pay*"] },
        ],
        protected: ["billing:*"],
        mostTags: 20,
        names: null,
      },
      {
        when: { projects: [1186668], regions: [148, 76], names: ["nightly-*"] },
        required: ["cost_center"],
        values: [],
        protected: [],
        mostTags: null,
        names: ["nightly-*"],
      },
    ]);
  });

  test("may be left out", () => {
    expect(tagRulesOf(HEAD)).toEqual([]);
  });

  test.each([
    ["required: [environment, team]", "required: []", "line 3, tag_rules[0].required: is an empty"],
    ["[environment, team]", "[cost center]", "line 3, tag_rules[0].required[0]: is no key"],
    ["[environment, team]", "[bootable]", "line 3, tag_rules[0].required[0]: is no key"],
    ["[prod, staging]", "[prod, 7]", "line 5, tag_rules[0].values.environment"],
    ["[prod, staging]", '["a\\tb"]', 'line 5, tag_rules[0].values.environment: has "a\\tb"'],
    ["team: pay*", "bootable: yes*", "line 6, tag_rules[0].values.bootable: is no key"],
    ["team: pay*", "__proto__: x", "line 6, tag_rules[0].values.__proto__: cannot be named here"],
    ['["billing:*"]', "{}", "line 7, tag_rules[0].protected"],
    ["most_tags: 20", "most_tags: 0", "line 8, tag_rules[0].most_tags: is to be a whole number"],
    ["most_tags: 20", "most_tags: 1", "line 8, tag_rules[0].most_tags: is less than the 2 tags"],
    ["most_tags: 20", "most: 20", "line 8, tag_rules[0].most: is not known here"],
    ["project: 1186668", "project: all", "line 10, tag_rules[1].when.project: "],
    ["region: [148, 76]", "touches: name", "line 11, tag_rules[1].when.touches: is not known here"],
    ['name: ["nightly-*"]', "name: [x]", 'line 13, tag_rules[1].name: has "x"'],
    ["tag_rules:\n", "tag_rules: {}\nmore:\n", "line 2, tag_rules: is to be a list of tag rules"],
    [
      "tag_rules:\n",
      "tag_rules:\n  - when: { region: 1 }\n",
      "line 3, tag_rules[0]: asks for nothing",
    ],
  ])("say where they are wrong: %j as %j", (right, wrong, fault) => {
    expect(WHOLE).toContain(right);
    expect(faultsOf(WHOLE.replace(right, wrong))).toContainEqual(expect.stringContaining(fault));
  });
});

describe("What is asked for in a place", () => {
  const rules = tagRulesOf(WHOLE);
  const here = { projectId: 1186668, regionId: 148 };

  test("is what all the rules that hold there ask for together", () => {
    const demands = demandsIn(rules, { ...here, name: "nightly-1" });
    expect(demands.required).toEqual(["environment", "team", "cost_center"]);
    expect(demands.names).toEqual([["nightly-*"]]);
  });

  test.each([
    ["another project", { ...here, projectId: 2, name: "nightly-1" }],
    ["another region", { ...here, regionId: 2, name: "nightly-1" }],
    ["another name", { ...here, name: "weekly" }],
    ["a name that is not known", here],
    ["a place that is not known", { name: "nightly-1" }],
  ])("leaves out a rule that does not hold for %s", (_what, where) => {
    expect(demandsIn(rules, where).required).toEqual(["environment", "team"]);
  });

  test("allows of several lists of values only what fits each of them", () => {
    const of = (...lists: string[]) =>
      allowedValues(
        demandsIn(
          tagRulesOf(
            `${HEAD}tag_rules:\n${lists.map((list) => `  - values: { k: ${list} }\n`).join("")}`,
          ),
          {},
        ),
        "k",
      );
    expect(of("[a, b, c]", "[c, b, x]")).toEqual(["b", "c"]);
    expect(of('["b*"]', "[a, b1, b2]")).toEqual(["b1", "b2"]);
    expect(of("[a]", "[b]")).toEqual([]);
    expect(allowedValues(demandsIn(rules, here), "else")).toBeNull();
  });

  test("has the smallest of several numbers of tags", () => {
    const some = tagRulesOf(
      `${HEAD}tag_rules: [{ most_tags: 9 }, { most_tags: 3 }, { required: a }]`,
    );
    expect(demandsIn(some, {}).mostTags).toBe(3);
  });
});
