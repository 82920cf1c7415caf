import { expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { badCheckpointWords, findingWords } from "../../src/operator/ledger-words.ts";
import { NOW } from "../approval/samples.ts";
import { sectionOf, spansOf, textOf } from "./page.ts";

const checkpoint = checkpointSigner({
  id: "k1",
  bytes: Buffer.alloc(32, "key of the ring"),
}).checkpoint(1187, "0".repeat(64), NOW);

test("what docs/operations.md says that `ledger verify` may find is said like this", () => {
  const said = [
    findingWords({ kind: "hash", entry: 17 }),
    findingWords({ kind: "previous", entry: 18 }),
    findingWords({ kind: "missing", entry: 17, found: 20 }),
    findingWords({ kind: "out-of-place", entry: 18, found: 17 }),
    findingWords({ kind: "unreadable", entry: 17 }),
    findingWords({ kind: "cut-off", entry: 1180, checkpoint }),
    findingWords({ kind: "other-than-checkpoint", entry: 1187, checkpoint }),
    badCheckpointWords({ kind: "bad-signature", line: 1, key: "k1" }),
    badCheckpointWords({ kind: "unknown-key", line: 1, key: "k1" }),
  ];
  const rows = sectionOf(textOf("docs/operations.md"), "The ledger")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => spansOf(line)[0] ?? "");
  expect(rows).toHaveLength(said.length);
  for (const [index, row] of rows.entries()) {
    // What is left out of the page may be anything.
    const [begin = "", end = ""] = row.split("…");
    const words = said[index] ?? "";
    expect([row, words.startsWith(begin) && words.endsWith(end.trim())]).toEqual([row, true]);
    if (!row.includes("…")) expect(words).toBe(row);
  }
});
