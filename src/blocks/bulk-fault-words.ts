import type { UnfitName } from "../snapshot/bulk-change.ts";
import { type BulkFault, MOST_PICKED } from "../snapshot/bulk-input.ts";
import { FIELD_LENGTH } from "../snapshot/form-input.ts";
import { PLACEHOLDERS, type Placeholder } from "../snapshot/name-template.ts";
import { NAME_LENGTH } from "../snapshot/rules.ts";
import { filterFaultPhrase } from "./filter-fault-words.ts";
import { inputFaultWords, quote } from "./input-fault-words.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { clip } from "./visible.ts";

/** How many ids a field holds, each on a line of its own. */
export const IDS_IN_A_FIELD = 80;

/** The placeholders of a name, as they are written. */
export const BRACED: readonly string[] = PLACEHOLDERS.map((one) => `{${one}}`);

/** What is wrong with a field of the form for many. One or two short sentences, in plain text. */
export function bulkFaultWords(fault: BulkFault): string {
  switch (fault.kind) {
    case "nothing-chosen":
      return "No snapshot is chosen. Write a filter, choose in the menu, or paste ids. For all that your key sees, write name:*";
    case "quote-open":
      return "A quote in it is not closed.";
    case "word-empty":
      return "There is a word without a letter in it, which would fit every snapshot. For all of them write name:*";
    case "filter":
    case "filter-empty":
    case "filter-twice":
    case "filter-long":
    case "span":
      return plainOf(filterFaultPhrase(fault));
    case "picked-many":
      return `The menu takes ${MOST_PICKED}; these are ${fault.count}. For more, use a filter.`;
    case "pasted-long":
      return `Here is room for ${amount(FIELD_LENGTH)} characters, about ${IDS_IN_A_FIELD} ids; this has ${amount(fault.length)}. For more, use a filter.`;
    case "no-id":
      return `There is no snapshot id in ${quote(fault.word)}. An id looks like 5ed275b8-7eed-4722-8c98-777191d4e003.`;
    case "ids-joined":
      return `There is more than one id in ${quote(fault.word)}. Put a space between them.`;
    case "two-places":
      return `${fault.snapshotId} stands here with two places. Leave the right one.`;
    case "placeholder":
      return `There is no ${quote(`{${fault.word}}`)}. You can write ${BRACED.join(", ")}.`;
    case "brace":
      return `A brace stands only around a word, as in ${BRACED.join(", ")}.`;
    case "template-length":
      return `A name has at most ${NAME_LENGTH.max} characters; the shortest that this makes has ${amount(fault.shortest)}.`;
    default:
      return inputFaultWords(fault);
  }
}

/** Why a snapshot cannot have the name that the template makes for it. */
export const unfitNamePhrase = (unfit: UnfitName): Phrase =>
  unfit.kind === "name-part-missing"
    ? [`Gcore does not tell ${PARTS[unfit.part]}, and `, { code: `{${unfit.part}}` }, " needs it."]
    : ["Its name would be ", { code: clip(unfit.name, 100) }, ". ", inputFaultWords(unfit.fault)];

const PARTS: Readonly<Record<Placeholder, string>> = {
  name: "its name",
  volume: "its volume's name",
  date: "when it was made",
  n: "its number",
};

const amount = (count: number): string => count.toLocaleString("en");
