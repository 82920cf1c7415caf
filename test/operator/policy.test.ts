import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "../store/temporary.ts";
import { ask, operate } from "./operator.ts";

const POLICY = `
rules:
  - name: production needs somebody else
    when: { project: [1186668, 7], tags: { environment: [prod, "live*"] } }
    approve_by:
      users: [U0BEN000001]
      groups: [S0APPROVERS]
      approvals: 2
      expires_after: 24h
    announce: { channels: C0AUDIT0001, outcomes: [applied, refused] }
  - name: nobody touches legal holds
    when: { touches: "tag:legal_hold" }
    deny: Ask legal first.
  - name: region 148 has nightly snapshots
    when: { region: 148, name: "nightly-*", touches_only: tags }
    confirm: requester
`;
const HERE = ["--project", "1186668", "--region", "148"];

let file: string;
beforeEach(async () => {
  file = join(temporaryFolder(), "policy.yml");
  await writeFile(file, POLICY);
});
const explain = (...words: readonly string[]) =>
  ask(["policy", "explain", "--file", file, ...HERE, ...words]);

describe("policy explain", () => {
  test("says of each rule why it was passed over, and what the one that is met means", async () => {
    const { code, out } = await explain(
      ...["--name", "nightly-1", "--tag", "environment=staging", "--set", "team=search"],
    );
    expect(code).toBe(0);
    expect(out).toBe(`1. production needs somebody else
   passed over: environment is "staging"; the rule asks for tags environment="prod" or "live*"
2. nobody touches legal holds
   passed over: the change touches tag:team; the rule asks for touches tag:legal_hold
3. region 148 has nightly snapshots
   met

What it means: the requester confirms it alone.
Announced: the channels in AUDIT_CHANNELS; outcomes: applied, failed, conflict, unknown.
`);
  });

  test("says who may approve, how many must, until when, and who hears of it", async () => {
    const { out } = await explain("--tag", "environment=live-2", "--rename");
    expect(out).toBe(`1. production needs somebody else
   met

What it means: 2 approvals from U0BEN000001 or members of S0APPROVERS, the requester may not be one of them, it expires after 1 day.
Announced: C0AUDIT0001; outcomes: applied, refused.
`);
  });

  test("says that a change is denied, and why", async () => {
    const { code, out } = await explain("--tag", "legal_hold=yes", "--remove", "legal_hold");
    expect(code).toBe(0);
    expect(out).toContain("What it means: denied: Ask legal first.\nAnnounced: ");
  });

  test.each([
    [["--rename"], 'the name is ""; the rule asks for name "nightly-*"'],
    [
      ["--name", "nightly-1", "--rename", "--set", "a=b"],
      "the change touches name, tag:a; the rule asks for touches_only tags",
    ],
  ])("says that no rule is met by %j, and which condition was the last one", async (words, why) => {
    const { code, out } = await explain(...words);
    expect(code).toBe(0);
    expect(out).toContain(why);
    expect(out).toContain("No rule is met: the change is refused.");
  });

  test("counts a tag that stays as it is for nothing", async () => {
    const { out } = await explain("--tag", "legal_hold=yes", "--set", "legal_hold=yes");
    expect(out).toContain("Nothing would change");
    expect(out).toContain("the change touches nothing; the rule asks for touches tag:legal_hold");
  });

  test("gives the same to a program", async () => {
    const { out } = await explain("--rename", "--json");
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      passed: [
        { rule: "production needs somebody else", unmet: "tags" },
        { rule: "nobody touches legal holds", unmet: "touches" },
        { rule: "region 148 has nightly snapshots", unmet: "names" },
      ],
      met: null,
      verdict: null,
    });
  });

  test("takes the policy that the bot takes when none is named", async () => {
    const ran = await operate(["policy", "explain", ...HERE, "--rename"], { POLICY_FILE: file });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("production needs somebody else");
  });
});

describe("tag rules", () => {
  const RULES = `
tag_rules:
  - required: [environment, team]
    values: { environment: [prod, "live*", staging] }
    protected: "billing:*"
    most_tags: 20
  - when: { project: 7, name: "nightly-*" }
    name: "nightly-*"
`;
  beforeEach(() => appendFile(file, RULES));

  test("are said in words by policy check", async () => {
    const { out } = await ask(["policy", "check", "--file", file]);
    expect(out).toContain(`Tag rules, all of which hold together:
1. any snapshot: needs environment, team; environment is "prod", "live*" or "staging"; nobody touches billing:*; at most 20 tags
2. project 7 and name "nightly-*": the name is "nightly-*"
`);
  });

  test("are named by policy explain where a change would break them, and where it would not", async () => {
    const { code, out } = await explain("--tag", "team=a", "--set", "environment=qa");
    expect(code).toBe(0);
    expect(out).toContain(`Tag rules: the change is refused, because it would break these:
- The tag environment may be prod, live* or staging (* stands for anything), not qa.
`);
    const good = await explain("--tag", "team=a", "--set", "environment=prod");
    expect(good.out).toContain("Tag rules: the change breaks none.");
  });

  test("are named apart where they were broken before", async () => {
    const { out } = await explain("--set", "environment=prod");
    expect(out).toContain(`Tag rules: the change breaks none.
Broken before the change and after it, which is no reason to refuse it:
- The tag team is required.
`);
  });

  test("judge a new name only where it is given", async () => {
    const there = ["policy", "explain", "--file", file, "--project", "7", "--region", "1"];
    const given = await ask([...there, "--called", "nightly 7", "--name", "nightly-1"]);
    expect(given.out).not.toContain("The name");
    const open = await ask([...there, "--name", "nightly-1", "--rename", "--json"]);
    expect(JSON.parse(open.out).tagRules.broken).toEqual([]);
  });
});

describe("a policy file that is broken", () => {
  test.each([
    ["policy", "check"],
    ["policy", "explain", ...HERE, "--rename"],
  ])("is named with every fault, its line and its field: %s %s", async (...words) => {
    await writeFile(
      file,
      'rules:\n  - name: a\n    when: { project: many }\n    confirm: somebody\n  - name: "\\e[2J"\n    colour: red\n    deny: true\n',
    );
    const { code, out } = await operate([...words, "--file", file]);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      expect.stringContaining("3 faults"),
      expect.stringContaining("line 3, rules[0].when.project: "),
      expect.stringContaining("line 4, rules[0].confirm: "),
      expect.stringContaining("line 6, rules[1].colour: "),
      "",
    ]);
    const forPrograms = await ask([...words, "--file", file, "--json"]);
    expect(forPrograms.code).toBe(1);
    expect(JSON.parse(forPrograms.out)).toMatchObject({ ok: false, faults: { length: 3 } });
  });

  test("or is not there, is said to be so", async () => {
    const { code, out } = await ask(["policy", "check", "--file", `${file}.old`]);
    expect(code).toBe(1);
    expect(out).toContain("cannot be read");
  });
});

describe("policy check", () => {
  test("says what each rule asks for and means", async () => {
    const { code, out } = await operate(["policy", "check", "--file", file]);
    expect(code).toBe(0);
    expect(out).toContain("no fault");
    expect(out).toContain(`2. nobody touches legal holds
   touches tag:legal_hold: denied: Ask legal first.
3. region 148 has nightly snapshots
   region 148 and name "nightly-*" and touches_only tags: the requester confirms it alone
`);
  });

  test("says how many snapshots may be changed at once, by default or as the file has it", async () => {
    const { out } = await operate(["policy", "check", "--file", file]);
    expect(out).toContain(
      "Most snapshots in one plan: 1,000; in all open plans of one person: 10,000.\n",
    );
    await writeFile(file, "rules: [{ name: x, confirm: requester }]\nbulk: { most: 30 }");
    const limited = await ask(["policy", "check", "--file", file]);
    expect(limited.out).toContain("in one plan: 30; in all open plans of one person: 10,000.");
    const json = await ask(["policy", "check", "--file", file, "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ bulk: { most: 30, mostPerPerson: 10_000 } });
  });

  test("writes out what a terminal would obey", async () => {
    await writeFile(file, 'rules: [{ name: "\\e[2Jx", confirm: requester }]');
    const { out } = await ask(["policy", "check", "--file", file]);
    expect(out).toContain("⟨U+001B⟩[2Jx");
  });
});
