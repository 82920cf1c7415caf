import { expect, test } from "@jest/globals";
import { breachesPhrase, choicePhrase } from "../../src/blocks/breach-words.ts";
import { plainOf } from "../../src/blocks/phrase.ts";

test("Of what breaks the tag rules so many are told, and how many more there are", () => {
  const breaches = ["a", "b", "c"].map((key) => ({ kind: "tag-protected", key }) as const);
  const one = (key: string) => `The tag ${key} is protected: it is not set or removed through me.`;
  expect(plainOf(breachesPhrase(breaches, 3))).toBe(["a", "b", "c"].map(one).join(" "));
  expect(plainOf(breachesPhrase(breaches, 2))).toBe(`${one("a")} ${one("b")} And 1 more.`);
});

test("Of the values that may stand there eight are named, and how many others there are", () => {
  const said = (count: number) => plainOf(choicePhrase([..."abcdefghij"].slice(0, count)));
  expect(said(8)).toBe("a, b, c, d, e, f, g or h");
  expect(said(9)).toBe("a, b, c, d, e, f, g, h or 1 other");
  expect(said(10)).toBe("a, b, c, d, e, f, g, h or one of 2 others");
});
