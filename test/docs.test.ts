import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { readPolicy } from "../src/approval/policy-file.ts";
import { policySchema } from "../src/approval/policy-schema.ts";
import { COMMANDS } from "../src/operator/commands.ts";
import { ask } from "./operator/operator.ts";
import { temporaryFolder } from "./store/temporary.ts";

const read = (path: string): Promise<string> =>
  readFile(new URL(`../${path}`, import.meta.url), "utf8");

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
  test("has examples that the bot takes, and so have the other pages", async () => {
    const pages = await Promise.all(
      ["docs/policy.md", "docs/getting-started.md", "docs/policy-cookbook.md"].map(read),
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

  test("names every field that there is", async () => {
    const text = await read("docs/policy.md");
    const schema = z.toJSONSchema(policySchema, { io: "input", unrepresentable: "any" });
    const members = [...new Set(membersOf(schema))];
    expect(members).toEqual(expect.arrayContaining(["touches_only", "most_tags"]));
    expect(members.filter((member) => !text.includes(`\`${member}\``))).toEqual([]);
  });
});

describe("what the docs let one type", () => {
  test("are commands and options that there are, and docs/operations.md shows all commands", async () => {
    const texts = await Promise.all(
      [
        ...["README.md", "docs/operations.md", "docs/policy.md"],
        ...["docs/getting-started.md", "docs/policy-cookbook.md"],
      ].map(read),
    );
    const typed = texts.flatMap((text) =>
      [...text.matchAll(/npm run -s operator -- ([^`\n]+)/g)].map(([, words = ""]) => words),
    );
    const shown = new Set<string>();
    for (const words of typed) {
      if (words === "--help") continue;
      const command = COMMANDS.find(({ name }) => words.startsWith(`${name} `) || words === name);
      expect([words, command?.name]).toEqual([words, expect.any(String)]);
      if (command === undefined) continue;
      shown.add(command.name);
      const options = [...words.matchAll(/(?<=\s)--([a-z-]+)/g)].map(([, option = ""]) => option);
      expect(Object.keys(command.options)).toEqual(expect.arrayContaining(options));
    }
    expect([...shown].sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  test("answers what docs/operations.md says, for the first example of docs/policy.md", async () => {
    const [, example = ""] = /```yaml\n(.*?)```/s.exec(await read("docs/policy.md")) ?? [];
    expect(await expectAnswers(await read("docs/operations.md"), example)).toBe(2);
  });

  test("answers what docs/policy-cookbook.md says, for the policy of each of its six teams", async () => {
    const [, ...teams] = (await read("docs/policy-cookbook.md")).split(/^## /m);
    expect(teams).toHaveLength(6);
    for (const team of teams) {
      const [, policy = ""] = /```yaml\n(.*?)```/s.exec(team) ?? [];
      expect(await expectAnswers(team, policy)).toBeGreaterThan(0);
    }
  });
});
