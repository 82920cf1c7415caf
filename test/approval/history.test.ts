import { expect, test } from "@jest/globals";
import { newestFirst } from "../../src/approval/history.ts";

test("The history begins with the newest; of two of the same moment the id decides", () => {
  const [b1, a1, b2, c1] = ["b1", "a1", "b2", "c1"].map((name) => ({
    askedAt: Number(name[1]),
    id: name,
  }));
  const all = [a1, b1, b2, c1].flatMap((one) => (one === undefined ? [] : [one]));
  expect(all.toSorted(newestFirst)).toEqual([b2, c1, b1, a1]);
  expect(all.toReversed().toSorted(newestFirst)).toEqual([b2, c1, b1, a1]);
  expect(all.map((one) => newestFirst(one, { ...one }))).toEqual([0, 0, 0, 0]);
});
