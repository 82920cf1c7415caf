import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvLine, exported, exportHead, exportLine } from "../../src/approval/history-export.ts";
import { anyText } from "../snapshot/arbitraries.ts";
import { IN_EACH_STATE } from "./samples.ts";

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
