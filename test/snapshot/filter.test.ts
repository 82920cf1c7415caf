import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatCommand, parseCommand } from "../../src/snapshot/command.ts";
import {
  type Condition,
  type Filter,
  matches,
  newestFirst,
  placeOf,
} from "../../src/snapshot/filter.ts";
import { FIRST_PAGE, pageOf } from "../../src/snapshot/list-page.ts";
import { anyText } from "./arbitraries.ts";
import { ID, snapshotWith, tag } from "./samples.ts";

const DAY = 86_400_000;
const NOW = 1_700_000_000_000 + 40 * DAY;
const PROJECTS = [
  { id: 1186668, name: "production" },
  { id: 1202779, name: "staging" },
];
const around = { now: NOW, projects: PROJECTS };

const filterOf = (text: string): Filter => {
  const parsed = parseCommand(`list ${text}`);
  if (!parsed.ok || parsed.value.kind !== "list") throw new Error(JSON.stringify(parsed));
  return parsed.value.filter;
};
const fitting = (text: string, more = {}): boolean =>
  matches(filterOf(text), snapshotWith(more), around);

describe("A filter", () => {
  test.each([
    ["night", true],
    ["NIGHT", true],
    ["n*y", true],
    ["weekly", false],
    ["5ed275b8", true],
    [ID, true],
    [`https://portal.gcore.com/x/${ID}?a=b`, true],
    ["name:night", false],
    ["name:night*", true],
    ["name:*ly", true],
    ["tag:team", true],
    ["tag:te*", true],
    ["tag:team=payments", true],
    ["tag:team=pay", false],
    ["tag:team=PAY*", true],
    ["tag:owner", false],
    ["status:available", true],
    ["volume:db-*", true],
    ["project:production", true],
    ["project:1186668", true],
    ["project:118", false],
    ["project:staging", false],
    ["status:lost", false],
    ["region:76", false],
    ["region:148", true],
    ["region:lux*", true],
    ["older:30d", true],
    ["older:6w", false],
    ["newer:41d", true],
    ["newer:2h", false],
    ["night tag:team=payments older:30d", true],
    ["night tag:team=core older:30d", false],
    ["", true],
  ])("%j: a nightly snapshot of 40 days fits: %s", (text, expected) => {
    expect(fitting(text)).toBe(expected);
  });

  test("finds neither old nor new what has no date", () => {
    expect(fitting("older:1m", { createdAt: null })).toBe(false);
    expect(fitting("newer:99999w", { createdAt: null })).toBe(false);
  });

  test("finds a volume by its id, too", () => {
    expect(fitting(`volume:${ID}`, { volumeId: ID, tags: [] })).toBe(true);
    expect(fitting("volume:*", { volumeId: null, tags: [] })).toBe(false);
  });

  test("takes what is quoted for a name", () => {
    const named = { name: "name:x --project", tags: [tag("a b", "c d")] };
    expect(fitting('"name:x" "--project"', named)).toBe(true);
    expect(fitting('tag:"a b"="c d"', named)).toBe(true);
  });

  test("names where to look when it names one place, and every place when it names more", () => {
    const regions = [{ id: 148, name: "Luxembourg-3", isOpen: true }];
    const place = (text: string, projects = PROJECTS) => placeOf(filterOf(text), projects, regions);
    expect(place("project:staging")).toEqual({ ok: true, value: { projectId: 1202779 } });
    expect(place("project:*t* region:148")).toEqual({ ok: true, value: { regionId: 148 } });
    expect(place("project:7", [])).toEqual({ ok: true, value: { projectId: 7 } });
    expect(place("project:x")).toMatchObject({ ok: false, problem: { kind: "project" } });
    expect(place("region:7")).toEqual({
      ok: false,
      problem: { kind: "region", asked: "7", known: ["Luxembourg-3 (148)"] },
    });
    expect(place("night")).toEqual({ ok: true, value: {} });
    expect(place("project:*t* region:*")).toEqual({ ok: true, value: { regionId: 148 } });
  });
});

describe("A filter of a place that nobody knows yet", () => {
  test.each([
    ["7", { projectId: 7 }],
    ["1186668", { projectId: 1186668 }],
    ["x7", {}],
    ["7x", {}],
    ["07", {}],
    ["production", {}],
  ])("looks in project %s", (text, value) => {
    expect(placeOf(filterOf(`project:${text}`), [], [])).toEqual({ ok: true, value });
  });
});

describe("A filter is not understood", () => {
  test.each([
    ["project:a project:b", { kind: "filter-twice", filter: "project" }],
    ["region:a region:a", { kind: "filter-twice", filter: "region" }],
    ["tag:=x", { kind: "filter-empty", filter: "tag" }],
    ["name:", { kind: "filter-empty", filter: "name" }],
  ])("%j", (text, problem) => {
    expect(parseCommand(`list ${text}`)).toEqual({
      ok: false,
      problem: { ...problem, usage: "list" },
    });
  });

  test("only where it has to be: a tag may be looked for twice, and as much as a button carries", () => {
    expect(filterOf("tag:a tag:b")).toHaveLength(2);
    expect(filterOf("project:a region:b")).toHaveLength(2);
    expect(filterOf(`name:${"n".repeat(1_495)}`)).toHaveLength(1);
    expect(parseCommand(`list name:${"n".repeat(1_496)}`)).toMatchObject({
      problem: { kind: "filter-long" },
    });
  });
});

const pattern = anyText.filter((text) => text !== "");
const condition: fc.Arbitrary<Condition> = fc.oneof(
  anyText.map((text) => ({ kind: "word" as const, text })),
  fc.record({
    kind: fc.constantFrom("name" as const, "status" as const, "volume" as const),
    pattern,
  }),
  fc.record({
    kind: fc.constant("tag" as const),
    key: pattern.filter((text) => !text.includes("=")),
    value: fc.option(anyText, { nil: null }),
  }),
  fc.record({
    kind: fc.constantFrom("older" as const, "newer" as const),
    span: fc.stringMatching(/^[1-9]\d{0,4}[mhdw]$/),
  }),
);

describe("A filter that the bot writes into its buttons", () => {
  test("is one that it reads, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 5 }), (filter) => {
        const text = formatCommand({ kind: "list", filter });
        const parsed = parseCommand(text);
        fc.pre(parsed.ok || parsed.problem.kind !== "key-in-text");
        expect(parsed).toEqual({ ok: true, value: { kind: "list", filter } });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("More conditions", () => {
  test("never find more", () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), anyText, (filter, name) => {
        const snapshot = snapshotWith({ name });
        const each = filter.map((one) => matches([one], snapshot, around));
        expect(matches(filter, snapshot, around)).toBe(each.every(Boolean));
      }),
    );
  });

  test("a part of the name finds it, and its whole as a pattern, in capitals or not", () => {
    fc.assert(
      fc.property(anyText, fc.nat(10), fc.nat(10), (name, from, length) => {
        const snapshot = snapshotWith({ name });
        const text = name
          .slice(from, from + length)
          .toUpperCase()
          .toLowerCase();
        // Capitals are as many characters as small letters in most scripts, not in all.
        fc.pre(name.toLowerCase() === name.toUpperCase().toLowerCase());
        expect(matches([{ kind: "word", text }], snapshot, around)).toBe(
          name.toLowerCase().includes(text) || text.includes("*"),
        );
        expect(matches([{ kind: "name", pattern: name }], snapshot, around)).toBe(true);
      }),
    );
  });
});

describe("The pages of a list", () => {
  const anyList = fc
    .uniqueArray(
      fc.record({
        snapshotId: fc.uuid(),
        createdAt: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
      }),
      { selector: ({ snapshotId }) => snapshotId, maxLength: 40 },
    )
    .map((all) => all.map((one) => snapshotWith(one)).sort(newestFirst));

  test("show everything once from the first to the last, and back again", () => {
    fc.assert(
      fc.property(anyList, fc.integer({ min: 1, max: 12 }), (all, size) => {
        const pages = [pageOf(all, FIRST_PAGE, size)];
        for (let next = pages[0]?.next; next != null; next = pages.at(-1)?.next) {
          pages.push(pageOf(all, next, size));
          expect(pages.length).toBeLessThanOrEqual(all.length);
        }
        expect(pages.flatMap(({ items }) => items)).toEqual(all);
        const back = pages.toReversed().map(({ from }) => pageOf(all, from, size));
        expect(back.toReversed()).toEqual(pages);
        for (const [index, { previous }] of pages.entries()) {
          expect(previous).toBe(index === 0 ? null : pages[index - 1]?.from);
        }
      }),
    );
  });

  test("stay where they are when others come, and when their first one goes", () => {
    fc.assert(
      fc.property(anyList, fc.integer({ min: 1, max: 5 }), (all, size) => {
        const { next } = pageOf(all, FIRST_PAGE, size);
        fc.pre(next !== null);
        const first = all[size];
        const newer = snapshotWith({ createdAt: 999 });
        expect(pageOf([newer, ...all], next ?? "", size).items[0]).toEqual(first);
        const gone = all.filter((one) => one !== first);
        expect(pageOf(gone, next ?? "", size).items[0]).toEqual(gone[size] ?? gone.at(-size));
      }),
    );
  });

  const three = [3, 2, 1].map((createdAt) => snapshotWith({ createdAt }));

  test("begin at the beginning when nobody knows where", () => {
    for (const from of ["", "x", "-", "1/2", "9/not-an-id", `x2/${ID}`, `2/${ID}x`]) {
      expect(pageOf(three, from, 2).before).toBe(0);
    }
  });

  test("begin where the newest come, whichever it is that is the newest now", () => {
    const first = pageOf(three, FIRST_PAGE, 2);
    expect(first.from).toBe(FIRST_PAGE);
    expect(pageOf(three, first.next ?? "", 2).previous).toBe(FIRST_PAGE);
  });

  test("end with the last ones for who was on a page that is no longer there", () => {
    expect(pageOf(three, `0/${ID}`, 2).items).toEqual(three.slice(1));
    expect(pageOf(three, `0/${ID}`, 9).items).toEqual(three);
  });
});
