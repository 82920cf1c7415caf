import { describe, expect, test } from "@jest/globals";
import { pendingMessage } from "../../src/blocks/request-lists.ts";
import { heldOf, runningOf, waitingOf } from "../approval/samples.ts";

const textOf = (message: object): string => JSON.stringify(message);
const count = (text: string, what: string): number => text.split(what).length - 1;
const waiting = (length: number) =>
  Array.from({ length }, (_, index) => ({ ...waitingOf(), id: `request-${index}` }));

describe("What waits", () => {
  test("is listed to its fourth, and the rest is counted, in each of the lists", () => {
    const held = Array.from({ length: 6 }, (_, index) => ({ ...heldOf(), id: `held-${index}` }));
    const runs = Array.from({ length: 7 }, (_, index) => ({ ...runningOf(), id: `run-${index}` }));
    const message = pendingMessage({ own: waiting(8), held, runs, toDecide: waiting(13) });
    const text = textOf(message);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(text).toContain("13 waiting for you, 21 of your own.");
    expect(count(text, "Stop waiting?")).toBe(3);
    expect(count(text, "Stop here?")).toBe(2);
    expect(count(text, "review-request")).toBe(8);
    for (const more of [9, 4, 5, 3]) expect(text).toContain(`and ${more} more.`);
  });

  test("is listed whole where no more of it waits than fits", () => {
    const message = pendingMessage({ own: waiting(4), held: [], runs: [], toDecide: waiting(4) });
    expect(textOf(message)).toContain("4 waiting for you, 4 of your own.");
    expect(count(textOf(message), "review-request")).toBe(8);
    expect(textOf(message)).not.toContain("more.");
  });

  test("is one line when it is nothing", () => {
    expect(pendingMessage({ own: [], held: [], runs: [], toDecide: [] }).blocks).toHaveLength(1);
  });
});
