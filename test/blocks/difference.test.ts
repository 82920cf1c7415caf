import { describe, expect, test } from "@jest/globals";
import {
  canBeShown,
  difference,
  MOST_ROWS,
  MOST_TEXT,
  rowPhrase,
  warningPhrase,
} from "../../src/blocks/difference.ts";
import { plainOf } from "../../src/blocks/phrase.ts";
import { tagList } from "../../src/blocks/tag-list.ts";
import type { Row } from "../../src/snapshot/plan.ts";
import { tag } from "../snapshot/samples.ts";

const row = (before: string | null, after: string | null, key = "team"): Row => ({
  ...{ field: "tag", key, before, after },
});
const rows = (count: number, one: Row): readonly Row[] => Array.from({ length: count }, () => one);

describe("A difference", () => {
  test("names what was added, removed and changed", () => {
    expect(plainOf(rowPhrase(row(null, "search")))).toBe("Tag team added: search");
    expect(plainOf(rowPhrase(row("payments", null)))).toBe("Tag team removed, was payments");
    expect(plainOf(rowPhrase(row("payments", "search")))).toBe("Tag team: payments → search");
  });

  test("is agreed to only when all of it can be shown: so many rows, and so much text", () => {
    expect(canBeShown(rows(MOST_ROWS, row("a", "b")))).toBe(true);
    expect(canBeShown(rows(MOST_ROWS + 1, row("a", "b")))).toBe(false);
    // Of each the key counts, and what was and what comes.
    const of = (each: number): Row => row("b".repeat(each), "a".repeat(each), "k".repeat(each));
    expect(canBeShown([...rows(66, of(100)), row("x".repeat(100), "y".repeat(97), "key")])).toBe(
      true,
    );
    expect(canBeShown([...rows(66, of(100)), row("x".repeat(100), "y".repeat(98), "key")])).toBe(
      false,
    );
    const name: Row = { field: "name", before: "b".repeat(9_000), after: "a".repeat(11_000) };
    expect(canBeShown([name])).toBe(true);
    expect(canBeShown([name, row(null, "1", "")])).toBe(false);
    // Of a tag that is added nothing stood there before.
    const shorter: Row = { ...name, after: "a".repeat(10_998) };
    expect(canBeShown([shorter, row(null, "1", "k")])).toBe(true);
    // What cannot be seen is written out, and takes more room.
    expect(canBeShown([row("\u200b".repeat(MOST_TEXT / 2), null, "")])).toBe(false);
  });

  test("of nothing is nothing", () => {
    expect(difference([])).toEqual([]);
  });

  test("says of what was changed since what it is now, and that a tag is gone", () => {
    const words = (now: string | null, after: string | null): string =>
      plainOf(warningPhrase({ kind: "changed-since", row: row("payments", after), now }));
    expect(words(null, "search")).toContain("gone");
    expect(words("ops", "search")).toMatch(/search.*ops/);
    expect(words("ops", null)).toContain("no tag");
  });
});

describe("A list of tags", () => {
  const listed = (count: number, most: number, value = "v") =>
    JSON.stringify(
      tagList(
        Array.from({ length: count }, (_, n) => tag(`k${n}.`, value)),
        most,
      ),
    );

  test("is cut after so many, and says how many more there are", () => {
    expect(listed(3, 3)).toContain("k2.");
    expect(listed(3, 3)).not.toContain("more");
    expect(listed(5, 3)).not.toContain("k3.");
    expect(listed(5, 3)).toContain("and 2 more");
    expect(listed(0, 3)).toBe("[]");
  });

  test("is cut after so much text that a message holds it, each tag counted as it is shown", () => {
    // 303 characters each: nineteen of them are less than 6,000, twenty are more.
    const long = listed(30, 30, "v".repeat(2_000));
    expect(long).toContain("k18.");
    expect(long).not.toContain("k19.");
    expect(long).toContain("and 11 more");
  });
});
