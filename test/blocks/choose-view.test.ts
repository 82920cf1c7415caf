import { describe, expect, test } from "@jest/globals";
import { chooseView, readChooseView } from "../../src/blocks/choose-view.ts";
import { ID } from "../snapshot/samples.ts";
import { menusOf } from "./menus-of.ts";
import { textOf } from "./text-of.ts";

const idOf = (n: number): string => ID.slice(0, -3) + String(n).padStart(3, "0");
const viewOf = (...before: readonly string[]) =>
  chooseView(
    "draft",
    before.map((words, n) => ({ snapshotId: idOf(n), before: words })),
  );
const offered = (...before: readonly string[]) =>
  menusOf(viewOf(...before)).flatMap(({ options = [] }) =>
    options.map(({ text, value }) => [text.text, value]),
  );

describe("Which of several snapshots in a message is meant", () => {
  test("is asked with each id, after the words that stand before it", () => {
    expect(offered("Copy of: ", " ")).toEqual([
      [`Copy of: ${idOf(0)}`, idOf(0)],
      [idOf(1), idOf(1)],
    ]);
  });

  test("is asked with as many of these words as fit beside the id in Slack's 75 characters", () => {
    expect(offered("w".repeat(38), "w".repeat(39)).map(([text]) => text)).toEqual([
      `${"w".repeat(38)} ${idOf(0)}`,
      `${"w".repeat(37)}… ${idOf(1)}`,
    ]);
  });

  test("is asked of a hundred, and where there are more that is said", () => {
    const words = Array.from({ length: 101 }, () => "");
    expect(offered(...words.slice(1))).toHaveLength(100);
    expect(textOf(viewOf(...words.slice(1)).blocks)).toContain(
      "I found 100 ids in that message. Some may be ids of other things.Snapshot",
    );
    expect(offered(...words)).toHaveLength(100);
    expect(textOf(viewOf(...words).blocks)).toContain(
      "I found 101 ids in that message. Some may be ids of other things. " +
        "The first 100 of them are here.",
    );
  });

  test("is read from the menu", () => {
    const state = { snapshot: { snapshot: { selected_option: { value: ID } } } };
    expect(readChooseView(state)).toBe(ID);
  });
});
