import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cutApiKeys, holdsApiKey, holdsKeyOf, tokenIdOf } from "../../src/snapshot/api-key-text.ts";
import { anyCharacter } from "../any-character.ts";

const SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

describe("A whole API key", () => {
  test.each([
    [`29841_${SECRET}`, "29841"],
    [`29841$${SECRET}`, "29841"],
    ["42_a1b2c3d4e5f6", "42"],
    ["1_abcdef", "1"],
    [`7_${"a".repeat(500)}`, "7"],
  ])("%s has its token's id", (key, id) => {
    expect(tokenIdOf(key)).toBe(id);
  });

  test.each([
    "",
    "29841",
    "29841_",
    "29841_short",
    `x29841_${SECRET}`,
    `29841-${SECRET}`,
    ` 29841_${SECRET}`,
    `29841_${SECRET}\n`,
    `29841_${SECRET} `,
    `APIKey 29841_${SECRET}`,
    `29841_${SECRET}\r\nX-Other: 1`,
    `29841_${SECRET}é`,
    `${"9".repeat(19)}_${SECRET}`,
    `7_${"a".repeat(501)}`,
  ])("%j is none", (text) => {
    expect(tokenIdOf(text)).toBeUndefined();
  });

  test("goes into a header as it is: nothing in it could end one", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (tail) => {
        if (tokenIdOf(`29841_abcdef${tail}`) === undefined) return;
        expect(tail).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });

  test("is found in a text, in both of its forms", () => {
    for (const separator of ["_", "$"]) {
      expect(holdsApiKey(`see 29841${separator}${SECRET}!`)).toBe(true);
      expect(holdsApiKey(`see ${SECRET}`)).toBe(false);
    }
  });
});

describe("What looks like an API key in a text", () => {
  test.each([
    ["2$abcd", true],
    ["2$abc", false],
    ["12345_0123456789abcdef", true],
    ["12345_a123456789", true],
    ["12345_a12345678", false],
    ["12345_abcdefabcdef", false],
    ["12345_0123456789", false],
    ["12345_nightly_backup_2026", false],
    [`12345_${"z".repeat(32)}`, true],
    [`12345_${"z".repeat(31)}`, false],
    [`x_${SECRET}`, false],
    ["APIKey 9abcdefghi", true],
    ["apikey   abcdefghi9", true],
    ["apikey 9abcdefgh", false],
    ["apikey abcdefghij", false],
    ["apikey", false],
  ])("%j: %s", (text, expected) => {
    expect(holdsApiKey(text)).toBe(expected);
  });

  test("is known for a key of somebody by its token's id alone", () => {
    expect(holdsKeyOf("see 29841_abcdef here", "29841")).toBe(true);
    expect(holdsKeyOf("see 29841_abcdef here", "29842")).toBe(false);
    expect(holdsKeyOf("1_abcdef and 29841$abcdef", "29841")).toBe(true);
    expect(holdsKeyOf("29841-abcdef", "29841")).toBe(false);
  });

  test("is cut from what others get to read, wherever and however often it stands", () => {
    expect(cutApiKeys(`a 29841_${SECRET}, b 7$abcdef.`)).toBe("a [cut], b [cut].");
    expect(cutApiKeys("db_2026-11-21 is 12 GiB")).toBe("db_2026-11-21 is 12 GiB");
  });
});
