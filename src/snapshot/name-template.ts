import { err, ok, type Result } from "../problem.ts";
import { type Snapshot, tagValue } from "./snapshot.ts";

/** What can stand in a name for many: the snapshot's own name, its volume's, the day it was made, its number. */
export const PLACEHOLDERS = ["name", "volume", "date", "n"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A name for many snapshots, made for each of them; texts and placeholders in their order. */
export type NameTemplate = readonly (string | { readonly of: Placeholder })[];

/** Why a template cannot be taken: a word in braces that is no placeholder, or a brace alone. */
export type TemplateFault =
  | { readonly kind: "placeholder"; readonly word: string }
  | { readonly kind: "brace" };

/** Reads `{volume}-{date}`. No name may hold a brace, so that there is no need to write one. */
export function readTemplate(text: string): Result<NameTemplate, TemplateFault> {
  const template: (string | { readonly of: Placeholder })[] = [];
  for (const [part, word] of text.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (part === "{" || part === "}") return err({ kind: "brace" });
    if (word === undefined) {
      template.push(part);
      continue;
    }
    const of = PLACEHOLDERS.find((one) => one === word.trim().toLowerCase());
    if (of === undefined) return err({ kind: "placeholder", word });
    template.push({ of });
  }
  return ok(template);
}

/** The text that `readTemplate` reads back. */
export const formatTemplate = (template: NameTemplate): string =>
  template.map((part) => (typeof part === "string" ? part : `{${part.of}}`)).join("");

/** Whether it makes the same name for all. */
export const isOneName = (template: NameTemplate): boolean =>
  template.every((part) => typeof part === "string");

/**
 * The name for one snapshot, the `n`th of the plan, counted from 1. The day is that of UTC.
 * @returns else what the snapshot does not tell of itself
 */
export function nameFor(
  template: NameTemplate,
  snapshot: Pick<Snapshot, "name" | "tags" | "createdAt">,
  n: number,
): Result<string, Placeholder> {
  const values: Readonly<Record<Placeholder, string | undefined>> = {
    name: snapshot.name,
    volume: tagValue(snapshot.tags, "volume_name"),
    date: snapshot.createdAt === null ? undefined : dayOf(snapshot.createdAt),
    n: String(n),
  };
  let name = "";
  for (const part of template) {
    if (typeof part === "string") {
      name += part;
      continue;
    }
    const value = values[part.of];
    if (value === undefined) return err(part.of);
    name += value;
  }
  return ok(name);
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
