import { describe, expect, test } from "@jest/globals";
import { pendingMessage } from "../../src/blocks/request-lists.ts";
import { waitingOf } from "../approval/samples.ts";

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
