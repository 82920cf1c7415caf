import fc from "fast-check";

/**
 * Any character of Unicode. fast-check's own unit `binary` is the same, but needs a second to begin
 * with in each test file.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));
