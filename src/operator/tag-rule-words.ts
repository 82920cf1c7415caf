import type { TagRule } from "../approval/tag-rules.ts";
import { conditionWords, or, quoted } from "./policy-words.ts";

/** A tag rule in one line: where it holds, and what it asks for. */
export function tagRuleWords({ when, ...rule }: TagRule): string {
  const where = Object.keys(when).length === 0 ? "any snapshot" : conditionWords(when);
  const asked = [
    ...(rule.required.length === 0 ? [] : [`needs ${rule.required.join(", ")}`]),
    ...rule.values.map(({ key, values }) => `${key} is ${or(values.map(quoted))}`),
    ...(rule.protected.length === 0 ? [] : [`nobody touches ${rule.protected.join(", ")}`]),
    ...(rule.mostTags === null ? [] : [`at most ${rule.mostTags} tags`]),
    ...(rule.names === null ? [] : [`the name is ${or(rule.names.map(quoted))}`]),
  ];
  return `${where}: ${asked.join("; ")}`;
}
