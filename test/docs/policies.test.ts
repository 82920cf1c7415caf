import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { readPolicy } from "../../src/approval/policy-file.ts";
import { policySchema } from "../../src/approval/policy-schema.ts";
import { ask } from "../operator/operator.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { textOf } from "./page.ts";

/** Every member that a schema knows, however deep. */
const membersOf = (schema: unknown): string[] => {
  if (typeof schema !== "object" || schema === null) return [];
  const own = Object.keys((schema as { properties?: object }).properties ?? {});
  return [...own, ...Object.values(schema).flatMap(membersOf)];
};

/** What a page shows of `policy …` and its answers is what that says of this policy. Returns how many. */
async function expectAnswers(page: string, policy: string): Promise<number> {
  const file = join(temporaryFolder(), "policy.yml");
  await writeFile(file, policy);
  const shown = [...page.matchAll(/```\n\$ npm run -s operator -- (policy [^\n]+)\n(.*?)```/gs)];
  for (const [, words = "", answer] of shown) {
    const { out } = await ask(
      words.split(" ").map((word) => (word === "policy.yml" ? file : word)),
    );
    expect([words, out.replaceAll(file, "policy.yml")]).toEqual([words, answer]);
  }
  return shown.length;
}

describe("docs/policy.md", () => {
  test("has examples that the bot takes, and so have the other pages", () => {
    const pages = ["docs/policy.md", "docs/getting-started.md", "docs/policy-cookbook.md"].map(
      textOf,
    );
    const examples = [...pages.join("\n").matchAll(/```yaml\n(.*?)```/gs)];
    expect(examples).toHaveLength(12);
    for (const [, text = ""] of examples) {
      expect(readPolicy(text)).toEqual({
        policy: {
          rules: expect.any(Array),
          tagRules: expect.any(Array),
          bulk: { most: expect.any(Number), mostPerPerson: expect.any(Number) },
        },
      });
    }
  });

  test("names every field that there is", () => {
    const text = textOf("docs/policy.md");
    const schema = z.toJSONSchema(policySchema, { io: "input", unrepresentable: "any" });
    const members = [...new Set(membersOf(schema))];
    expect(members).toEqual(expect.arrayContaining(["touches_only", "most_tags"]));
    expect(members.filter((member) => !text.includes(`\`${member}\``))).toEqual([]);
  });
});

describe("what the pages show of a policy is what is said", () => {
  test("in docs/operations.md, for the first example of docs/policy.md", async () => {
    const [, example = ""] = /```yaml\n(.*?)```/s.exec(textOf("docs/policy.md")) ?? [];
    expect(await expectAnswers(textOf("docs/operations.md"), example)).toBe(2);
  });

  test("in docs/policy-cookbook.md, for the policy of each of its six teams", async () => {
    const [, ...teams] = textOf("docs/policy-cookbook.md").split(/^## /m);
    expect(teams).toHaveLength(6);
    for (const team of teams) {
      const [, policy = ""] = /```yaml\n(.*?)```/s.exec(team) ?? [];
      expect(await expectAnswers(team, policy)).toBeGreaterThan(0);
    }
  });

  test("and what docs/policy.md lets one type before the start is answered for its first example", async () => {
    const page = textOf("docs/policy.md");
    const file = join(temporaryFolder(), "policy.yml");
    await writeFile(file, /```yaml\n(.*?)```/s.exec(page)?.[1] ?? "");
    const typed = [...page.matchAll(/^npm run -s operator -- (.+)$/gm)].map(
      ([, words = ""]) => words,
    );
    expect(typed).toHaveLength(2);
    const said = [];
    for (const words of typed) {
      const { code, out } = await ask(words.replace("policy.yml", file).split(" "));
      expect([words, code]).toEqual([words, 0]);
      said.push(out);
    }
    expect(said[0]).toContain("no fault");
    expect(said[1]).toContain("1. production needs somebody else\n   met");
  });
});
