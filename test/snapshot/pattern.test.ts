import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fits } from "../../src/snapshot/pattern.ts";
import { anyCharacter } from "../any-character.ts";

/** The same, one character after the other: slow, and too plain to be wrong. */
function fitsNaively(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("*")) {
    return (
      fitsNaively(pattern.slice(1), text) || (text !== "" && fitsNaively(pattern, text.slice(1)))
    );
  }
  return text !== "" && pattern[0] === text[0] && fitsNaively(pattern.slice(1), text.slice(1));
}

const few = fc.string({ unit: fc.constantFrom("a", "b", "*", ".", "A"), maxLength: 9 });

describe("A pattern", () => {
  test("fits what the plain reading of it says, for any pattern and any text", () => {
    let fitted = 0;
    fc.assert(
      fc.property(few, few, (pattern, text) => {
        const expected = fitsNaively(pattern, text);
        if (expected) fitted += 1;
        expect(fits(pattern, text)).toBe(expected);
      }),
      { numRuns: 4_000 },
    );
    expect(fitted).toBeGreaterThan(100);
  });

  test("made of a text by putting stars for parts of it fits that text", () => {
    const parts = fc.array(fc.tuple(fc.string({ unit: anyCharacter, maxLength: 5 }), fc.boolean()));
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.map(([piece]) => piece.replaceAll("*", "x")).join("");
        const pattern = pieces
          .map(([piece, isStar]) => (isStar ? "*" : piece.replaceAll("*", "x")))
          .join("");
        expect(fits(pattern, text)).toBe(true);
      }),
    );
  });

  test.each([".*", "a|b", "^a$", "[ab]", "\\", "(a+)+$", "?"])(
    "knows nothing but the star: %s stands for itself",
    (pattern) => {
      expect(fits(pattern.replaceAll("*", ""), pattern.replaceAll("*", ""))).toBe(true);
      expect(fits(pattern, "a")).toBe(false);
    },
  );

  test("tells capitals apart, and takes the whole text", () => {
    expect(fits("Prod", "prod")).toBe(false);
    expect(fits("prod", "prod-eu")).toBe(false);
    expect(fits("a*a", "a")).toBe(false);
  });

  test("takes no longer for a text that was made to be slow", () => {
    const begun = performance.now();
    expect(fits(`${"a*".repeat(500)}b`, "a".repeat(20_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
