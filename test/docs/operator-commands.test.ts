import { expect, test } from "@jest/globals";
import { COMMANDS } from "../../src/operator/commands.ts";
import { PAGES, textOf } from "./page.ts";

test("what the pages let one type into the operator's program are commands and options that there are, and docs/operations.md shows all commands", () => {
  const typed = PAGES.map(textOf).flatMap((text) =>
    [...text.matchAll(/(?:npm run -s operator --|`snapshot-bot) ([^`\n]+)/g)].map(
      ([, words = ""]) => words,
    ),
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
