import { describe, expect, test } from "@jest/globals";
import type { Counts } from "../../src/approval/bulk.ts";
import { finish, stop } from "../../src/approval/bulk-run.ts";
import { runBlocks, runButtons } from "../../src/blocks/bulk-progress.ts";
import { BULK, NOW, runningOf, TOM } from "../approval/samples.ts";
import { textOf, textsOf } from "./text-of.ts";

const NONE: Counts = {
  ...{ applied: 0, failed: 0, conflict: 0, unknown: 0, stopped: 0 },
  ...{ held: 0, underWay: 0, waiting: 0 },
};

/** What stands beside the bar when `applied` of `size` are changed after so many seconds. */
function beside(applied: number, size: number, seconds: number, more: Partial<Counts> = {}) {
  const run = runningOf({ ...BULK, size });
  const waiting = size - applied - (more.held ?? 0);
  const counts = { ...NONE, applied, waiting, ...more };
  const [line] = runBlocks(run, { counts, now: NOW + seconds * 1_000 });
  return textOf(line).replace(/^[█░]* /, "");
}

describe("Beside the bar of a run stands", () => {
  test.each([
    ["a rate that one can picture", 100, 1_000, 50, "2 a second · about 8 minutes"],
    ["by the minute where it is slow", 20, 60, 100, "12 a minute · about 3 minutes"],
    ["by the hour where it is slower", 5, 10, 1_000, "18 an hour · about 17 minutes"],
    ["the last seconds one by one", 97, 100, 97, "1 a second · about 3 seconds"],
    ["less than a minute by tens", 100, 134, 100, "1 a second · about 40 seconds"],
    ["one a minute as that", 5, 10, 300, "1 a minute · about 5 minutes"],
    ["the last tens as that", 100, 150, 100, "1 a second · about 50 seconds"],
    ["an hour and a half by minutes", 100, 5_500, 100, "1 a second · about 90 minutes"],
    ["about a minute as that", 79, 300, 22, "4 a second · about 1 minute"],
    ["hours as hours", 1_000, 10_000, 1_000, "1 a second · about 3 hours"],
  ])("%s", (_what, applied, size, seconds, words) => {
    expect(beside(applied, size, seconds)).toBe(
      `${applied.toLocaleString("en")} of ${size.toLocaleString("en")} · ${words} left`,
    );
  });

  test("neither rate nor time while nobody can know them", () => {
    expect(beside(4, 100, 60)).toBe("4 of 100");
    expect(beside(50, 100, 1.999)).toBe("50 of 100");
    expect(beside(50, 100, 2)).toBe("50 of 100 · 25 a second · about 2 seconds left");
    // Nobody knows when the tasks end that hold the rest.
    expect(beside(90, 100, 60, { held: 10 })).toBe("90 of 100");
  });
});

test("What is left because of a stop is no part of the bar", () => {
  const run = stop(runningOf({ ...BULK, size: 32 }), TOM, NOW);
  const counts = { ...NONE, applied: 2, stopped: 30 };
  expect(textOf(runBlocks(run, { counts, now: NOW }))).toMatch(/^█░{15} 2 of 32/);
});

test("What came of one is said of one, and of several as of several", () => {
  const said = (count: number): string => {
    const of = { conflict: count, unknown: count, stopped: count, underWay: count };
    const [, lines] = runBlocks(runningOf({ ...BULK, size: 12 }), {
      counts: { ...NONE, ...of },
      now: NOW,
    });
    return textOf(lines);
  };
  expect(said(1)).toBe(
    "1 not changed: somebody else changed it after the plan was made" +
      "1 not known: Gcore did not tell whether it is changed" +
      "1 left as it is, because the change was stopped" +
      "1 on its way",
  );
  expect(said(2)).toBe(
    "2 not changed: somebody else changed them after the plan was made" +
      "2 not known: Gcore did not tell whether they are changed" +
      "2 left as they are, because it was stopped" +
      "2 on their way",
  );
});

describe("After a change of many", () => {
  const offered = (counts: Partial<Counts>): readonly string[] => {
    const over = finish(runningOf(), { ...NONE, ...counts }, NOW);
    return textsOf(runButtons(over));
  };

  test.each([
    [{ applied: 3 }, ["See each snapshot", "Undo"]],
    [{ applied: 2, failed: 1 }, ["See each snapshot", "Try the rest again", "Undo"]],
    [{ failed: 1, conflict: 1, unknown: 2 }, ["See each snapshot", "Try the rest again"]],
    [{ failed: 1, conflict: 2 }, ["See each snapshot", "Try the rest again"]],
    [{ stopped: 3 }, ["See each snapshot", "Try the rest again"]],
  ])("what is left can be tried again, and what is done taken back: %j", (counts, buttons) => {
    expect(offered(counts)).toEqual(buttons);
  });
});
