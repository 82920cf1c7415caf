import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  clipPhrase,
  elementsOf,
  fallbackOf,
  type Phrase,
  type Piece,
  plainOf,
} from "../../src/blocks/phrase.ts";
import { anyText } from "../snapshot/arbitraries.ts";

const AT = Date.UTC(2026, 4, 30, 5, 34, 14);
const DATE = `<!date^${AT / 1000}^{date_short_pretty} at {time}|2026-05-30 05:34 UTC>`;
/** All but our own mark, which is looked at below. */
const UNSEEN = /(?!\u200e)[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u200c\u2060\ufeff]/u;

const mean = fc.oneof(
  anyText,
  fc.constantFrom(
    ...["<!channel>", "<@U0000000001>", "<https://evil.example|bank>", "<#C1>", "<!date^1^x|y>"],
    ...["&lt;!here&gt;", "&amp;", "<", ">", "&", "*b* _i_ ~s~ `c`", "@channel", "<!subteam^S1>"],
  ),
);
const piece: fc.Arbitrary<Piece> = fc.oneof(
  mean,
  mean.map((bold) => ({ bold })),
  mean.map((code) => ({ code })),
  fc.constantFrom<Piece>({ person: "U0000000001" }, { channel: "C0000000001" }, { date: AT }),
);
const phrase: fc.Arbitrary<Phrase> = fc.array(piece, { maxLength: 6 });

const textOf = (one: Piece): string | undefined =>
  typeof one === "string" ? one : "bold" in one ? one.bold : "code" in one ? one.code : undefined;

describe("A phrase as a message's text", () => {
  test("has no live token in it but our own people, channels and dates", () => {
    fc.assert(
      fc.property(phrase, (given) => {
        const fallback = fallbackOf(given);
        const ours = given.flatMap((one) =>
          typeof one === "string" || "bold" in one || "code" in one
            ? []
            : "person" in one
              ? [`<@${one.person}>`]
              : "channel" in one
                ? [`<#${one.channel}>`]
                : [DATE],
        );
        expect(fallback.match(/<[^>]*>?/g) ?? []).toEqual(ours);
        expect(fallback.split(">")).toHaveLength(ours.length + 1);
        expect(fallback.replaceAll(/&(?:amp|lt|gt);/g, "")).not.toContain("&");
        expect(fallback).not.toMatch(UNSEEN);
      }),
      { numRuns: 500 },
    );
  });

  test("says the same as the phrase", () => {
    const given: Phrase = ["a & b ", { bold: "<b>" }, " ", { code: "c" }, { person: "U1" }];
    expect(fallbackOf(given)).toBe("a &amp; b &lt;b&gt; c<@U1>");
    expect(fallbackOf([{ channel: "C1" }, " ", { date: AT }])).toBe(`<#C1> ${DATE}`);
    expect(fallbackOf([{ group: "S1" }, " or ", { person: "U1" }])).toBe("<!subteam^S1> or <@U1>");
  });
});

describe("A phrase as elements", () => {
  test("keeps every foreign text as text, and none of them is empty", () => {
    fc.assert(
      fc.property(phrase, (given) => {
        for (const element of elementsOf(given)) {
          expect(["text", "user", "channel", "date"]).toContain(element.type);
          if (element.type === "text") {
            expect(element.text).not.toBe("");
            expect(element.text).not.toMatch(UNSEEN);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("are written out", () => {
    expect(
      elementsOf([
        "a",
        "",
        { bold: "b" },
        { code: "" },
        { person: "U1" },
        { group: "S1" },
        { channel: "C1" },
        { date: AT },
      ]),
    ).toEqual([
      { type: "text", text: "a" },
      { type: "text", text: "b", style: { bold: true } },
      { type: "text", text: "(empty)", style: { code: true } },
      { type: "user", user_id: "U1" },
      { type: "usergroup", usergroup_id: "S1" },
      { type: "channel", channel_id: "C1" },
      {
        type: "date",
        timestamp: AT / 1000,
        format: "{date_short_pretty} at {time}",
        fallback: "2026-05-30 05:34 UTC",
      },
    ]);
  });
});

describe("A phrase as plain text", () => {
  test("has nothing unseen and nothing escaped", () => {
    fc.assert(
      fc.property(phrase, (given) => {
        expect(plainOf(given)).not.toMatch(UNSEEN);
      }),
    );
    expect(plainOf(["a & <b>", { code: "c" }, { date: AT }])).toBe("a & <b>c2026-05-30 05:34 UTC");
  });
});

describe("A phrase with texts from right to left", () => {
  const given: Phrase = [{ bold: "Name" }, ": ", { code: "ישן" }, " → ", { code: "חדש" }, "."];
  const marked = "Name: ישן\u200e → חדש\u200e.";

  test("keeps its order to the eye, by a mark before what comes after such a text", () => {
    expect(plainOf(given)).toBe(marked);
    expect(fallbackOf(given)).toBe(marked);
    expect(elementsOf(given).map((one) => ("text" in one ? one.text : ""))).toEqual([
      ...["Name", ": ", "ישן", "\u200e → ", "חדש", "\u200e."],
    ]);
  });

  test("has no mark in what people copy", () => {
    expect(elementsOf([{ code: "ישן" }, { code: "b" }])).toEqual([
      { type: "text", text: "ישן", style: { code: true } },
      { type: "text", text: "\u200e" },
      { type: "text", text: "b", style: { code: true } },
    ]);
  });

  test("writes out the marks of others, and has none where nothing runs from right to left", () => {
    expect(plainOf(["a\u200e", { code: "b" }])).toBe("a⟨U+200E⟩b");
  });
});

describe("A phrase that is cut", () => {
  test("cuts its longest texts alone, so that before and after are both there", () => {
    const [long, longer] = ["x".repeat(100), "y".repeat(400)];
    const cut = clipPhrase([{ bold: "Name" }, ": ", { code: long }, " → ", { code: longer }], 59);
    const kept = (letter: string) => `${letter.repeat(24)}…`;
    expect(plainOf(cut)).toBe(`Name: ${kept("x")} → ${kept("y")}`);
  });

  test("has no more text than asked, begins as before, and keeps people and dates", () => {
    fc.assert(
      fc.property(phrase, fc.integer({ min: 0, max: 40 }), (given, most) => {
        const cut = clipPhrase(given, most);
        const text = cut.map((one) => textOf(one) ?? "").join("");
        const whole = given.map((one) => textOf(one) ?? "").join("");
        expect(text.length).toBeLessThanOrEqual(most);
        if (whole.length <= most) expect(cut).toEqual(given);
        const others = (pieces: Phrase) => pieces.filter((one) => textOf(one) === undefined);
        expect(others(cut)).toEqual(others(given));
      }),
      { numRuns: 500 },
    );
  });
});
