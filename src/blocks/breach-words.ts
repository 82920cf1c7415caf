import type { Breach } from "../problem.ts";
import { type Phrase, type Piece, plainOf } from "./phrase.ts";
import { clip, visible } from "./visible.ts";

/** Most values that are named, and most characters of one text: the rest is in the policy. */
const MOST_VALUES = 8;
const TEXT = 100;

/** What a tag rule asks for, with `most` values named, and what stands there instead. */
export function breachPhrase(breach: Breach, most = MOST_VALUES): Phrase {
  switch (breach.kind) {
    case "tag-missing":
      return [
        "The tag ",
        code(breach.key),
        " is required",
        ...(breach.values === null ? [] : [" (", ...choicePhrase(breach.values, most), ")"]),
        ".",
      ];
    case "tag-value":
      if (breach.value === "") {
        return [
          "The tag ",
          code(breach.key),
          " needs a value",
          ...(breach.values === null ? [] : [": ", ...choicePhrase(breach.values, most)]),
          ".",
        ];
      }
      return [
        "The tag ",
        code(breach.key),
        " may be ",
        ...choicePhrase(breach.values ?? [], most),
        ", not ",
        code(breach.value),
        ".",
      ];
    case "tag-protected":
      return ["The tag ", code(breach.key), " is protected: it is not set or removed through me."];
    case "too-many-tags":
      return [
        `There may be at most ${breach.most} ${breach.most === 1 ? "tag" : "tags"} besides Gcore's own, not ${breach.count}.`,
      ];
    case "name-unlike":
      return [
        "The name is to be ",
        ...choicePhrase(breach.patterns, most),
        ", not ",
        code(breach.name),
        ".",
      ];
    default:
      return breach satisfies never;
  }
}

/** Several, one after the other; after `most` of them it says how many more there are. */
export function breachesPhrase(breaches: readonly Breach[], most: number): Phrase {
  const more = breaches.length - most;
  return [
    ...breaches
      .slice(0, most)
      .flatMap((breach, index) => [...(index === 0 ? [] : [" "]), ...breachPhrase(breach)]),
    ...(more > 0 ? [` And ${more} more.`] : []),
  ];
}

/** Of what one is to be chosen. */
export function choicePhrase(values: readonly string[], most = MOST_VALUES): Phrase {
  if (values.length === 0) return ["nothing, as the rules contradict each other"];
  const shown = values.slice(0, most).map(code);
  const more = values.length - shown.length;
  const joint = (index: number): string =>
    index === 0 ? "" : index === shown.length - 1 && more <= 0 ? " or " : ", ";
  return [
    ...shown.flatMap((piece, index) => [joint(index), piece]),
    ...(more > 0 ? [more === 1 ? " or 1 other" : ` or one of ${more} others`] : []),
    ...(values.some((value) => value.includes("*")) ? [" (* stands for anything)"] : []),
  ];
}

/** The same where Slack takes plain text only. */
export const breachWords = (breach: Breach): string => plainOf(breachPhrase(breach));

const code = (text: string): Piece => ({ code: clip(visible(text), TEXT) });
