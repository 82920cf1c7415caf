import type { ModalView, MultiExternalSelect } from "@slack/types";
import type { Problem } from "../problem.ts";
import {
  type BulkFault,
  type BulkFaults,
  type BulkField,
  type BulkInput,
  MOST_PICKED,
} from "../snapshot/bulk-input.ts";
import { bulkFaultWords, IDS_IN_A_FIELD } from "./bulk-fault-words.ts";
import { choice, isNote } from "./choices.ts";
import {
  clearField,
  fieldOf,
  joined,
  REASON_HINT,
  REMOVE_HINT,
  setHint,
  text,
  typed,
} from "./form-fields.ts";
import { paragraph, plain } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import type { FieldHints } from "./rule-hints.ts";
import { blockOf, readChosen, readText, readTicked, type ViewState } from "./view-state.ts";
import { clip } from "./visible.ts";

export const BULK_VIEW = "bulk-form";
export const BULK_PICKER = "picked" satisfies BulkField;

const FILTER_HINT =
  "What you would write after /snapshot list: tag:team=core older:30d. For all that your key sees: name:*";
const PICKER_HINT = "Type a part of a name, id or volume, or key=value of a tag.";
const PASTED_HINT = `About ${IDS_IN_A_FIELD} fit, each alone, as project/region/id, or in a link. For more, use a filter.`;
const NAME_HINT =
  "For each snapshot: {name} is its name, {volume} its volume's name, {date} the day it was made, {n} its number. {volume}-{date} makes db-primary-2026-11-20. Empty keeps the names.";

/** What the form for many shows beside what stands in it. */
export interface BulkSurroundings {
  /** Why there was no going on with what stands in it. */
  readonly problem?: Problem;
  /** What the person should know first. */
  readonly note?: Phrase;
  /** What stands under the fields beside the usual hint. */
  readonly hints?: FieldHints;
}

/** The form for many as it stands in a draft; the draft's id is all that Slack is told of the rest. */
export function bulkFormView(
  { id, input }: { readonly id: string; readonly input: BulkInput },
  { problem, note, hints = {} }: BulkSurroundings = {},
): ModalView {
  return {
    type: "modal",
    callback_id: BULK_VIEW,
    private_metadata: id,
    title: plain("Change many snapshots"),
    submit: plain("Review"),
    close: plain("Cancel"),
    blocks: [
      ...(note === undefined ? [] : [paragraph(note)]),
      ...(problem === undefined ? [] : [paragraph(problemPhrase(problem))]),
      paragraph([
        "Choose by a filter, in the menu, by ids, or in more than one of these ways. You see the whole list before anything is changed.",
      ]),
      fieldOf("Filter", "filter", typed("filter", input.filter, { multiline: false }), FILTER_HINT),
      fieldOf("Snapshots", "picked", pickerOf(input), PICKER_HINT),
      fieldOf(
        "Snapshot ids",
        "pasted",
        typed("pasted", input.pasted, { multiline: true }),
        PASTED_HINT,
      ),
      text("name", "name", input, { multiline: false, hint: joined(NAME_HINT, hints.name) }),
      text("set", "set", input, { multiline: true, hint: joined(setHint(undefined), hints.set) }),
      text("remove", "remove", input, {
        multiline: true,
        hint: joined(REMOVE_HINT, hints.remove),
      }),
      clearField(input.clear),
      text("reason", "reason", input, { multiline: true, hint: REASON_HINT }),
    ],
  };
}

function pickerOf({ picked }: BulkInput): MultiExternalSelect {
  const chosen = picked.map(({ value, label }) => choice(label === "" ? value : label, value));
  return {
    type: "multi_external_select",
    action_id: BULK_PICKER,
    min_query_length: 0,
    max_selected_items: MOST_PICKED,
    placeholder: plain("Choose snapshots"),
    ...(chosen.length === 0 ? {} : { initial_options: chosen }),
  };
}

/** What stands in a form for many. */
export const readBulkFormView = (state: ViewState): BulkInput => ({
  filter: readText(state, "filter"),
  picked: readChosen(state, BULK_PICKER).filter(({ value }) => !isNote(value)),
  pasted: readText(state, "pasted"),
  name: readText(state, "name"),
  set: readText(state, "set"),
  remove: readText(state, "remove"),
  clear: readTicked(state, "clear"),
  reason: readText(state, "reason"),
});

/** The faults under their fields, as an answer to the submission of this form takes them. */
export const bulkFormErrors = (faults: BulkFaults, state: ViewState): Record<string, string> =>
  Object.fromEntries(
    Object.entries(faults).map(([field, fault]: [string, BulkFault]) => [
      blockOf(state, field) ?? field,
      clip(bulkFaultWords(fault), 500),
    ]),
  );
