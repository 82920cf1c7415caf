import { type InputFault, REASON_LENGTH } from "../snapshot/form-input.ts";
import { NAME_LENGTH, TAG_LENGTH } from "../snapshot/rules.ts";
import { breachWords } from "./breach-words.ts";
import { clip, visible } from "./visible.ts";

/** What is wrong with a field, and the rule. One or two short sentences, in plain text. */
export function inputFaultWords(fault: InputFault): string {
  switch (fault.kind) {
    case "snapshot-none":
      return "There is no snapshot id in it. An id looks like 5ed275b8-7eed-4722-8c98-777191d4e003.";
    case "snapshot-many":
      return `There are ${fault.count} ids in it. Leave the one of the snapshot.`;
    case "nothing-asked":
      return "Nothing to change yet. Write a new name, or tags to set or remove.";
    case "name-length":
      return `A name has ${NAME_LENGTH.min} to ${NAME_LENGTH.max} characters; this one has ${fault.length}.`;
    case "name-characters":
      return `A name may hold letters a-z, digits, spaces and . _ - only; not ${list(fault.characters)}.`;
    case "name-start":
      return "A name begins with a letter or a digit.";
    case "name-end":
      return "A name ends with a letter, a digit, a dot or an underscore.";
    case "line-without-equals":
      return `Write each tag on a line of its own as key=value. This line has no “=”: ${quote(fault.line)}`;
    case "key-empty":
      return "A tag needs a key before the “=”.";
    case "key-length":
      return `A key has at most ${TAG_LENGTH.max} characters: ${quote(fault.key)} is longer.`;
    case "key-characters":
      return `A key may hold no spaces and no “=”: ${quote(fault.key)}`;
    case "key-protected":
      return `${quote(fault.key)} is Gcore's own tag: the portal needs it, so it is left alone.`;
    case "key-twice":
      return `${quote(fault.key)} is set twice. Leave one.`;
    case "key-both":
      return `${quote(fault.key)} is set and removed at once. Leave one.`;
    case "value-empty":
      return `${quote(fault.key)} has no value. To remove the tag, write its key under Remove tags.`;
    case "value-length":
      return `A value has at most ${TAG_LENGTH.max} characters: the one of ${quote(fault.key)} is longer.`;
    case "value-characters":
      return `The value of ${quote(fault.key)} holds a tab or another character that Gcore does not take.`;
    case "holds-key":
      return "This looks like an API key, and others would see it. Take it out. If it was shown anywhere else, revoke it.";
    case "reason-length":
      return `A reason has at most ${REASON_LENGTH} characters; this one has ${fault.length}.`;
    case "breach":
      return breachWords(fault.breach);
    default:
      return fault satisfies never;
  }
}

/** A foreign text in quotes, in a sentence of plain text. */
export const quote = (text: string): string => `“${clip(visible(text), 60)}”`;
const list = (characters: readonly string[]): string =>
  characters.slice(0, 8).map(quote).join(", ") + (characters.length > 8 ? ", …" : "");
