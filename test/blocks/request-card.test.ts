import { describe, expect, test } from "@jest/globals";
import { plainOf } from "../../src/blocks/phrase.ts";
import { approversPhrase, cardMessage } from "../../src/blocks/request-card.ts";
import { approversNeeded, waitingOf } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const people = (count: number) => Array.from({ length: count }, (_, n) => `U${n}`);
const saidOf = (...rule: Parameters<typeof approversNeeded>): string =>
  plainOf(approversPhrase(approversNeeded(...rule)));

describe("Who may approve", () => {
  test("is said by name, and how many it takes", () => {
    expect(saidOf(1, { users: ["U1"], groups: ["S1"] })).toBe(
      "Needs one approval of U1, S1 (rule: two pairs of eyes).",
    );
    expect(saidOf(2, { users: ["U1", "U2"] })).toBe(
      "Needs 2 approvals of U1, U2 (rule: two pairs of eyes).",
    );
  });

  test("is said of each rule that holds, where several hold together", () => {
    const among = [
      { users: ["U2", "U3"], groups: [] },
      { users: [], groups: ["S1"] },
    ];
    expect(saidOf(1, { users: ["U1"], among })).toBe(
      "Needs one approval of U1, who are also among U2, U3, who are also among S1 " +
        "(rule: two pairs of eyes).",
    );
  });

  test("is said of twenty, and how many more there are", () => {
    expect(saidOf(1, { users: people(20) })).toContain("U18, U19 (rule");
    const many = saidOf(1, { users: people(20), groups: ["S1", "S2"] });
    expect(many).toContain("U18, U19 and 2 more (rule");
  });
});

test("A card says why the change is wanted, where that was said", () => {
  const waiting = waitingOf();
  expect(textOf(cardMessage(waiting).blocks)).toContain("Reason: becauseNeeds one approval");
  expect(textOf(cardMessage({ ...waiting, reason: null }).blocks)).not.toContain("Reason");
});
