import { err, ok, type Result } from "../problem.ts";
import type { Word } from "./command-words.ts";
import type { Place } from "./snapshot.ts";

/** Which snapshots are looked at, and which page of those that break the tag rules is shown. */
export interface LintFilter extends Partial<Place> {
  readonly page?: number;
}

const MEMBERS = { project: "projectId", region: "regionId", page: "page" } as const;

/** Reads `project:1186668 region:148 page:2`, in any order, each once. @returns else the wrong word. */
export function readLint(words: readonly Word[]): Result<LintFilter, string> {
  const filter: { -readonly [M in keyof LintFilter]: LintFilter[M] } = {};
  for (const { text } of words) {
    const [, name = "", number = ""] = /^(project|region|page):([1-9]\d{0,14})$/.exec(text) ?? [];
    const member = MEMBERS[name as keyof typeof MEMBERS];
    if (member === undefined || filter[member] !== undefined) return err(text);
    filter[member] = Number(number);
  }
  return ok(filter);
}

/** The words that `readLint` reads back. */
export const lintWords = (filter: LintFilter): string =>
  Object.entries(MEMBERS)
    .flatMap(([name, member]) =>
      filter[member] === undefined ? [] : [`${name}:${filter[member]}`],
    )
    .join(" ");
