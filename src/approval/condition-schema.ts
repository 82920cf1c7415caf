import { z } from "zod";
import type { Condition, PlaceCondition, Touch } from "./policy.ts";

/** One value, or a list of them. */
export const oneOrMore = <T extends z.ZodType>(what: T) =>
  z
    .union([what, z.array(what).min(1, "is an empty list: leave it out, or name at least one")], {
      error: (issue) =>
        firstWord(issue) ?? "is neither a value of the right sort nor a list of them",
    })
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

/** What the nearest member of a union says against a value; zod itself says only "Invalid input". */
function firstWord(issue: {
  readonly code?: string;
  readonly errors?: unknown;
}): string | undefined {
  const members = Array.isArray(issue.errors) ? (issue.errors as { message?: string }[][]) : [];
  return members.flat().find((one) => one.message !== undefined)?.message;
}

const number = z.int("is to be a number as Gcore gives it").positive("is to be above 0");
export const pattern = z
  .string("is to be a text, with * for any run of characters")
  .min(1, "is empty: * stands for anything");
const touch = z.string("is to be name, tags or tag:KEY").transform((text, context): Touch => {
  if (text === "name") return { part: "name" };
  if (text === "tags") return { part: "tag", key: "*" };
  if (text.startsWith("tag:") && text.length > 4) return { part: "tag", key: text.slice(4) };
  context.addIssue("is to be name, tags or tag:KEY");
  return z.NEVER;
});

/** For each key its patterns. One that is left out without a word would let through more than was meant. */
export const patternsByKey = z
  .unknown()
  .superRefine((given, context) => {
    if (typeof given !== "object" || given === null) return;
    // A record would leave it out without a word.
    if (Object.hasOwn(given, "__proto__")) {
      context.addIssue({ code: "custom", path: ["__proto__"], message: "cannot be named here" });
    }
    if (Object.hasOwn(given, "")) context.addIssue("has a tag without a key");
    if (Object.keys(given).length === 0) context.addIssue("names no tag: leave it out");
  })
  .pipe(z.record(z.string(), oneOrMore(pattern), "is to be key: value, one tag a line"))
  .transform((given) => Object.entries(given).map(([key, values]) => ({ key, values })));

/** Where a snapshot is, and what it is called. */
const place = {
  project: oneOrMore(number).optional(),
  region: oneOrMore(number).optional(),
  name: oneOrMore(pattern).optional(),
};

/** What a snapshot must be for a tag rule to hold for it. */
export const placeCondition = z
  .strictObject(place)
  .transform(
    ({ project, region, name }): PlaceCondition =>
      withoutUndefined({ projects: project, regions: region, names: name }),
  );

/** What a change must be for a rule to be met. */
export const condition = z
  .strictObject({
    ...place,
    tags: patternsByKey.optional(),
    touches: oneOrMore(touch).optional(),
    touches_only: oneOrMore(touch).optional(),
  })
  .transform((given): Condition => {
    const { project, region, name, tags, touches, touches_only: touchesOnly } = given;
    return withoutUndefined({
      projects: project,
      regions: region,
      names: name,
      tags,
      touches,
      touchesOnly,
    });
  });

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
