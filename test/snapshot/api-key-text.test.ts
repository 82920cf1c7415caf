import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { holdsApiKey, tokenIdOf } from "../../src/snapshot/api-key-text.ts";
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
