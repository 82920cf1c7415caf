import { describe, expect, test } from "@jest/globals";
import { plainOf } from "../../src/blocks/phrase.ts";
import { isOfKey, problemPhrase } from "../../src/blocks/problem-words.ts";
import type { Problem } from "../../src/problem.ts";
import { PROBLEMS } from "../approval/samples.ts";

const said = (problem: Problem): string => plainOf(problemPhrase(problem));
const keys = (count: number): string[] => Array.from({ length: count }, (_, n) => `k${n}`);

// What is said of each sort of problem stands in said.test.ts; here is what depends on its facts.
describe("A problem is told", () => {
  test.each<readonly [Problem, string]>([
    [
      { kind: "bulk-too-many", chosen: 2, most: 0 },
      "Your team's policy lets nobody change many snapshots at once. " +
        "Change them one by one with /snapshot.",
    ],
    [
      { kind: "bulk-not-whole", unread: 0 },
      "I could not read the whole list of snapshots. Nothing is planned on half of it. " +
        "Press Try again in a minute.",
    ],
    [
      { kind: "bulk-not-whole", unread: 1, problem: PROBLEMS["gcore-busy"] },
      "I could not read the whole list of snapshots: 1 place missing. " +
        "Gcore asks to be called less often. Nothing is planned on half of it. " +
        "Press Try again in a minute.",
    ],
    [
      PROBLEMS["policy-denies"],
      "The rule no does not let this change through. " +
        "Leave out what it is about, or talk to whoever runs this bot.",
    ],
    [
      { kind: "too-few-approvers", rule: "two", needed: 1, able: 0 },
      "The rule two asks for 1 approval, and nobody may give one. " +
        "Ask whoever runs this bot to name more approvers.",
    ],
    [
      { kind: "too-few-approvers", rule: "two", needed: 3, able: 2 },
      "The rule two asks for 3 approvals, and only 2 people may give one. " +
        "Ask whoever runs this bot to name more approvers.",
    ],
    [
      { kind: "not-a-member", standing: "deactivated" },
      "Your account is deactivated, so you may not decide on changes here. " +
        "Ask a member of the team.",
    ],
    [
      { kind: "not-a-member", standing: "outsider" },
      "You are not of this organisation, so you may not decide on changes here. " +
        "Ask a member of the team.",
    ],
    [
      { kind: "not-a-member", standing: "bot" },
      "You are a bot, so you may not decide on changes here. Ask a member of the team.",
    ],
    [
      { kind: "key-expired", at: null },
      "Your API key has expired. Connect another one with /snapshot connect.",
    ],
    [
      PROBLEMS["key-other-project"],
      "Your API key does not see project 1. It sees no project at all. " +
        "Check the project's number, or connect a key for that project.",
    ],
    [PROBLEMS.locked, "The snapshot is locked by a task. Try again when the task has ended."],
    [
      { ...PROBLEMS.locked, task: "resize" },
      "The snapshot is locked by a task (resize). Try again when the task has ended.",
    ],
  ])("in the words that fit its facts: %j", (problem, words) => {
    expect(said(problem)).toBe(words);
  });

  test.each<readonly [number | null, string]>([
    [null, "a minute"],
    [60_000, "a minute"],
    [60_001, "2 minutes"],
    [150_000, "3 minutes"],
  ])("with the time to wait in whole minutes: %j ms", (retryAfter, words) => {
    expect(said({ kind: "gcore-busy", retryAfter })).toBe(
      `Gcore asks to be called less often. Try again in ${words}.`,
    );
  });

  test.each([
    ["Not enough rights", "Not enough rights."],
    ["Not enough rights.", "Not enough rights."],
    ["Not enough rights! ", "Not enough rights! "],
    ["Not enough. Ask", "Not enough. Ask."],
    ["Not enough in v1.2", "Not enough in v1.2."],
  ])("with one full stop after Gcore's own words: %j", (detail, quoted) => {
    expect(said({ kind: "change-refused", detail })).toBe(
      `Gcore refused the change. It says: ${quoted} Change what it names, and try again.`,
    );
  });

  test("with ten of many names, and how many more there are", () => {
    const words = (count: number) => said({ kind: "tag-read-only", keys: keys(count) });
    const ten = "Gcore marks as read-only: k0, k1, k2, k3, k4, k5, k6, k7, k8, k9";
    expect(words(10)).toBe(`${ten}. Leave these tags out.`);
    expect(words(12)).toBe(`${ten} and 2 more. Leave these tags out.`);
  });
});

test("Another key helps where the key was why a list could not be read whole", () => {
  const because = (problem?: Problem): Problem => ({
    ...{ kind: "bulk-not-whole", unread: 3 },
    ...(problem === undefined ? {} : { problem }),
  });
  expect(isOfKey(because(PROBLEMS["key-refused"]))).toBe(true);
  expect(isOfKey(because(PROBLEMS["gcore-busy"]))).toBe(false);
  expect(isOfKey(because())).toBe(false);
  expect(isOfKey(PROBLEMS["bulk-none"])).toBe(false);
});
