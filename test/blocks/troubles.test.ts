import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/approval/bulk-run.ts";
import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { end } from "../../src/approval/claim.ts";
import { wordMessage } from "../../src/blocks/request-messages.ts";
import { COUNTS, claimed, NOW, PROBLEMS, previewOf, runningOf } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const COULD_NOT = "What could not be changed";
const failed = end(claimed(), { kind: "failed", problem: PROBLEMS["key-refused"] }, NOW);
const { before, plan } = previewOf();
const trouble = (request: ChangeRequest | undefined) => ({
  chosen: { n: 1, before, plan },
  request,
});
const over = (more: object) => finish(runningOf(), { ...COUNTS, ...more }, NOW);
const wordOf = (...word: Parameters<typeof wordMessage>): string =>
  JSON.stringify(wordMessage(...word).blocks);

describe("The word that a change of many is over", () => {
  test("names those that could not be changed, and why", () => {
    const word = wordOf(over({ failed: 1 }), 9, [trouble(failed)]);
    expect(word).toContain(COULD_NOT);
    expect(word).toContain(before.name);
    expect(word).toContain("Gcore does not accept your API key.");
    expect(word).not.toContain("more: press");
  });

  test("says how many more there are, of all sorts of trouble", () => {
    const counts = { failed: 1_000, conflict: 20, unknown: 3 };
    expect(wordOf(over(counts), 9, [trouble(failed), trouble(failed)])).toContain(
      "1,021 more: press See each snapshot.",
    );
  });

  test("has no line for one of which nothing is known any more", () => {
    const word = wordMessage(over({ failed: 2 }), 9, [trouble(undefined), trouble(failed)]);
    expect(textOf(word.blocks)).toMatch(new RegExp(`${COULD_NOT}Not done\\. Snapshot `));
  });

  test("says nothing of trouble where there was none, or while it still goes on", () => {
    expect(wordOf(over({ failed: 0 }), 9)).not.toContain(COULD_NOT);
    expect(wordOf(runningOf(), 9, [trouble(failed)])).not.toContain(COULD_NOT);
  });
});
