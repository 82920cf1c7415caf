import { expect, test } from "@jest/globals";
import { filterFaultPhrase } from "../../src/blocks/filter-fault-words.ts";
import { plainOf } from "../../src/blocks/phrase.ts";
import { commandFaultMessage } from "../../src/blocks/replies.ts";
import { parseCommand } from "../../src/snapshot/command.ts";

test.each([
  ...["list name:nightly-*", "list tag:team=payments", "list status:available"],
  ...["list volume:db-primary", "list older:30d", "list newer:2h", "list project:1186668"],
  ...["list region:148", "history by:me", "history since:7d", "history until:2026-11-21"],
  ...["history outcome:failed", "history export:csv"],
])(
  "A filter with nothing after its colon is answered with an example that works: %s",
  (example) => {
    const [command = "", filter = ""] = example.split(":");
    const empty = parseCommand(`${command}:`);
    const name = command.split(" ")[1];
    expect(!empty.ok && commandFaultMessage(empty.problem).text).toBe(
      `Something is missing after ${name}:. Write it without a space: ${name}:${filter}.`,
    );
    expect(parseCommand(example).ok).toBe(true);
  },
);

test("An export in a way that there is not names those that there are", () => {
  const fault = { kind: "choice", filter: "export", value: "pdf" } as const;
  expect(plainOf(filterFaultPhrase(fault))).toBe("export: takes csv, jsonl, not pdf.");
});
