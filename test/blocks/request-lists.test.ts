import { describe, expect, test } from "@jest/globals";
import { pendingMessage } from "../../src/blocks/request-lists.ts";
import { heldOf, waitingOf } from "../approval/samples.ts";

const textOf = (message: object): string => JSON.stringify(message);
const count = (text: string, what: string): number => text.split(what).length - 1;
const waiting = (length: number) =>
  Array.from({ length }, (_, index) => ({ ...waitingOf(), id: `request-${index}` }));

describe("What waits", () => {
  test("is listed to its fifth, and the rest is counted, in each of the lists", () => {
    const held = Array.from({ length: 6 }, (_, index) => ({ ...heldOf(), id: `held-${index}` }));
    const text = textOf(pendingMessage({ own: waiting(7), held, toDecide: waiting(12) }));
    expect(text).toContain("12 waiting for you, 13 of your own.");
    expect(count(text, "Stop waiting?")).toBe(4);
    expect(count(text, "review-request")).toBe(10);
    expect(text).toContain("and 7 more.");
    expect(count(text, "and 2 more.")).toBe(2);
  });

  test("is one line when it is nothing", () => {
    expect(pendingMessage({ own: [], held: [], toDecide: [] }).blocks).toHaveLength(1);
  });
});
