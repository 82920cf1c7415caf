import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { wrongKey, wrongName, wrongValue } from "../../playground/gcore/rules.ts";
import { keyFault, nameFault, valueFault } from "../../src/snapshot/rules.ts";
import { isSystemTag } from "../../src/snapshot/snapshot.ts";
import { anyText } from "./arbitraries.ts";
import { OBJECT_MEMBERS } from "./samples.ts";

const EMOJI = "😀";

describe("A name", () => {
  test.each(["abc", "a-b", "a b", "ab.", "ab_", "0a0", "A.._", "a".repeat(63)])(
    "is taken as %s",
    (name) => {
      expect(nameFault(name)).toBeUndefined();
    },
  );

  test.each([
    ["", { kind: "name-length", length: 0 }],
    ["ab", { kind: "name-length", length: 2 }],
    ["a".repeat(64), { kind: "name-length", length: 64 }],
    ["ab-", { kind: "name-end" }],
    ["ab ", { kind: "name-end" }],
    [".ab", { kind: "name-start" }],
    ["_ab", { kind: "name-start" }],
    [" ab", { kind: "name-start" }],
    ["-ab-", { kind: "name-start" }],
    ["prod/db", { kind: "name-characters", characters: ["/"] }],
    ["a:b@c:d", { kind: "name-characters", characters: [":", "@"] }],
    ["é", { kind: "name-characters", characters: ["é"] }],
    [`ab${EMOJI}${EMOJI}`, { kind: "name-characters", characters: [EMOJI] }],
    ["abc\n", { kind: "name-characters", characters: ["\n"] }],
    ["a\tb", { kind: "name-characters", characters: ["\t"] }],
    ["a\u00a0b", { kind: "name-characters", characters: ["\u00a0"] }],
  ])("is refused as %j", (name, fault) => {
    expect(nameFault(name)).toEqual(fault);
  });
});

describe("A tag's key", () => {
  test.each(["a", "é", EMOJI, "a.b/c:d", '"', "<@U1>", "-x", ...OBJECT_MEMBERS])(
    "is taken as %s",
    (key) => {
      expect(keyFault(key)).toBeUndefined();
    },
  );

  test.each([
    ["", "key-empty"],
    ["a b", "key-characters"],
    ["a\u00a0b", "key-characters"],
    ["a\u2028", "key-characters"],
    ["\ufeffa", "key-characters"],
    ["a=b", "key-characters"],
    ["a\n", "key-characters"],
    ["a\ud83d", "key-characters"],
    ["bootable", "key-protected"],
    ["volume_name", "key-protected"],
  ])("is refused as %j", (key, kind) => {
    expect(keyFault(key)?.kind).toBe(kind);
  });

  test("has at most 255 characters, of whatever width", () => {
    for (const one of ["a", "é", EMOJI]) {
      expect(keyFault(one.repeat(255))).toBeUndefined();
      expect(keyFault(one.repeat(256))).toEqual({ kind: "key-length", key: one.repeat(256) });
    }
  });
});

describe("A tag's value", () => {
  test.each(["a", "a b", "a=b", "=", "\u00a0", "a\u2028b", "null", EMOJI, "\0"])(
    "is taken as %j",
    (value) => {
      expect(valueFault("k", value)).toBeUndefined();
    },
  );

  test.each([
    ["", "value-empty"],
    [" ", "value-characters"],
    [" a", "value-characters"],
    ["a ", "value-characters"],
    ["a\tb", "value-characters"],
    ["a\nb", "value-characters"],
    ["a\vb", "value-characters"],
    ["a\n", "value-characters"],
    ["\udc00", "value-characters"],
  ])("is refused as %j", (value, kind) => {
    expect(valueFault("k", value)).toEqual({ kind, key: "k" });
  });

  test("has at most 255 characters, of whatever width", () => {
    for (const one of ["a", EMOJI]) {
      expect(valueFault("k", one.repeat(255))).toBeUndefined();
      expect(valueFault("k", one.repeat(256))).toEqual({ kind: "value-length", key: "k" });
    }
  });
});

// The local Gcore has the published patterns and lengths of its own, written by somebody else.
describe("The bot takes what Gcore takes, and nothing else", () => {
  const near = fc.oneof(anyText, fc.stringMatching(/^[a-zA-Z0-9 ._\-/\n=]{0,70}$/));

  test("as a name", () => {
    fc.assert(
      fc.property(near, (name) => {
        expect(nameFault(name) === undefined).toBe(wrongName(name) === undefined);
      }),
      { numRuns: 500 },
    );
  });

  test("as a key, its own system tags apart", () => {
    fc.assert(
      fc.property(near, (key) => {
        fc.pre(!isSystemTag(key));
        expect(keyFault(key) === undefined).toBe(wrongKey(key) === undefined);
      }),
      { numRuns: 500 },
    );
  });

  test("as a value", () => {
    fc.assert(
      fc.property(near, (value) => {
        expect(valueFault("k", value) === undefined).toBe(wrongValue(value) === undefined);
      }),
      { numRuns: 500 },
    );
  });
});
