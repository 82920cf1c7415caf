import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { clip, visible } from "../../src/blocks/visible.ts";
import { anyText } from "../snapshot/arbitraries.ts";

/** What Unicode calls controls, line ends, directions and halves, and what has no width. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u200c\u2060-\u2064\ufeff]/u;

describe("A foreign text", () => {
  test("is shown without anything that is not seen or turns the direction", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(text)).not.toMatch(UNSEEN);
      }),
      { numRuns: 500 },
    );
  });

  test("is shown so at every single character that there is", () => {
    const left: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const one = String.fromCodePoint(code);
      if (UNSEEN.test(one) && visible(one) === one) left.push(code.toString(16));
    }
    expect(left).toEqual([]);
  });

  // What chooses between an emoji and a plain sign is left out: emoji are made with it.
  test("has none of the characters that Unicode lets nobody see", () => {
    const left: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code === 0xfe0e || code === 0xfe0f) continue;
      const one = String.fromCodePoint(code);
      if (/\p{Default_Ignorable_Code_Point}/u.test(one) && visible(one) === one) {
        left.push(code.toString(16));
      }
    }
    expect(left).toEqual([]);
  });

  test.each([
    ["\u202egnp.exe", "⟨U+202E⟩gnp.exe"],
    ["a\nb", "a⟨U+000A⟩b"],
    ["a\u200bb", "a⟨U+200B⟩b"],
    ["\u{e0041}", "⟨U+E0041⟩"],
    ["\ud83d", "⟨U+D83D⟩"],
    ["\ude00x", "⟨U+DE00⟩x"],
    ["a\u200db", "a⟨U+200D⟩b"],
    ["😀\u200d", "😀⟨U+200D⟩"],
    ["\u200d😀", "⟨U+200D⟩😀"],
    ["a\u200d😀", "a⟨U+200D⟩😀"],
    ["", ""],
  ])("%j is shown as %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.each([
    "plain",
    "é😀",
    "Привет",
    "日本語",
    "العربية",
    "a b",
    "<!channel>",
    "👍🏽",
    "❤️",
    "👨\u200d👩\u200d👧",
    "👩🏽\u200d💻",
    "❤️\u200d🔥",
  ])("%s is shown as it is", (text) => {
    expect(visible(text)).toBe(text);
  });

  test("once written out is not written out again", () => {
    fc.assert(fc.property(anyText, (text) => visible(visible(text)) === visible(text)));
  });
});

describe("A text that is cut", () => {
  test("is no longer than asked, whole where it fits, and has no half character in it", () => {
    const whole = fc.array(fc.constantFrom("a", "é", "😀", "日", "👍🏽"), { maxLength: 20 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 30 }), (characters, most) => {
        const text = characters.join("");
        const cut = clip(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(cut.isWellFormed()).toBe(true);
        if (text.length <= most) expect(cut).toBe(text);
        else {
          expect(cut.endsWith("…")).toBe(true);
          expect(text.startsWith(cut.slice(0, -1))).toBe(true);
          expect(cut.length).toBeGreaterThanOrEqual(most - 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["😀😀", 4, "😀😀"],
    ["😀😀", 3, "😀…"],
    ["😀😀", 2, "…"],
    ["abc", 1, "…"],
  ] as const)("%s to %d is %s", (text, most, cut) => {
    expect(clip(text, most)).toBe(cut);
  });
});
