import { describe, expect, test } from "@jest/globals";
import { findingsIn } from "../../src/approval/lint.ts";
import { lintMessage } from "../../src/blocks/lint-message.ts";
import { parseCommand } from "../../src/snapshot/command.ts";
import { ID, snapshotWith, tag } from "../snapshot/samples.ts";

/** The row of a snapshot without tags where these have one right value each. */
function rowOf(values: Readonly<Record<string, string>>) {
  const rule = {
    ...{ when: {}, required: Object.keys(values), protected: [], mostTags: null, names: null },
    values: Object.entries(values).map(([key, value]) => ({ key, values: [value] })),
  };
  const rows = findingsIn([rule], [snapshotWith({ tags: [tag("note", "x")] })]);
  const { blocks } = lintMessage({
    ...{ filter: [], findings: rows, rows, before: 0, total: 1, lookedAt: 2, unread: 0 },
    ...{ from: "-", previous: null, next: null, readAt: null, problem: undefined },
    projects: [{ id: 1, name: "staging" }],
  });
  const row = blocks.find((block) => block.type === "section");
  if (row?.accessory?.type !== "button") throw new Error("there is no button");
  const read = parseCommand(row.accessory.value ?? "");
  if (!read.ok || read.value.kind !== "change") throw new Error(row.accessory.value);
  return { said: row.text?.text, command: read.value };
}

describe("A snapshot that breaks the tag rules", () => {
  test("is told with where it is: the project by its number where it has no name", () => {
    expect(rowOf({ team: "core" }).said).toBe(`nightly\nLuxembourg-3 · project 1186668 · ${ID}`);
  });

  test("has a button that opens the form with what would mend it", () => {
    expect(rowOf({ team: "core" }).command).toMatchObject({
      ...{ snapshotId: ID, set: [{ key: "team", value: "core" }] },
    });
  });

  test.each([
    ["is longer than a button carries", "v".repeat(250)],
    ["looks like an API key, which no command may hold", "29841_9f86d081884c7d659a2feaa0c55ad015"],
  ])("has one that opens the form empty where that %s", (_, value) => {
    const keys = ["a", "b", "c", "d"].map((key) => [key, value] as const);
    expect(rowOf(Object.fromEntries(keys)).command).toMatchObject({ snapshotId: ID, set: [] });
  });
});
