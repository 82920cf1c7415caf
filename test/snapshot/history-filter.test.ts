import { describe, expect, test } from "@jest/globals";
import { formatCommand, parseCommand } from "../../src/snapshot/command.ts";
import { type HistoryFilter, OUTCOMES, timeOf } from "../../src/snapshot/history-filter.ts";
import { ID } from "./samples.ts";

const read = (text: string) => parseCommand(`history ${text}`);
const filterOf = (text: string): HistoryFilter | string => {
  const parsed = read(text);
  if (!parsed.ok) return parsed.problem.kind;
  return parsed.value.kind === "history" ? parsed.value.filter : parsed.value.kind;
};

describe("The words after /snapshot history", () => {
  test.each<readonly [string, HistoryFilter]>([
    ["", {}],
    [ID, { snapshotId: ID }],
    [`https://portal.gcore.com/x/${ID}`, { snapshotId: ID }],
    ["by:me", { by: "me" }],
    ["by:ME", { by: "me" }],
    ["by:<@U0ADA000001>", { by: "U0ADA000001" }],
    ["by:<@W0ADA000001|ada>", { by: "W0ADA000001" }],
    ["BY:U0ADA000001", { by: "U0ADA000001" }],
    ["project:1186668", { project: "1186668" }],
    ['project:"my project"', { project: "my project" }],
    ["since:7D", { since: "7d" }],
    ["since:2026-11-01 until:2026-11-21", { since: "2026-11-01", until: "2026-11-21" }],
    ["outcome:failed", { outcomes: ["failed"] }],
    ["outcome:Failed,applied,failed", { outcomes: ["failed", "applied"] }],
    [`outcome:${OUTCOMES.join(",")}`, { outcomes: OUTCOMES }],
    ["export:CSV", { export: "csv" }],
    [`${ID} by:me export:jsonl`, { snapshotId: ID, by: "me", export: "jsonl" }],
  ])("%j are understood", (text, filter) => {
    expect(filterOf(text)).toEqual(filter);
  });

  test.each([
    ["nightly", { kind: "word", word: "nightly" }],
    [`${ID} 6ca09383-85d2-4bb3-8d2d-214a2436fa4f`, { kind: "snapshot-many" }],
    [`https://x/${ID}/6ca09383-85d2-4bb3-8d2d-214a2436fa4f`, { kind: "snapshot-many" }],
    ["--outcom", { kind: "filter", word: "--outcom", nearest: "outcome" }],
    ["outcom:failed", { kind: "filter", word: "outcom:", nearest: "outcome" }],
    ["since:", { kind: "filter-empty", filter: "since" }],
    ["by:me by:me", { kind: "filter-twice", filter: "by" }],
    ["by:ada", { kind: "person", value: "ada" }],
    ["by:xU0ADA000001", { kind: "person", value: "xU0ADA000001" }],
    ["by:U0ADA000001x", { kind: "person", value: "U0ADA000001x" }],
    ["by:U0", { kind: "person", value: "U0" }],
    ["by:x<@U0ADA000001>", { kind: "person", value: "x<@U0ADA000001>" }],
    ["by:<@U0ADA000001>x", { kind: "person", value: "<@U0ADA000001>x" }],
    ["by:<@C0ADA000001>", { kind: "person", value: "<@C0ADA000001>" }],
    ["by:<#U0ADA000001>", { kind: "person", value: "<#U0ADA000001>" }],
    ["since:Monday", { kind: "time", filter: "since", value: "Monday" }],
    ["until:2026-02-30", { kind: "time", filter: "until", value: "2026-02-30" }],
    ["outcome:failed,broken", { kind: "choice", filter: "outcome", value: "failed,broken" }],
    ["export:xls", { kind: "choice", filter: "export", value: "xls" }],
  ])("%j are not, and it is said why", (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem: { ...problem, usage: "history" } });
  });

  test("may name a project as long as a button can carry", () => {
    expect(filterOf(`project:${"p".repeat(500)}`)).toEqual({ project: "p".repeat(500) });
    expect(filterOf(`project:${"p".repeat(501)}`)).toBe("filter-long");
  });

  test("are written into a button so that they are read back", () => {
    const filter: HistoryFilter = {
      ...{ snapshotId: ID, by: "U0ADA000001", project: 'my "first" project' },
      ...{ since: "7d", until: "2026-11-21", outcomes: ["failed", "applied"], export: "csv" },
    };
    const text = formatCommand({ kind: "history", filter });
    expect(text).toBe(
      `history ${ID} by:U0ADA000001 project:"my \\"first\\" project" since:7d until:2026-11-21 outcome:failed,applied export:csv`,
    );
    expect(parseCommand(text)).toEqual({ ok: true, value: { kind: "history", filter } });
    expect(formatCommand({ kind: "history", filter: {} })).toBe("history");
    expect(formatCommand({ kind: "history", filter: { by: "me" } })).toBe("history by:me");
  });
});

describe("A time in the history", () => {
  const NOW = Date.UTC(2026, 10, 22, 12);

  test("is so long ago, or the beginning or the end of a day by UTC", () => {
    for (const side of ["since", "until"] as const) {
      expect(timeOf("2h", NOW, side)).toBe(Date.UTC(2026, 10, 22, 10));
    }
    expect(timeOf("2026-11-21", NOW, "since")).toBe(Date.UTC(2026, 10, 21));
    expect(timeOf("2026-11-21", NOW, "until")).toBe(Date.UTC(2026, 10, 22));
    expect(timeOf("2028-02-29", NOW, "since")).toBe(Date.UTC(2028, 1, 29));
  });

  test.each([
    ...["", "2026-02-30", "2026-02-29", "2026-13-01", "26-01-01", "2026-1-1"],
    ...["x2026-11-21", "2026-11-21T10", "2026/11/21", "2026-11-2x", "2026-1x-21", "x026-11-21"],
  ])("is not %j", (text) => {
    expect(timeOf(text, NOW, "since")).toBeUndefined();
  });
});
