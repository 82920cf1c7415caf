import { describe, expect, test } from "@jest/globals";
import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { historyMessage, readHistoryPage } from "../../src/blocks/history-message.ts";
import { approvedOf, IN_EACH_STATE, NOW } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const pageOf = (requests: readonly ChangeRequest[], more = false) =>
  historyMessage({}, { requests, hasNewer: more, hasOlder: more });
const buttonsOf = (...page: Parameters<typeof pageOf>): readonly string[] =>
  [...JSON.stringify(pageOf(...page)).matchAll(/"(history-[a-z]+|see-plan|undo-change)",/g)].map(
    ([, id = ""]) => id,
  );

describe("The history", () => {
  test("of everything is called that", () => {
    expect(pageOf([approvedOf()]).text).toBe("What happened through me, the newest first.");
  });

  test("goes on from the first and the last of a page", () => {
    const blocks = JSON.stringify(pageOf([approvedOf("one"), approvedOf("two")], true));
    const values = [...blocks.matchAll(/"value":"([^"]*)"/g)].map(([, value = ""]) => value);
    expect(values.map(readHistoryPage)).toEqual([
      { place: { askedAt: NOW, id: "one" }, text: "" },
      { place: { askedAt: NOW, id: "two" }, text: "" },
    ]);
  });

  test("ends where a key that sees less than before leaves nothing on a page", () => {
    expect(pageOf([], true)).toEqual(pageOf([]));
  });

  test("tells of one of many that it is, with a way to the others", () => {
    const item = { id: "plan-1", n: 12, begunAt: NOW };
    const of = { ...IN_EACH_STATE.applied, item };
    expect(textOf(pageOf([of]).blocks)).toContain(
      "One of many, changed at once (no. 12 of its plan)",
    );
    expect(JSON.stringify(pageOf([of]).blocks)).toContain('"value":"plan-1"');
    expect(buttonsOf([of])).toEqual(["undo-change", "see-plan"]);
    expect(textOf(pageOf([IN_EACH_STATE.applied]).blocks)).not.toContain("One of many");
    expect(buttonsOf([IN_EACH_STATE.applied])).toEqual(["undo-change"]);
  });
});
