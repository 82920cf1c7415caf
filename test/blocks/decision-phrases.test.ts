import { expect, test } from "@jest/globals";
import { approve } from "../../src/approval/decide.ts";
import { decisionPhrases } from "../../src/blocks/decision-phrases.ts";
import { plainOf } from "../../src/blocks/phrase.ts";
import { pendingOf, TOM, voteOf, waitingOf } from "../approval/samples.ts";

test("An approval is told with what was said with it, if anything", () => {
  const said = (comment: string | null) =>
    decisionPhrases(approve(waitingOf(), voteOf(TOM, 0, comment))).map(plainOf);
  const approved = `Approved by ${TOM.userId}, 1970-01-01 00:00 UTC`;
  expect(said("Fine by me.")).toEqual([`${approved}: Fine by me.`]);
  expect(said(null)).toEqual([approved]);
});

test("Nothing is told while nobody has decided", () => {
  expect(decisionPhrases(waitingOf())).toEqual([]);
  expect(decisionPhrases(pendingOf())).toEqual([]);
});
