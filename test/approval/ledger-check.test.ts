import { describe, expect, test } from "@jest/globals";
import type { Checkpoint } from "../../src/approval/checkpoint.ts";
import { entryBody, type Sealed, sealEntry } from "../../src/approval/ledger.ts";
import { checkLedger, type Finding } from "../../src/approval/ledger-check.ts";
import { MARIA, NOW } from "./samples.ts";

const ENTRIES: Sealed[] = [];
for (const facts of ["one", "two", "three", "four"]) {
  const entry = { kind: "refused", at: NOW, by: MARIA, request: "r", facts } as const;
  ENTRIES.push(sealEntry(entryBody(entry), ENTRIES.at(-1)));
}
const at = (seq: number): Sealed => {
  const entry = ENTRIES[seq - 1];
  if (entry === undefined) throw new Error(`There is no entry ${seq}.`);
  return entry;
};
const checkpoint = (seq: number, hash: string = at(seq).hash): Checkpoint => ({
  v: 1,
  seq,
  hash,
  at: new Date(NOW).toISOString(),
  key: "k",
  signature: "s",
});

/** What is found first. */
function found(
  entries: readonly (Sealed | undefined)[],
  checkpoints: readonly Checkpoint[] = [],
): Finding | undefined {
  const check = checkLedger(checkpoints);
  for (const entry of entries) {
    const finding = check.take(entry);
    if (finding !== undefined) return finding;
  }
  return check.end();
}

describe("A ledger that is looked at entry by entry", () => {
  test("is good when each entry follows the one before and meets each checkpoint", () => {
    expect(found([])).toBeUndefined();
    expect(found(ENTRIES)).toBeUndefined();
    const all = [4, 2, 2].map((seq) => checkpoint(seq));
    expect(found(ENTRIES, all)).toBeUndefined();
  });

  test("knows the last entry that was good", () => {
    const check = checkLedger([]);
    expect(check.last).toBeUndefined();
    check.take(at(1));
    check.take(at(2));
    check.take(at(4));
    expect(check.last).toBe(at(2));
  });

  test("says where one is missing, and where one stands that does not belong there", () => {
    expect(found([at(1), at(3)])).toEqual({ kind: "missing", entry: 2, found: 3 });
    expect(found([at(2)])).toEqual({ kind: "missing", entry: 1, found: 2 });
    expect(found([at(1), at(2), at(2)])).toEqual({ kind: "out-of-place", entry: 3, found: 2 });
  });

  test("says which entry cannot be read, was changed, or follows another one", () => {
    expect(found([at(1), undefined])).toEqual({ kind: "unreadable", entry: 2 });
    expect(found([at(1), { ...at(2), body: at(1).body }])).toEqual({ kind: "hash", entry: 2 });
    const other = sealEntry(at(2).body, { ...at(1), hash: "0".repeat(64) });
    expect(found([at(1), other])).toEqual({ kind: "previous", entry: 2 });
  });

  test("is another one than the checkpoints say where a hash is another one", () => {
    const good = checkpoint(2);
    const other = checkpoint(3, at(2).hash);
    const entry = { kind: "other-than-checkpoint", entry: 3, checkpoint: other };
    expect(found(ENTRIES, [other, good])).toEqual(entry);
    expect(found(ENTRIES, [checkpoint(3), other])).toEqual(entry);
  });

  test("was cut off where it ends before the newest checkpoint", () => {
    const newest = checkpoint(4);
    const all = [newest, checkpoint(1)];
    expect(found(ENTRIES.slice(0, 3), all)).toEqual({
      kind: "cut-off",
      entry: 4,
      checkpoint: newest,
    });
    expect(found([], all)).toEqual({ kind: "cut-off", entry: 1, checkpoint: newest });
  });
});
