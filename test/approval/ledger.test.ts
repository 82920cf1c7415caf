import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { entryFor, refusal } from "../../src/approval/entries.ts";
import {
  type Entry,
  entryBody,
  firstBroken,
  GENESIS,
  type Sealed,
  sealEntry,
} from "../../src/approval/ledger.ts";
import { anyText } from "../snapshot/arbitraries.ts";
import { IN_EACH_STATE, MARIA, NOW, PROBLEMS, TOM, voteOf } from "./samples.ts";

const entry = (facts: unknown): Entry => ({
  kind: "refused",
  at: NOW,
  by: MARIA,
  request: "r",
  facts,
});

function chain(facts: readonly unknown[]): Sealed[] {
  const sealed: Sealed[] = [];
  for (const one of facts) sealed.push(sealEntry(entryBody(entry(one)), sealed.at(-1)));
  return sealed;
}

const FIVE = chain([1, "two", { three: "é😀" }, [4], null]);

describe("The chain of the ledger", () => {
  test("holds as it was made, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.jsonValue()), { maxLength: 8 }), (facts) => {
        expect(firstBroken(chain(facts))).toBeUndefined();
      }),
    );
  });

  test("begins at one, without a gap, each entry with the hash of the one before", () => {
    expect(FIVE.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(FIVE.map(({ previous }) => previous)).toEqual([
      GENESIS,
      ...FIVE.slice(0, 4).map(({ hash }) => hash),
    ]);
  });

  test("can be checked by anybody with SHA-256", () => {
    for (const { seq, previous, body, hash } of FIVE) {
      const sum = createHash("sha256").update(`${seq}\n${previous}\n${body}`).digest("hex");
      expect(hash).toBe(sum);
    }
  });

  test("[preloop#558] breaks where any character of any entry is another one", () => {
    const where = fc.record({
      at: fc.nat({ max: 4 }),
      member: fc.constantFrom("body" as const, "previous" as const, "hash" as const),
      position: fc.nat(),
      by: fc.constantFrom("x", "0", " ", "", "\n"),
    });
    fc.assert(
      fc.property(where, ({ at, member, position, by }) => {
        const forged = FIVE.map((one, index) => {
          if (index !== at) return one;
          const place = position % one[member].length;
          const text = one[member].slice(0, place) + by + one[member].slice(place + 1);
          return { ...one, [member]: text };
        });
        fc.pre(forged.some((one, index) => one[member] !== FIVE[index]?.[member]));
        expect(firstBroken(forged)).toBe(at + 1);
      }),
      { numRuns: 500 },
    );
  });

  test("breaks where an entry was left out, doubled, put in or changed places", () => {
    const [one, two, three, four, five] = FIVE;
    if (!one || !two || !three || !four || !five) throw new Error("five entries");
    const forged = sealEntry(entryBody(entry("forged")), two);
    expect(firstBroken([two, three, four, five])).toBe(2);
    expect(firstBroken([one, three, four, five])).toBe(3);
    expect(firstBroken([one, two, two, three])).toBe(2);
    expect(firstBroken([one, three, two, four, five])).toBe(3);
    expect(firstBroken([one, two, forged, four, five])).toBe(4);
    expect(firstBroken([one, two, forged, three, four, five])).toBe(3);
    expect(firstBroken([one, two, { ...three, seq: 4 }])).toBe(4);
    expect(firstBroken([{ ...one, seq: 0 }])).toBe(0);
  });

  test("breaks where a number is left out, although the hashes fit", () => {
    const [one] = FIVE;
    if (one === undefined) throw new Error("an entry");
    const jumped = sealEntry(entryBody(entry("jumped")), { ...one, seq: 6 });
    expect(jumped).toMatchObject({ seq: 7, previous: one.hash });
    expect(firstBroken([one, jumped])).toBe(7);
  });

  test("is longer by one after each entry: an entry cannot stand in two places", () => {
    const body = entryBody(entry("same"));
    const first = sealEntry(body, undefined);
    const second = sealEntry(body, first);
    expect(second.hash).not.toBe(first.hash);
    expect(firstBroken([first, second])).toBeUndefined();
  });
});

describe("The text of an entry", () => {
  test("is the same for the same facts, in whatever order they were given", () => {
    const turned: Entry = { facts: 1, request: "r", by: MARIA, at: NOW, kind: "refused" };
    expect(entryBody(turned)).toBe(entryBody(entry(1)));
  });

  test("says who, what and when, in UTC", () => {
    expect(JSON.parse(entryBody(entry({ a: 1 })))).toEqual({
      v: 1,
      at: new Date(NOW).toISOString(),
      kind: "refused",
      by: MARIA,
      request: "r",
      facts: { a: 1 },
    });
    expect(JSON.parse(entryBody({ kind: "key connected", at: NOW, by: TOM }))).toEqual({
      v: 1,
      at: new Date(NOW).toISOString(),
      kind: "key connected",
      by: TOM,
    });
  });

  test("is hashed letter by letter: the same JSON in another spelling is another entry", () => {
    const [first] = FIVE;
    if (first === undefined) throw new Error("an entry");
    const spelled = JSON.stringify(JSON.parse(first.body), null, 1);
    expect(firstBroken([{ ...first, body: spelled }])).toBe(1);
  });
});

describe("Each state of a request has its entry", () => {
  test.each([
    ["pending", "requested"],
    ["approved", "approved"],
    ["applying", "attempted"],
    ["applied", "applied"],
    ["failed", "failed"],
    ["conflict", "conflict"],
    ["unknown", "unknown"],
  ] as const)("%s: %s", (state, kind) => {
    const made = entryFor(IN_EACH_STATE[state], NOW + 4);
    expect(made).toMatchObject({ kind, at: NOW + 4, by: MARIA, request: "request-1" });
  });

  test("with the facts that say what happened", () => {
    const facts = (state: keyof typeof IN_EACH_STATE) => entryFor(IN_EACH_STATE[state], NOW).facts;
    const { plan, ref } = IN_EACH_STATE.pending;
    expect(facts("pending")).toEqual({
      ref,
      rows: plan.rows,
      reason: "because",
      rule: "requester confirms",
      undoes: null,
    });
    expect(facts("approved")).toEqual({
      rule: "requester confirms",
      approvals: [{ by: MARIA, at: NOW, comment: null }],
    });
    expect(facts("rejected")).toEqual({ comment: "not today" });
    expect(facts("applying")).toEqual({ attempt: 1 });
    expect(facts("applied")).toMatchObject({ lookedUp: false, name: "nightly" });
    expect(facts("failed")).toEqual({ problem: PROBLEMS["key-refused"] });
  });

  test("the decision is entered in the name of whoever made it", () => {
    const approved = IN_EACH_STATE.approved;
    if (approved.state !== "approved") throw new Error("approved");
    const byTom = { ...approved, approvals: [...approved.approvals, voteOf(TOM)] };
    expect(entryFor(byTom, NOW)).toMatchObject({ kind: "approved", by: TOM });
    expect(entryFor({ ...byTom, attempts: 2 }, NOW)).toMatchObject({
      kind: "postponed",
      by: MARIA,
      facts: { attempts: 2 },
    });
  });

  test("a refusal has one too, with what was asked for", () => {
    expect(refusal(TOM, PROBLEMS["no-key"], NOW)).toEqual({
      kind: "refused",
      at: NOW,
      by: TOM,
      facts: { problem: { kind: "no-key" } },
    });
    expect(refusal(TOM, PROBLEMS["no-key"], NOW, { reason: "why" })).toMatchObject({
      facts: { problem: { kind: "no-key" }, reason: "why" },
    });
  });
});
