import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvLine, exported, exportHead, exportLine } from "../../src/approval/history-export.ts";
import { anyText } from "../snapshot/arbitraries.ts";
import {
  approvedOf,
  BULK,
  IN_EACH_STATE,
  manyPendingOf,
  NOW,
  previewOf,
  TOM,
  voteOf,
  withTeam,
} from "./samples.ts";

/** RFC 4180, word by word: the cells of a file. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        cell += text[at];
        if (text[at] === '"') at += 1;
      }
      at += 1;
    } else {
      while (text[at] !== "," && !text.startsWith("\r\n", at)) cell += text[at++];
    }
    row.push(cell);
    if (text[at] === ",") at += 1;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}

const texts = fc.oneof(
  anyText,
  fc
    .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "'", "＝"), anyText)
    .map((parts) => parts.join("")),
);

describe("A line of the table", () => {
  test("has each cell as it was, but for an apostrophe before what would be a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 2, maxLength: 4 })), (rows) => {
        const read = readCsv(rows.map(csvLine).join(""));
        expect(read).toHaveLength(rows.length);
        for (const [index, cells] of rows.entries()) {
          expect(read[index]).toHaveLength(cells.length);
          for (const [at, cell] of cells.entries()) {
            const shown = read[index]?.[at] ?? "";
            expect([cell, `'${cell}`]).toContain(shown);
            expect(shown).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
            if (/^[a-z0-9 ]/i.test(cell)) expect(shown).toBe(cell);
          }
        }
      }),
    );
  });

  test("is one for each request, with as many cells as there are columns", () => {
    const requests = Object.values(IN_EACH_STATE);
    const text = exportHead("csv") + requests.map((one) => exportLine("csv", one)).join("");
    const [head, ...rows] = readCsv(text);
    expect(rows.map((row) => row[1])).toEqual(requests.map(({ state }) => state));
    for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
    expect(head).toEqual(
      Object.keys(exported(IN_EACH_STATE.applied)).filter((name) => name !== "v"),
    );
  });
});

describe("What is told of a request", () => {
  const bulkOf = (aim: typeof BULK.aim) => exported(manyPendingOf(undefined, { ...BULK, aim }));

  test("is each change of one snapshot: its name, and each tag as it was and is to be", () => {
    const preview = previewOf(withTeam("payments", { name: "nightly" }), {
      name: "weekly",
      set: [{ key: "new", value: "1" }],
      remove: ["team"],
    });
    const { changes, ...told } = exported(approvedOf("r1", preview));
    expect(changes).toHaveLength(3);
    expect(changes).toEqual(
      expect.arrayContaining([
        { field: "name", key: null, before: "nightly", after: "weekly" },
        { field: "tag", key: "new", before: null, after: "1" },
        { field: "tag", key: "team", before: "payments", after: null },
      ]),
    );
    const { projectId, regionId, snapshotId } = preview.ref;
    expect(told).toMatchObject({
      ...{ project_id: projectId, region_id: regionId, snapshot_id: snapshotId },
      ...{ snapshot_name: "nightly", part_of: null, snapshots: null, plan_hash: null },
    });
  });

  test("is what is the same for all where it was about many", () => {
    const set = [{ key: "team", value: "search" }];
    const change = { set, remove: ["old"], others: "keep" } as const;
    const tags = [
      { field: "tag", key: "team", before: null, after: "search" },
      { field: "tag", key: "old", before: null, after: null },
    ];
    const many = bulkOf({ kind: "change", change });
    expect(many).toMatchObject({
      ...{ project_id: null, region_id: null, snapshot_id: null, snapshot_name: null },
      ...{ changes: tags, snapshots: BULK.size, plan_hash: BULK.hash },
    });
    expect(many.changes).toHaveLength(2);
    const name = ["nightly-", { of: "n" }] as const;
    expect(bulkOf({ kind: "change", change: { ...change, name } }).changes).toEqual([
      { field: "name", key: null, before: null, after: "nightly-{n}" },
      ...tags,
    ]);
    expect(bulkOf({ kind: "undo", of: "plan-0" }).changes).toEqual([]);
  });

  test("is who decided, when, and with which words; and the kind of what was in the way", () => {
    const vote = { by: TOM.userId, at: new Date(NOW + 1).toISOString(), comment: "not today" };
    expect(exported(IN_EACH_STATE.rejected)).toMatchObject({ rejection: vote, approvals: [] });
    const approved = { ...IN_EACH_STATE.approved, approvals: [voteOf(TOM, NOW, "go on")] };
    const approval = { by: TOM.userId, at: new Date(NOW).toISOString(), comment: "go on" };
    expect(exported(approved)).toMatchObject({ rejection: null, approvals: [approval] });
    expect(exported(approved)).toMatchObject({
      ...{ problem: null, asked_at: new Date(NOW).toISOString(), ended_at: null },
    });
    expect(exported(IN_EACH_STATE.failed)).toMatchObject({
      ...{ problem: "key-refused", ended_at: new Date(NOW + 1).toISOString() },
    });
  });

  test("is the request for many that it was a part of", () => {
    const item = { ...IN_EACH_STATE.applied, item: { id: "plan-1", n: 2, begunAt: NOW } };
    expect(exported(item).part_of).toBe("plan-1");
  });

  test("stands in the cells of the table: nothing for what is not there, lists as JSON", () => {
    const [head, row] = readCsv(exportHead("csv") + exportLine("csv", IN_EACH_STATE.rejected));
    const cells = Object.fromEntries(head?.map((name, at) => [name, row?.[at]]) ?? []);
    const told = exported(IN_EACH_STATE.rejected);
    expect(cells).toMatchObject({ problem: "", part_of: "", snapshots: "" });
    expect(cells.project_id).toBe(String(told.project_id));
    expect(JSON.parse(cells.changes ?? "")).toEqual(told.changes);
    expect(JSON.parse(cells.rejection ?? "")).toEqual(told.rejection);
  });
});

describe("A line of JSON", () => {
  test("says the same, and stands on one line whatever is in it", () => {
    expect(exportHead("jsonl")).toBe("");
    for (const request of Object.values(IN_EACH_STATE)) {
      const line = exportLine("jsonl", { ...request, reason: "one\ntwo\u2028" });
      expect(line.split("\n")).toHaveLength(2);
      expect(JSON.parse(line)).toEqual({ ...exported(request), reason: "one\ntwo\u2028" });
    }
  });
});
