import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type BulkFaults,
  type BulkInput,
  type BulkWish,
  bulkInput,
  EMPTY_BULK,
  MOST_PICKED,
  readBulkForm,
} from "../../src/snapshot/bulk-input.ts";
import { refText } from "../../src/snapshot/fill-form.ts";
import { FIELD_LENGTH } from "../../src/snapshot/form-input.ts";
import { anyText, goodKey, goodValue } from "./arbitraries.ts";
import { ID } from "./samples.ts";

const OTHER_ID = "6ca09383-85d2-4bb3-8d2d-214a2436fa4f";
const KEY = "29841_9f86d081884c7d659a2feaa0c55ad015";

const form = (more: Partial<BulkInput> = {}): BulkInput => ({ ...EMPTY_BULK, ...more });
const picked = (...values: string[]) => values.map((value) => ({ value, label: "nightly" }));
/** Somebody has chosen and asked for something: what is looked at is the rest. */
const begun = { filter: "name:*", set: "a=1" };

const wishOf = (more: Partial<BulkInput>): BulkWish => {
  const read = readBulkForm(form(more));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
};

const faultsOf = (more: Partial<BulkInput>, ownTokenId?: string): BulkFaults => {
  const read = readBulkForm(form(more), ownTokenId);
  if (read.ok) throw new Error(JSON.stringify(read.value));
  return read.problem;
};

describe("A filled form for many becomes a wish", () => {
  test("with everything in it", () => {
    const input = form({
      filter: " tag:team=core  older:30d ",
      picked: picked(`1/2/${ID}`),
      pasted: `${OTHER_ID.toUpperCase()},\n${ID}`,
      name: " {Volume}-{date} ",
      set: "a=1\n b = 2 ",
      remove: "old",
      clear: true,
      reason: " because\nof that ",
    });
    expect(readBulkForm(input)).toStrictEqual({
      ok: true,
      value: {
        filter: [
          { kind: "tag", key: "team", value: "core" },
          { kind: "older", span: "30d" },
        ],
        ids: [{ projectId: 1, regionId: 2, snapshotId: ID }, { snapshotId: OTHER_ID }],
        change: {
          name: [{ of: "volume" }, "-", { of: "date" }],
          set: [
            { key: "a", value: "1" },
            { key: "b", value: "2" },
          ],
          remove: ["old"],
          others: "remove",
        },
        reason: "because of that",
      },
    });
  });

  test("without what was left empty: an empty filter is nobody, not everybody", () => {
    expect(wishOf({ pasted: ID, set: "a=1" })).toStrictEqual({
      filter: null,
      ids: [{ snapshotId: ID }],
      change: { set: [{ key: "a", value: "1" }], remove: [], others: "keep" },
      reason: null,
    });
    expect(wishOf({ filter: "name:*", clear: true }).filter).toEqual([
      { kind: "name", pattern: "*" },
    ]);
  });

  test("with a name that stays as it is for no name", () => {
    expect(wishOf({ ...begun, name: "{ Name }" }).change).not.toHaveProperty("name");
  });

  test("each snapshot once, wherever it was chosen, in the order of the choice", () => {
    const place = fc.record({ projectId: fc.constant(7), regionId: fc.constant(9) });
    const some = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat(3)), place, (ids, ways, where) => {
        const values = { picked: [] as string[], pasted: [] as string[] };
        for (const snapshotId of ids) {
          const way = ways.next().value ?? 0;
          const whole = refText({ ...where, snapshotId });
          if (way !== 0) values.picked.push(way === 1 ? whole : snapshotId);
          if (way !== 1) values.pasted.push(way === 2 ? whole : snapshotId.toUpperCase());
        }
        const read = wishOf({
          picked: picked(...values.picked),
          pasted: values.pasted.join(" "),
          clear: true,
        });
        const order = [...values.picked, ...values.pasted].map((text) => text.slice(-36));
        expect(read.ids.map(({ snapshotId }) => snapshotId)).toEqual([
          ...new Set(order.map((id) => id.toLowerCase())),
        ]);
        expect(read.ids.map(({ snapshotId }) => snapshotId).sort()).toEqual(ids.toSorted());
      }),
    );
  });

  test("and what the bot writes into it is read back as it was", () => {
    const wish: fc.Arbitrary<BulkWish> = fc.record({
      filter: fc.constantFrom<BulkWish["filter"]>(
        [{ kind: "name", pattern: 'a "quoted" *' }],
        [
          { kind: "word", text: "tag:x" },
          { kind: "newer", span: "2h" },
        ],
        [{ kind: "tag", key: "owner", value: "Ada Lovelace" }],
      ),
      ids: fc
        .uniqueArray(fc.uuid(), { maxLength: 20 })
        .map((ids) =>
          ids.map((snapshotId, at) =>
            at % 2 === 0 ? { snapshotId } : { projectId: at, regionId: 7, snapshotId },
          ),
        ),
      change: fc
        .record({
          name: fc.constantFrom([{ of: "name" } as const, "-old"], ["a", { of: "n" } as const]),
          set: fc.uniqueArray(fc.record({ key: goodKey, value: goodValue }), {
            selector: (one) => one.key,
            minLength: 1,
            maxLength: 4,
          }),
          remove: fc.uniqueArray(goodKey, { maxLength: 4 }),
          others: fc.constantFrom("keep" as const, "remove" as const),
        })
        .map((change) => ({
          ...change,
          remove: change.remove.filter((key) => !change.set.some((one) => one.key === key)),
        })),
      reason: fc.constantFrom(null, "Upgrade on Monday"),
    });
    fc.assert(
      fc.property(wish, (one) => {
        expect(readBulkForm(bulkInput(one))).toEqual({ ok: true, value: one });
        const { name: _name, ...tags } = one.change;
        const bare = { ...one, change: tags, filter: one.ids.length > 0 ? null : one.filter };
        expect(readBulkForm(bulkInput(bare))).toEqual({ ok: true, value: bare });
      }),
    );
  });
});

describe("A fault stands at its field of the form for many", () => {
  test("all of them at once", () => {
    expect(
      faultsOf({
        filter: "nmae:x",
        picked: picked("volume"),
        pasted: "none",
        name: "{id}",
        set: "a",
        remove: "b c",
        reason: "r".repeat(501),
      }),
    ).toStrictEqual({
      filter: { kind: "filter", word: "nmae:", nearest: "name" },
      picked: { kind: "snapshot-none" },
      pasted: { kind: "no-id", word: "none" },
      name: { kind: "placeholder", word: "id" },
      set: { kind: "line-without-equals", line: "a" },
      remove: { kind: "key-characters", key: "b c" },
      reason: { kind: "reason-length", length: 501 },
    });
  });

  test("nothing chosen is said at the filter, nothing asked at the name", () => {
    expect(faultsOf({ filter: " ", pasted: "\n", reason: "why" })).toStrictEqual({
      filter: { kind: "nothing-chosen" },
      name: { kind: "nothing-asked" },
    });
    expect(faultsOf({ filter: "name:*", name: "{name}" })).toStrictEqual({
      name: { kind: "nothing-asked" },
    });
    expect(faultsOf({ pasted: "x", set: "a" })).toStrictEqual({
      pasted: { kind: "no-id", word: "x" },
      set: { kind: "line-without-equals", line: "a" },
    });
  });

  test.each(['""', "''", '" "', 'nightly ""'])(
    "a word without a letter would find everything, and is refused: %s",
    (filter) => {
      expect(faultsOf({ filter, set: "a=1" })).toEqual({ filter: { kind: "word-empty" } });
      expect(faultsOf({ filter, pasted: ID, set: "a=1" })).toEqual({
        filter: { kind: "word-empty" },
      });
    },
  );

  test.each<readonly [Partial<BulkInput>, BulkFaults]>([
    [{ filter: 'name:"open' }, { filter: { kind: "quote-open" } }],
    [{ filter: "older:soon" }, { filter: { kind: "span", filter: "older", value: "soon" } }],
    [{ filter: "tag:" }, { filter: { kind: "filter-empty", filter: "tag" } }],
    [{ filter: "x".repeat(1_501) }, { filter: { kind: "filter-long" } }],
    [
      { picked: picked(`1/2/${ID}`), pasted: `1/3/${ID}` },
      { pasted: { kind: "two-places", snapshotId: ID } },
    ],
    [
      { picked: picked(`1/2/${ID}`, `1/3/${ID}`) },
      { picked: { kind: "two-places", snapshotId: ID } },
    ],
    [{ picked: picked(`${ID} ${OTHER_ID}`) }, { picked: { kind: "snapshot-none" } }],
    [
      { pasted: `${ID}/${OTHER_ID}` },
      { pasted: { kind: "ids-joined", word: `${ID}/${OTHER_ID}` } },
    ],
    [{ name: "{" }, { name: { kind: "brace" } }],
    [{ name: "{name}/" }, { name: { kind: "name-characters", characters: ["/"] } }],
    [{ name: `${"n".repeat(60)}{date}` }, { name: { kind: "template-length", shortest: 70 } }],
    [{ set: "a=1", remove: "a" }, { remove: { kind: "key-both", key: "a" } }],
    [{ remove: "volume_name" }, { remove: { kind: "key-protected", key: "volume_name" } }],
  ])("%j", (more, faults) => {
    expect(faultsOf({ ...begun, ...more })).toStrictEqual(faults);
  });

  test("as many snapshots as the fields hold, and not one more", () => {
    const ids = (count: number) =>
      Array.from({ length: count }, (_, at) => ID.replace(/^..../, String(1000 + at)));
    expect(wishOf({ picked: picked(...ids(MOST_PICKED)), set: "a=1" }).ids).toHaveLength(100);
    expect(faultsOf({ picked: picked(...ids(101)), set: "a=1" })).toEqual({
      picked: { kind: "picked-many", count: 101 },
    });
    const most = ids(81).join("\n");
    expect(wishOf({ pasted: most, set: "a=1" }).ids).toHaveLength(81);
    const pasted = most.padEnd(FIELD_LENGTH + 1);
    expect(faultsOf({ pasted, set: "a=1" })).toEqual({
      pasted: { kind: "pasted-long", length: FIELD_LENGTH + 1 },
    });
  });
});

describe("An API key", () => {
  const fields = ["filter", "pasted", "name", "set", "remove", "reason"] as const;

  test.each(fields)("is refused in the field %s, alone and among other text", (field) => {
    for (const text of [KEY, `x ${KEY}.`, KEY.replace("_", "$"), `k=${KEY}`, `"${KEY}"`]) {
      for (const owner of [undefined, "29841", "1"]) {
        expect(faultsOf({ ...begun, [field]: text }, owner)[field]).toEqual({ kind: "holds-key" });
      }
    }
    // One's own is known by its beginning, whatever comes after it.
    const own = { ...begun, [field]: "29841_secret" };
    expect(faultsOf(own, "29841")[field]).toEqual({ kind: "holds-key" });
  });

  test("is refused in a filter when quotes part it", () => {
    for (const filter of ['name:29841"_"9f86d081884c7d65', "29841\\_9f86d081884c7d65"]) {
      expect(faultsOf({ filter, set: "a=1" }).filter).toEqual({ kind: "holds-key" });
    }
  });

  test("is refused as something that was picked", () => {
    const value = `29841_9f86d081-884c-7d65-9a2f-eaa0c55ad015`;
    expect(faultsOf({ ...begun, picked: picked(value) }).picked).toEqual({ kind: "snapshot-none" });
  });

  test("is in no wish, whatever is typed around it", () => {
    const around = fc.oneof(anyText, fc.constantFrom("a=", "name:", "{n}", `${ID} `, '"', "\\"));
    const field = fc.constantFrom(...fields);
    fc.assert(
      fc.property(field, around, around, (where, before, after) => {
        const read = readBulkForm(form({ ...begun, [where]: `${before}${KEY}${after}` }), "29841");
        expect(JSON.stringify(read)).not.toContain(KEY.slice(6));
      }),
      { numRuns: 500 },
    );
  });
});

describe("Whatever is typed into the form for many", () => {
  test("is read or refused, and who is refused is told where", () => {
    const text = fc.oneof(
      anyText,
      fc.array(anyText, { maxLength: 4 }).map((all) => all.join("\n")),
    );
    const input = fc.record({
      filter: fc.oneof(fc.constant("name:*"), text),
      picked: fc.array(fc.record({ value: fc.oneof(fc.uuid(), text), label: text }), {
        maxLength: 2,
      }),
      pasted: fc.oneof(fc.constant(ID), text),
      name: fc.oneof(fc.constant("{name}-1"), text),
      set: fc.oneof(fc.constant("a=1"), text),
      remove: text,
      clear: fc.boolean(),
      reason: text,
    });
    fc.assert(
      fc.property(input, (typed) => {
        const read = readBulkForm(typed, "29841");
        if (!read.ok) {
          expect(Object.values(read.problem).length).toBeGreaterThan(0);
          return;
        }
        const { filter, ids, change } = read.value;
        expect(filter !== null || ids.length > 0).toBe(true);
        expect(filter).not.toEqual([]);
        expect(
          change.name !== undefined ||
            change.set.length + change.remove.length > 0 ||
            change.others === "remove",
        ).toBe(true);
      }),
      { numRuns: 700 },
    );
  });
});
