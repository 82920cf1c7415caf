import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { changeFor } from "../../src/snapshot/bulk-change.ts";
import { type NameTemplate, PLACEHOLDERS, readTemplate } from "../../src/snapshot/name-template.ts";
import { unfitTemplate } from "../../src/snapshot/unfit-template.ts";
import { snapshotWith, tag } from "./samples.ts";

const faultOf = (text: string) => {
  const read = readTemplate(text);
  if (!read.ok) throw new Error(read.problem.kind);
  return unfitTemplate(read.value);
};

const template: fc.Arbitrary<NameTemplate> = fc.array(
  fc.oneof(
    fc.constantFrom(...PLACEHOLDERS).map((of) => ({ of })),
    fc.stringMatching(/^[ a-z0-9._/é-]{1,25}$/),
  ),
  { minLength: 1, maxLength: 4 },
);

/** Whether one of these gives some snapshot a name that Gcore takes. */
const fitsSome = (parts: NameTemplate): boolean =>
  ["1", "abc"].some((text) =>
    [1, 100].some((n) => {
      const snapshot = snapshotWith({
        name: text,
        createdAt: Date.UTC(2026, 10, 22),
        tags: [tag("volume_name", text)],
      });
      const made = changeFor({ name: parts, set: [], remove: [], others: "keep" }, snapshot, n);
      return made.ok && made.value.name !== snapshot.name;
    }),
  );

describe("A template that fits no snapshot", () => {
  test.each([
    ["ab", { kind: "name-length", length: 2 }],
    ["n".repeat(64), { kind: "name-length", length: 64 }],
    [`${"n".repeat(54)}{date}`, { kind: "template-length", shortest: 64 }],
    [`${"n".repeat(63)}{n}`, { kind: "template-length", shortest: 64 }],
    ["{name}/{n}", { kind: "name-characters", characters: ["/"] }],
    ["-{n}", { kind: "name-start" }],
    ["{volume}-", { kind: "name-end" }],
  ])("is told from others: %s", (text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });

  test.each(["{n}", "a{n}", "{name}", "{date}", "{volume}-{date}", "n".repeat(63), "{name}."])(
    "is not one that fits a few: %s",
    (text) => {
      expect(faultOf(text)).toBeUndefined();
    },
  );

  test("is refused when it fits none, and only then", () => {
    fc.assert(
      fc.property(template, (parts) => {
        // A name that stays as it is is no name that the template has to give.
        fc.pre(parts.some((part) => typeof part === "string" || part.of !== "name"));
        const alone = parts.length === 1 && typeof parts[0] !== "string";
        fc.pre(!alone);
        expect(unfitTemplate(parts) === undefined).toBe(fitsSome(parts));
      }),
      { numRuns: 2_000 },
    );
  });
});
