import { type Demands, demandsIn, type TagRule } from "../approval/tag-rules.ts";
import type { FormField, FormInput } from "../snapshot/form-input.ts";
import { placeIn } from "../snapshot/form-input.ts";
import { choicePhrase } from "./breach-words.ts";
import { plainOf } from "./phrase.ts";
import { clip, visible } from "./visible.ts";

/** What stands under fields of the form beside the usual hint. */
export type FieldHints = Readonly<Partial<Record<FormField, string>>>;

/** Most characters for one field, and most tags that are named: a longer hint is not read. */
const MOST_TEXT = 500;
const MOST_KEYS = 6;

/** The tag rules for the place that stands in the form, else those that hold everywhere. */
export function ruleHints(rules: readonly TagRule[], input: FormInput): FieldHints {
  const demands = demandsIn(rules, placeIn(input));
  const said = {
    name: nameWords(demands),
    set: [...setWords(demands), ...guardedWords(demands, "sets")],
    remove: [...keptWords(demands), ...guardedWords(demands, "removes")],
  };
  return Object.fromEntries(
    Object.entries(said)
      .filter(([, words]) => words.length > 0)
      .map(([field, words]) => [field, clip(`Your team's rules: ${words.join(" ")}`, MOST_TEXT)]),
  );
}

const nameWords = ({ names }: Demands): string[] =>
  names.map((patterns) => `${plainOf(choicePhrase(patterns))}.`);

const setWords = ({ required, values, mostTags }: Demands): string[] => [
  ...(required.length === 0 ? [] : [`each snapshot has ${list(required)}.`]),
  ...[...values]
    .slice(0, MOST_KEYS)
    .flatMap(([key, lists]) =>
      lists.map((patterns) => `${shown(key)}: ${plainOf(choicePhrase(patterns))}.`),
    ),
  ...(values.size > MOST_KEYS ? [`And ${values.size - MOST_KEYS} more tags with values.`] : []),
  ...(mostTags === null ? [] : [`At most ${mostTags} ${mostTags === 1 ? "tag" : "tags"}.`]),
];

const keptWords = ({ required }: Demands): string[] =>
  required.length === 0 ? [] : [`${list(required)} ${required.length === 1 ? "stays" : "stay"}.`];

const guardedWords = (demands: Demands, does: string): string[] =>
  demands.protected.length === 0 ? [] : [`Nobody ${does} ${list(demands.protected)}.`];

function list(keys: readonly string[]): string {
  const named = keys.slice(0, MOST_KEYS).map(shown);
  const more = keys.length - named.length;
  if (more > 0) return `${named.join(", ")} and ${more} more`;
  return named.length < 2 ? named.join("") : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

const shown = (text: string): string => clip(visible(text), 60);
