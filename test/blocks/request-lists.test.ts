import { describe, expect, test } from "@jest/globals";
import { historyMessage, pendingMessage } from "../../src/blocks/request-lists.ts";
import { IN_EACH_STATE, waitingOf } from "../approval/samples.ts";

const textOf = (message: object): string => JSON.stringify(message);
const count = (text: string, what: string): number => text.split(what).length - 1;
const waiting = (length: number) =>
  Array.from({ length }, (_, index) => ({ ...waitingOf(), id: `request-${index}` }));

describe("What waits", () => {
  test("is listed to its fifth, and the rest is counted, in each of the two lists", () => {
    const text = textOf(pendingMessage(waiting(7), waiting(12)));
    expect(text).toContain("12 waiting for you, 7 of your own.");
    expect(count(text, "review-request")).toBe(10);
    expect(text).toContain("and 7 more.");
    expect(text).toContain("and 2 more.");
  });

  test("is one line when it is nothing", () => {
    expect(pendingMessage([], []).blocks).toHaveLength(1);
  });
});

describe("The history of a snapshot", () => {
  test("is listed to its fifth, and says how much of it is left out", () => {
    const { applied } = IN_EACH_STATE;
    const many = Array.from({ length: 9 }, (_, index) => ({ ...applied, id: `r${index}` }));
    const text = textOf(historyMessage("id", many));
    expect(count(text, "undo-change")).toBe(5);
    expect(text).toContain("and 4 more.");
    expect(textOf(historyMessage("id", many.slice(0, 5)))).not.toContain("more.");
  });

  test("offers the way back of what was applied, and of nothing else", () => {
    for (const request of Object.values(IN_EACH_STATE)) {
      const hasUndo = textOf(historyMessage("id", [request])).includes("undo-change");
      expect([request.state, hasUndo]).toEqual([request.state, request.state === "applied"]);
    }
  });
});
