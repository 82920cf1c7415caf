import { describe, expect, test } from "@jest/globals";
import { readPageValue } from "../../src/blocks/list-frame.ts";
import { listMessage } from "../../src/blocks/snapshot-list.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { ID, snapshotWith } from "../snapshot/samples.ts";

const NOW = 1_700_000_060_000;
const listOf = (snapshots: readonly Snapshot[], next: string | null = null) =>
  listMessage({
    rows: snapshots.map((snapshot) => ({ snapshot, project: undefined, undoes: null })),
    ...{ filter: [{ kind: "older", span: "2h" }], before: 0, total: snapshots.length, now: NOW },
    ...{ from: "-", previous: null, next, readAt: NOW, unread: 0, problem: undefined },
  });
/** The lines of each row. */
const rowsOf = (...snapshots: readonly Snapshot[]): readonly (readonly string[])[] =>
  listOf(snapshots).blocks.flatMap((block) =>
    block.type === "section" ? [block.text?.text.split("\n") ?? []] : [],
  );

describe("A list of snapshots", () => {
  test("says what is known of each: a project without a name by its number", () => {
    expect(rowsOf(snapshotWith())).toEqual([
      [
        "nightly",
        "120 GiB · made 1 minute ago · available · Luxembourg-3 · project 1186668",
        "environment=prod · team=payments",
      ],
    ]);
  });

  test("tells those of one name from each other by their ids, and no others", () => {
    const other = { snapshotId: ID.replace("5", "6") };
    const rows = rowsOf(snapshotWith(), snapshotWith(other), snapshotWith({ name: "weekly" }));
    expect(rows.map(([, facts = ""]) => facts.split(" · ").slice(5))).toEqual([
      ...[["id 5ed275b8…"], ["id 6ed275b8…"], []],
    ]);
  });

  test.each(["", "  "])("has words for a name of which nothing is seen: %j", (name) => {
    expect(rowsOf(snapshotWith({ name }))[0]?.[0]).toBe("(no name)");
  });

  test("is turned by a button that carries where the next page begins, and the command", () => {
    const { blocks } = listOf([snapshotWith()], `${NOW}/${ID}`);
    const [value = ""] = JSON.stringify(blocks).match(/(?<="value":")17[^"]*/) ?? [];
    expect(readPageValue(value)).toEqual({ from: `${NOW}/${ID}`, text: "list older:2h" });
    expect(readPageValue("nothing").from).toBe("");
  });
});
