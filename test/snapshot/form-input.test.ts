import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  EMPTY_FORM,
  type FormInput,
  type InputFaults,
  readForm,
  setLine,
} from "../../src/snapshot/form-input.ts";
import { keyFault, valueFault } from "../../src/snapshot/rules.ts";
import { anyText, goodKey, goodValue } from "./arbitraries.ts";
import { ID, OBJECT_MEMBERS } from "./samples.ts";

const form = (more: Partial<FormInput> = {}): FormInput => ({
  ...EMPTY_FORM,
  project: "1186668",
  region: "148",
  snapshot: ID,
  ...more,
});

const wishOf = (more: Partial<FormInput>) => {
  const read = readForm(form(more));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
};

const faultsOf = (more: Partial<FormInput>, ownTokenId?: string): InputFaults => {
  const read = readForm(form(more), ownTokenId);
  if (read.ok) throw new Error(JSON.stringify(read.value));
  return read.problem;
};

describe("A filled form becomes a wish", () => {
  test("with everything in it", () => {
    const input = form({
      snapshot: ` <https://portal.gcore.com/x?id=${ID.toUpperCase()}> `,
      name: " new name ",
      set: "environment=staging\r\n\n  team = a = b \rlast=1",
      remove: "old\nold\n older ",
      clear: true,
      reason: " because\nof that ",
    });
    expect(readForm(input)).toStrictEqual({
      ok: true,
      value: {
        ref: { projectId: 1186668, regionId: 148, snapshotId: ID },
        change: {
          name: "new name",
          set: [
            { key: "environment", value: "staging" },
            { key: "team", value: "a = b" },
            { key: "last", value: "1" },
          ],
          remove: ["old", "older"],
          others: "remove",
        },
        reason: "because of that",
      },
    });
  });

  test("without what was left empty", () => {
    expect(wishOf({ set: "a=1" })).toStrictEqual({
      ref: { projectId: 1186668, regionId: 148, snapshotId: ID },
      change: { set: [{ key: "a", value: "1" }], remove: [], others: "keep" },
    });
    expect(wishOf({ clear: true }).change).toStrictEqual({ set: [], remove: [], others: "remove" });
    expect(wishOf({ remove: "a" }).change.remove).toEqual(["a"]);
    expect(wishOf({ name: "abc" }).change.name).toBe("abc");
  });

  test.each(OBJECT_MEMBERS)("with the tag %s like any other", (key) => {
    expect(wishOf({ set: `${key}=1` }).change.set).toEqual([{ key, value: "1" }]);
    expect(wishOf({ remove: key }).change.remove).toEqual([key]);
    expect(faultsOf({ set: `${key}=1`, remove: key })).toEqual({
      remove: { kind: "key-both", key },
    });
  });

  test("and the lines that the bot fills in are read back as they were", () => {
    const tags = fc.uniqueArray(fc.record({ key: goodKey, value: goodValue }), {
      selector: (tag) => tag.key,
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(tags, (set) => {
        expect(wishOf({ set: set.map(setLine).join("\n") }).change.set).toEqual(set);
      }),
    );
  });
});

describe("A fault stands at its field", () => {
  test("all of them at once", () => {
    const faults = faultsOf({
      project: "one",
      region: "",
      snapshot: "none",
      name: "ab",
      set: "a",
      remove: "b c",
      reason: "r".repeat(501),
    });
    expect(faults).toStrictEqual({
      snapshot: { kind: "snapshot-none" },
      name: { kind: "name-length", length: 2 },
      set: { kind: "line-without-equals", line: "a" },
      remove: { kind: "key-characters", key: "b c" },
      reason: { kind: "reason-length", length: 501 },
    });
  });

  test("nothing asked for is said at the name, and only when nothing is", () => {
    expect(faultsOf({})).toEqual({ name: { kind: "nothing-asked" } });
    expect(faultsOf({ name: "  ", set: "\n", remove: " ", reason: "why" })).toEqual({
      name: { kind: "nothing-asked" },
    });
    expect(faultsOf({ set: "a" })).toEqual({ set: { kind: "line-without-equals", line: "a" } });
  });

  test.each<readonly [Partial<FormInput>, InputFaults]>([
    [{ set: "a=1\na=2" }, { set: { kind: "key-twice", key: "a" } }],
    [{ set: "a=1\n a = 1" }, { set: { kind: "key-twice", key: "a" } }],
    [{ set: "a=1", remove: "b\na" }, { remove: { kind: "key-both", key: "a" } }],
    [{ set: "=1" }, { set: { kind: "key-empty" } }],
    [{ set: "a=" }, { set: { kind: "value-empty", key: "a" } }],
    [{ set: "a b=1" }, { set: { kind: "key-characters", key: "a b" } }],
    [{ set: "a=1\t2" }, { set: { kind: "value-characters", key: "a" } }],
    [{ set: "bootable=True" }, { set: { kind: "key-protected", key: "bootable" } }],
    [{ remove: "volume_name" }, { remove: { kind: "key-protected", key: "volume_name" } }],
    [{ remove: "a=b" }, { remove: { kind: "key-characters", key: "a=b" } }],
    [{ name: "a/b" }, { name: { kind: "name-characters", characters: ["/"] } }],
    [
      { name: "abc", snapshot: `${ID} ${ID.replace("5", "6")}` },
      { snapshot: { kind: "snapshot-many", count: 2 } },
    ],
  ])("%j", (input, faults) => {
    expect(faultsOf(input)).toStrictEqual(faults);
  });

  test.each(["0", "-1", "1.5", "1e3", "0x10", "", " ", "１", "9".repeat(16), "NaN"])(
    "a place to look in is a whole number, not %j",
    (place) => {
      expect(wishOf({ name: "abc", project: place, region: place }).ref).toEqual({
        snapshotId: ID,
      });
    },
  );

  test("the place that comes with the id is the one that counts", () => {
    const snapshot = `1/2/${ID}`;
    expect(wishOf({ name: "abc", snapshot }).ref).toEqual({
      projectId: 1,
      regionId: 2,
      snapshotId: ID,
    });
  });

  test("at the limits and not before them, counted in characters", () => {
    const long = (count: number) => "😀".repeat(count);
    expect(wishOf({ name: "n".repeat(63) }).change.name).toHaveLength(63);
    expect(faultsOf({ name: "n".repeat(64) }).name?.kind).toBe("name-length");
    expect(wishOf({ set: `${long(255)}=${long(255)}` }).change.set).toHaveLength(1);
    expect(faultsOf({ set: `${long(256)}=1` }).set?.kind).toBe("key-length");
    expect(faultsOf({ set: `a=${long(256)}` }).set?.kind).toBe("value-length");
    expect(faultsOf({ remove: long(256) }).remove?.kind).toBe("key-length");
    expect(wishOf({ name: "abc", reason: long(500) }).reason).toBe(long(500));
    expect(faultsOf({ name: "abc", reason: long(501) }).reason).toEqual({
      kind: "reason-length",
      length: 501,
    });
  });
});

describe("One's own API key", () => {
  const key = "29841_9f86d081884c7d659a2feaa0c55ad015";

  test.each(["snapshot", "name", "set", "remove", "reason"] as const)(
    "is refused in the field %s, alone and among other text",
    (field) => {
      for (const text of [key, `x ${key}.`, key.replace("_", "$"), `k=${key}`, `—${key}—`]) {
        const faults = faultsOf({ name: "abc", [field]: text }, "29841");
        expect(faults[field]).toEqual({ kind: "holds-key" });
      }
    },
  );

  test("is refused whatever its secret is made of", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_$-]{6,80}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom("_", "$"), (hidden, separator) => {
        const faults = faultsOf({ name: "abc", reason: `29841${separator}${hidden}` }, "29841");
        expect(faults.reason).toEqual({ kind: "holds-key" });
      }),
    );
  });

  test("is told from another number with the same end, and from a name like it", () => {
    for (const reason of ["29841_", "29841_abc", "29841-9f86d081884c7d65", "29841"]) {
      expect(readForm(form({ name: "abc", reason }), "29841").ok).toBe(true);
    }
    // What looks like a key at all is refused, whoever it belongs to.
    expect(readForm(form({ name: "abc", reason: key })).ok).toBe(false);
    expect(readForm(form({ name: "abc", reason: `1${key}` })).ok).toBe(false);
  });
});

describe("Whatever is typed", () => {
  test("is read or refused, and what is read can be sent", () => {
    const field = fc.oneof(
      anyText,
      fc.array(anyText).map((lines) => lines.join("\n")),
    );
    const input = fc.record({
      project: fc.oneof(fc.constant("7"), field),
      region: fc.oneof(fc.constant("9"), field),
      snapshot: fc.oneof(fc.constant(ID), field),
      name: fc.oneof(fc.constant("abc"), field),
      set: fc.oneof(fc.constant("a=1\nb=2"), field),
      remove: field,
      clear: fc.boolean(),
      reason: field,
    });
    fc.assert(
      fc.property(input, (typed) => {
        const read = readForm(typed, "29841");
        if (!read.ok) {
          expect(Object.keys(read.problem).length).toBeGreaterThan(0);
          return;
        }
        const { set, remove } = read.value.change;
        const faults = [
          ...set.map(({ key, value }) => keyFault(key) ?? valueFault(key, value)),
          ...remove.map(keyFault),
        ];
        expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
        const keys = [...set.map(({ key }) => key), ...remove];
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 700 },
    );
  });
});
