import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readPolicy } from "../../src/approval/policy-file.ts";
import { anyCharacter } from "../any-character.ts";

const faultsOf = (text: string): readonly string[] => {
  const read = readPolicy(text);
  return "faults" in read ? read.faults : [];
};
const rulesOf = (text: string) => {
  const read = readPolicy(text);
  if ("faults" in read) throw new Error(read.faults.join("\n"));
  return read.policy.rules;
};

const WHOLE = `
rules:
  - name: production
    when:
      project: [1186668, 2]
      region: 148
      name: nightly-*
      tags: { environment: [prod, "prod-*"], team: pay* }
      touches: [name, "tag:cost*"]
      touches_only: [name, tags]
    approve_by:
      users: U0BEN000001
      groups: [S0APPROVERS]
      approvals: 2
      self_approval: true
      direct_message: true
      expires_after: 90m
    announce: { channels: C0AUDIT0001, outcomes: [applied, refused] }
  - name: never
    when: { touches: "tag:legal_hold" }
    deny: Ask legal first.
  - name: the rest
    confirm: requester
`;

describe("A policy file", () => {
  test("is read with everything that it may say", () => {
    expect(rulesOf(WHOLE)).toEqual([
      {
        name: "production",
        when: {
          projects: [1186668, 2],
          regions: [148],
          names: ["nightly-*"],
          tags: [
            { key: "environment", values: ["prod", "prod-*"] },
            { key: "team", values: ["pay*"] },
          ],
          touches: [{ part: "name" }, { part: "tag", key: "cost*" }],
          touchesOnly: [{ part: "name" }, { part: "tag", key: "*" }],
        },
        verdict: {
          kind: "approve",
          users: ["U0BEN000001"],
          groups: ["S0APPROVERS"],
          approvals: 2,
          selfApproval: true,
          directMessage: true,
          expiresAfter: 90 * 60_000,
        },
        announce: { channels: ["C0AUDIT0001"], outcomes: ["applied", "refused"] },
      },
      expect.objectContaining({ verdict: { kind: "deny", because: "Ask legal first." } }),
      expect.objectContaining({ when: {}, verdict: { kind: "confirm" } }),
    ]);
  });

  test("lets nobody approve their own request unless it says so, and asks for one approval", () => {
    const [rule] = rulesOf("rules: [{ name: a, approve_by: { users: U0BEN000001 } }]");
    expect(rule?.verdict).toMatchObject({
      approvals: 1,
      selfApproval: false,
      directMessage: false,
    });
  });

  test.each([
    ["project: [1186668, 2]", "project: all", "line 5, rules[0].when.project: "],
    ["region: 148", "region: -1", "line 6, rules[0].when.region: is to be above 0"],
    ["name: nightly-*", "name: []", "line 7, rules[0].when.name: is an empty list"],
    ["tags: {", "tags: [ ] # {", "line 8, rules[0].when.tags: "],
    ['[name, "tag:cost*"]', "[description]", "line 9, rules[0].when.touches"],
    [
      "[name, tags]",
      '"tag:"',
      "line 10, rules[0].when.touches_only: is to be name, tags or tag:KEY",
    ],
    [
      "users: U0BEN000001",
      "users: ben",
      "line 12, rules[0].approve_by.users: is not the id of a person",
    ],
    ["[S0APPROVERS]", '["@approvers"]', "line 13, rules[0].approve_by.groups"],
    ["approvals: 2", "approvals: 0", "line 14, rules[0].approve_by.approvals: is to be 1 or more"],
    [
      "approvals: 2",
      "approvals: 11",
      "line 14, rules[0].approve_by.approvals: is to be 10 or less",
    ],
    [
      "self_approval: true",
      "self_approval: yes",
      "line 15, rules[0].approve_by.self_approval: is to be true or false",
    ],
    [
      "direct_message: true",
      "direct_mesage: true",
      "line 16, rules[0].approve_by.direct_mesage: is not known here",
    ],
    ["90m", "4m", "line 17, rules[0].approve_by.expires_after: is to be a time from 5m to 30d"],
    ["90m", "31d", "line 17, rules[0].approve_by.expires_after: is to be a time from 5m to 30d"],
    ["C0AUDIT0001", '"#audit"', "line 18, rules[0].announce.channels: is not the id of a channel"],
    ["[applied, refused]", "[done]", "line 18, rules[0].announce.outcomes"],
    [
      "name: never",
      "name: production",
      "line 19, rules[1].name: is the name of an earlier rule too",
    ],
    [
      "deny: Ask legal first.",
      "deny: false",
      "line 21, rules[1].deny: is to be true, or the reason",
    ],
    ["deny: Ask legal first.", "allow: true", "line 21, rules[1].allow: is not known here"],
    [
      "deny: Ask legal first.",
      "deny: no\n    confirm: requester",
      "rules[1]: needs exactly one of",
    ],
    ["confirm: requester", "confirm: anybody", "line 23, rules[2].confirm: can only be: requester"],
  ])("says where it is wrong: %s as %s", (right, wrong, fault) => {
    expect(WHOLE).toContain(right);
    const faults = faultsOf(WHOLE.replace(right, wrong));
    expect(faults).toContainEqual(expect.stringContaining(fault));
  });

  test("names all faults at once", () => {
    const faults = faultsOf(
      "rules:\n- { name: '', confirm: me }\n- { nam: x, deny: true }\nmore: 1",
    );
    expect(faults.length).toBeGreaterThanOrEqual(5);
    expect(faults.join("\n")).toMatch(
      /line 2, .*\n[\s\S]*line 3, [\s\S]*line 4, more: is not known here/,
    );
  });

  test("asks for no more approvals than it names people", () => {
    const two = (users: string): string =>
      `rules: [{ name: a, approve_by: { approvals: 2, users: ${users} } }]`;
    expect(faultsOf(two("[U0BEN000001, U0BEN000001]"))).toEqual([
      "line 1, rules[0].approve_by.approvals: asks for 2 approvals, yet names 1 person",
    ]);
    expect(faultsOf("rules: [{ name: a, approve_by: {} }]")).toEqual([
      "line 1, rules[0].approve_by: names nobody: give it users or groups, or use deny",
    ]);
  });
});

describe("A condition is never lost on the way: that would let more through than was meant", () => {
  const tags = (text: string): string =>
    `rules: [{ name: a, when: { tags: ${text} }, confirm: requester }]`;

  test("a tag with a name that JavaScript has its own meaning for is asked for, or refused", () => {
    expect(faultsOf(tags("{ __proto__: prod }"))).toEqual([
      "line 1, rules[0].when.tags.__proto__: cannot be named here",
    ]);
    for (const key of ["constructor", "toString", "hasOwnProperty", "length"]) {
      expect(rulesOf(tags(`{ ${key}: x }`))[0]?.when.tags).toEqual([{ key, values: ["x"] }]);
    }
  });

  test.each([
    "{}",
    "{ '': x }",
    "{ environment: }",
    "{ environment: [] }",
    "{ environment: true }",
  ])("tags: %s is refused", (text) => {
    expect(faultsOf(tags(text))).not.toEqual([]);
  });

  test("an empty “when” is refused, where it is there at all", () => {
    expect(faultsOf("rules: [{ name: a, when: , confirm: requester }]")).not.toEqual([]);
  });
});

describe("A file that was made to do harm", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    .concat(
      [..."bcdefghijk"].map(
        (key, at) => `${key}: &${key} [${Array(10).fill(`*${"abcdefghij"[at]}`)}]`,
      ),
    )
    .join("\n");
  test.each([
    ["aliases that unfold without end", bomb],
    ["an alias of itself", "rules: &r [*r]"],
    ["an alias of nothing", "rules: *nothing"],
    ["a merge key", "x: &x { confirm: requester }\nrules: [{ name: a, <<: *x }]"],
    ["a prototype at the root", "__proto__: { rules: [{ name: a, confirm: requester }] }"],
    ["a prototype in a rule", "rules: [{ name: a, __proto__: { confirm: requester } }]"],
    ["a tag that makes a function", "rules: !!js/function 'x'"],
    ["a tag that makes a set", "rules: [{ name: !!set {a}, confirm: requester }]"],
    ["a key twice", "rules: [{ name: a, name: b, confirm: requester }]"],
    ["two documents", "rules: [{ name: a, confirm: requester }]\n---\nrules: []"],
    ["a list at its root", "- a"],
    ["a text at its root", "rules"],
    ["nothing", ""],
    ["a key that is a list", "? [a]\n: b\nrules: [{ name: a, confirm: requester }]"],
    ["lists without end", "[".repeat(20_000)],
    ["maps without end", "{a: ".repeat(20_000)],
    [
      "numbers beyond all measure",
      "rules: [{ name: a, when: { project: 1e400 }, confirm: requester }]",
    ],
  ])("%s: is refused with a line, and quickly", (_what, text) => {
    const begun = performance.now();
    const faults = faultsOf(text);
    expect(faults).not.toEqual([]);
    for (const fault of faults) expect(fault).toMatch(/^line \d+/);
    expect(performance.now() - begun).toBeLessThan(60_000);
  });

  test("thousands of rules: they are read", () => {
    const many = Array.from({ length: 3_000 }, (_, at) => `- { name: r${at}, confirm: requester }`);
    expect(rulesOf(`rules:\n${many.join("\n")}`)).toHaveLength(3_000);
  });

  test("any text at all: it never throws, and gives either rules or faults", () => {
    const piece = fc.constantFrom(
      ...[
        "rules:",
        "\n",
        "  ",
        "- ",
        "name: ",
        "a",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a ",
        "*a",
        "!!",
        "'",
        '"',
      ],
      ...[
        "when: ",
        "deny: true",
        "confirm: requester",
        "approve_by: ",
        "users: U0BEN000001",
        "|",
        ">",
        "#",
        "%",
      ],
      ...["---", "<<: ", "__proto__: ", "null", "~", "\t", "\0", "\ufeff", "😀"],
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join("")),
      fc.string({ unit: anyCharacter, maxLength: 40 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = readPolicy(text);
        if ("faults" in read) expect(read.faults.length).toBeGreaterThan(0);
        else expect(read.policy.rules.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe("How many at once", () => {
  const limitsOf = (text: string) => {
    const read = readPolicy(`rules: [{ name: all, confirm: requester }]\n${text}`);
    return "faults" in read ? read.faults : read.policy.bulk;
  };

  test("is said by the file, or by default", () => {
    expect(limitsOf("")).toEqual({ most: 1_000, mostPerPerson: 10_000 });
    expect(limitsOf("bulk: { most: 0 }")).toEqual({ most: 0, mostPerPerson: 10_000 });
    expect(limitsOf("bulk: { most: 10000, most_per_person: 100000 }")).toEqual({
      most: 10_000,
      mostPerPerson: 100_000,
    });
  });

  test("is a whole number that was tried to work", () => {
    expect(limitsOf("bulk: { most: -1 }")).toEqual(["line 2, bulk.most: is to be 0 or more"]);
    expect(limitsOf("bulk: { most: 10001 }")).toEqual([
      "line 2, bulk.most: is to be 10000 or less",
    ]);
    expect(limitsOf("bulk: { most: 1.5 }")).toEqual(["line 2, bulk.most: is to be a whole number"]);
    expect(limitsOf("bulk: { many: 1 }")).toEqual(["line 2, bulk.many: is not known here"]);
  });
});
