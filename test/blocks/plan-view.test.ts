import { describe, expect, test } from "@jest/globals";
import type { Item, Why } from "../../src/approval/bulk.ts";
import type { PlanPart, PlanRow } from "../../src/approval/bulk-page.ts";
import { end } from "../../src/approval/claim.ts";
import { type PlanPlace, planRow, planView } from "../../src/blocks/plan-view.ts";
import type { Warning } from "../../src/snapshot/plan.ts";
import { BEFORE, BULK, COUNTS, claimed, NOW, PROBLEMS, previewOf } from "../approval/samples.ts";
import { menusOf } from "./menus-of.ts";
import { textOf } from "./text-of.ts";

const SNAPSHOT = "5ed275b8-7eed-4722-8c98-777191d4e003";
const ref = { projectId: 1, regionId: 2, snapshotId: SNAPSHOT };

const left = (why: Why, name: string | null = "nightly-1"): string =>
  textOf(planRow({ chosen: { n: 7, ref, name, why }, request: undefined }));

const itemWith = (warnings: readonly Warning[]): PlanRow => {
  const { before, plan } = previewOf();
  const chosen: Item = { n: 3, before, plan: { ...plan, warnings } };
  return { chosen, request: undefined };
};

describe("A snapshot of a plan", () => {
  test("that is left is named, or told by its id where its name is not known, and says why", () => {
    expect(left({ kind: "already" })).toBe("7. nightly-1: it is like this already.");
    expect(left({ kind: "already" }, null)).toBe(`7. ${SNAPSHOT}: it is like this already.`);
    expect(left(PROBLEMS["snapshot-not-found"])).toMatch(/^7\. nightly-1: ./);
    expect(left(PROBLEMS["snapshot-not-found"])).not.toContain("already");
  });

  test("of which nothing can be put back says each reason", () => {
    const why: Why = {
      kind: "no-way-back",
      left: [
        { kind: "tag-not-there", key: "one" },
        { kind: "tag-not-there", key: "two" },
      ],
    };
    expect(left(why)).toBe(
      "7. nightly-1: There is no tag one to remove. There is no tag two to remove. ",
    );
  });

  test("that the template does not fit says why", () => {
    expect(left({ kind: "name-part-missing", part: "date" })).toBe(
      "7. nightly-1: Gcore does not tell when it was made, and {date} needs it.",
    );
    const fault = { kind: "name-length", length: 70 } as const;
    expect(left({ kind: "name-unfit", name: "db", fault })).toBe(
      "7. nightly-1: Its name would be db. A name has 3 to 63 characters; this one has 70.",
    );
  });

  test("that is to change says what, where, and what to know before", () => {
    const said = textOf(planRow(itemWith([{ kind: "tag-not-there", key: "gone" }])));
    expect(said).toContain(`3. ${BEFORE.name} in ${BEFORE.region}`);
    expect(said).toContain("Tag team: payments → search");
    expect(said).toContain("gone");
  });

  test("that was tried says what came of it, and no more what to know before", () => {
    const problem = PROBLEMS["key-refused"];
    const request = end(claimed(), { kind: "failed", problem }, NOW);
    const row = itemWith([{ kind: "tag-not-there", key: "gone" }]);
    const said = textOf(planRow({ ...row, request }));
    expect(said).toContain("payments → searchNot done. Snapshot nightly: Gcore does not accept");
    expect(said).not.toContain("gone");
  });
});

describe("The view of each snapshot of a plan", () => {
  const NONE = { counts: undefined };
  const view = (
    part: PlanPart,
    page: Partial<PlanPlace["page"]>,
    counts: Pick<PlanPlace, "counts"> = { counts: COUNTS },
  ) =>
    planView({
      planId: "plan",
      part,
      page: { rows: [], previous: null, next: null, ...page },
      bulk: { ...BULK, size: 12, left: { already: 2 } },
      ...counts,
    });
  const buttons = (...at: Parameters<typeof view>): readonly string[] =>
    [...JSON.stringify(view(...at)).matchAll(/(Previous|Next) page/g)].map(([name]) => name);
  const parts = (...at: Parameters<typeof view>): readonly string[] =>
    [...JSON.stringify(view(...at)).matchAll(/"value":"plan ([a-z]+) 0"/g)].map(
      ([, part = ""]) => part,
    );

  test("turns pages only where there are more", () => {
    expect(buttons("change", {})).toEqual([]);
    expect(buttons("change", { previous: 0 })).toEqual(["Previous page"]);
    expect(buttons("change", { next: 9 })).toEqual(["Next page"]);
    expect(buttons("change", { previous: 0, next: 17 })).toEqual(["Previous page", "Next page"]);
    expect(JSON.stringify(view("change", {}))).not.toContain("plan-pages");
  });

  test("offers the parts in which there is something, and the one that is shown", () => {
    expect([...new Set(parts("change", {}, NONE))]).toEqual(["change", "already"]);
    expect([...new Set(parts("rule", {}, NONE))]).toEqual(["change", "already", "rule"]);
    const [menu] = menusOf(view("rule", {}, NONE));
    expect(menu?.options).toContainEqual(menu?.initial_option);
    expect(parts("change", {})).toContain("trouble");
  });

  test("says how many there are of the part that is shown", () => {
    expect(textOf(view("applied", {}).blocks)).toMatch(/1 snapshot: changed\.$/);
    expect(textOf(view("change", {}).blocks)).toMatch(/12 snapshots: in the plan\.$/);
  });

  test("says how many were left because the run was stopped", () => {
    const said = (stopped: number): string =>
      textOf(view("stopped", {}, { counts: { ...COUNTS, stopped } }).blocks);
    const menu = "Left as they are, because it was stopped";
    expect(said(2)).toContain(`${menu} (2)`);
    expect(said(2)).toMatch(/2 snapshots: left as they are, because it was stopped\.$/);
    expect(said(1)).toContain(`${menu} (1)`);
    expect(said(1)).toMatch(/1 snapshot: left as it is, because the change was stopped\.$/);
  });
});
