import { expect, test } from "@jest/globals";
import { readSpan } from "../../src/snapshot/span.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.each([
  ["45m", 45 * MINUTE],
  ["12h", DAY / 2],
  ["30d", 30 * DAY],
  ["2w", 14 * DAY],
  ["99999w", 99_999 * 7 * DAY],
  ["0d", 0],
])("%s is a length of time", (text, expected) => {
  expect(readSpan(text)).toBe(expected);
});

test.each(["", "d", "30", "30 d", "x30d", "30days", "-1d", "1.5d", "100000d", "2y", "2D"])(
  "%j is no length of time",
  (text) => {
    expect(readSpan(text)).toBeUndefined();
  },
);
