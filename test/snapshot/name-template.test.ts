import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  formatTemplate,
  isOneName,
  nameFor,
  PLACEHOLDERS,
  readTemplate,
} from "../../src/snapshot/name-template.ts";
import { snapshotWith } from "./samples.ts";

const DAY = Date.UTC(2026, 10, 20, 23, 59);
const snapshot = snapshotWith({
  name: "nightly",
  createdAt: DAY,
  tags: [{ key: "volume_name", value: "db-primary", readOnly: false }],
});
const named = (text: string, of = snapshot, n = 7) => {
  const template = readTemplate(text);
  if (!template.ok) throw new Error(template.problem.kind);
  return nameFor(template.value, of, n);
};

describe("A name for many snapshots", () => {
  test("is made of text and of what each snapshot is", () => {
    expect(named("{volume}-{date}-{n}")).toEqual({ ok: true, value: "db-primary-2026-11-20-7" });
    expect(named("old-{name}")).toEqual({ ok: true, value: "old-nightly" });
    expect(named("{ Name }")).toEqual({ ok: true, value: "nightly" });
    expect(named("just text")).toEqual({ ok: true, value: "just text" });
  });

  test("takes the names of snapshots as text: what looks like a placeholder in them is none", () => {
    expect(named("{name}", { ...snapshot, name: "{n}" })).toEqual({ ok: true, value: "{n}" });
  });

  test("cannot be made for a snapshot that does not tell what it needs", () => {
    expect(named("{volume}", { ...snapshot, tags: [] })).toEqual({ ok: false, problem: "volume" });
    expect(named("{date}", { ...snapshot, createdAt: null })).toEqual({
      ok: false,
      problem: "date",
    });
  });

  test.each(["{", "}", "a{b", "{{n}}", "{name"])("is refused with a brace alone: %s", (text) => {
    expect(readTemplate(text)).toEqual({ ok: false, problem: { kind: "brace" } });
  });

  test.each(["{}", "{id}", "{names}", "{constructor}"])(
    "is refused with a word that is no placeholder: %s",
    (text) => {
      const word = text.slice(1, -1);
      expect(readTemplate(text)).toEqual({ ok: false, problem: { kind: "placeholder", word } });
    },
  );

  test("is read back as it was written", () => {
    const part = fc.oneof(
      fc.constantFrom(...PLACEHOLDERS).map((of) => `{${of}}`),
      fc.string().map((text) => text.replaceAll(/[{}]/g, "")),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        const template = readTemplate(text);
        expect(template.ok && formatTemplate(template.value)).toBe(text);
      }),
    );
  });
});

test("A name without a placeholder is the same for all", () => {
  for (const [text, isOne] of [
    ["nightly", true],
    ["nightly-{n}", false],
    ["{volume}", false],
  ] as const) {
    const template = readTemplate(text);
    expect([text, template.ok && isOneName(template.value)]).toEqual([text, isOne]);
  }
});
