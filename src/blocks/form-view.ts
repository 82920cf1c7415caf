import type { InputBlock, ModalView } from "@slack/types";
import {
  FIELD_LENGTH,
  type FormField,
  type FormInput,
  type InputFault,
  type InputFaults,
} from "../snapshot/form-input.ts";
import { inputFaultWords } from "./input-fault-words.ts";
import { paragraph, plain } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { readText, readTicked, type ViewState } from "./view-state.ts";
import { clip } from "./visible.ts";

export const FORM_VIEW = "change-form";

const CLEAR_LABEL = "Other tags";
const CLEAR_OPTION = {
  text: plain("Remove all tags that are not set above"),
  value: "remove",
} as const;

/** What each field is called, for whoever fills it. */
export const FIELD_LABELS: Readonly<Record<FormField, string>> = {
  project: "Project",
  region: "Region",
  snapshot: "Snapshot",
  name: "New name",
  set: "Set tags",
  remove: "Remove tags",
  clear: CLEAR_LABEL,
  reason: "Reason",
};

const HINTS: Partial<Record<FormField, string>> = {
  snapshot: "Its id, or a link that has the id in it.",
  name: "Leave it empty to keep the name.",
  set: "One tag a line: key=value. A tag that is there already gets the new value.",
  remove: "One key a line.",
  reason: "Goes with the change into the channel and the ledger.",
};

/**
 * The form, filled with `input`; `draftId` is all that Slack is told of the rest. `note` is what the
 * person should know first.
 */
export function formView(draftId: string, input: FormInput, note?: Phrase): ModalView {
  return {
    type: "modal",
    callback_id: FORM_VIEW,
    private_metadata: draftId,
    title: plain("Change a snapshot"),
    submit: plain("Review"),
    close: plain("Cancel"),
    blocks: [
      ...(note === undefined ? [] : [paragraph(note)]),
      number("project", input),
      number("region", input),
      text("snapshot", input, { optional: false, multiline: false }),
      text("name", input, { multiline: false }),
      text("set", input, { multiline: true }),
      text("remove", input, { multiline: true }),
      {
        type: "input",
        block_id: "clear" satisfies FormField,
        label: plain(FIELD_LABELS.clear),
        optional: true,
        element: {
          type: "checkboxes",
          action_id: "clear",
          options: [CLEAR_OPTION],
          ...(input.clear ? { initial_options: [CLEAR_OPTION] } : {}),
        },
      },
      text("reason", input, { multiline: true }),
    ],
  };
}

/** Above a form that was opened from a message without an id in it. */
export const NO_ID_NOTE: Phrase = ["I found no snapshot id in that message. Write it below."];

/** The field whose text the form cannot hold, or undefined. */
export const fieldTooLong = (input: FormInput): string | undefined => {
  const field = (["snapshot", "name", "set", "remove", "reason"] as const).find(
    (one) => input[one].length > FIELD_LENGTH,
  );
  return field && FIELD_LABELS[field];
};

/** What stands in a submitted form. */
export function readFormView(state: ViewState): FormInput {
  const read = (field: FormField): string => readText(state, field);
  return {
    project: read("project"),
    region: read("region"),
    snapshot: read("snapshot"),
    name: read("name"),
    set: read("set"),
    remove: read("remove"),
    clear: readTicked(state, "clear"),
    reason: read("reason"),
  };
}

/** The faults under their fields, as an answer to the submission takes them. */
export const formErrors = (faults: InputFaults): Record<string, string> =>
  Object.fromEntries(
    Object.entries(faults).map(([field, fault]: [string, InputFault]) => [
      field,
      clip(inputFaultWords(fault), 500),
    ]),
  );

function number(field: "project" | "region", input: FormInput): InputBlock {
  const value = /^\d{1,15}$/.test(input[field]) ? { initial_value: input[field] } : {};
  return {
    type: "input",
    block_id: field,
    label: plain(FIELD_LABELS[field]),
    element: {
      type: "number_input",
      action_id: field,
      is_decimal_allowed: false,
      min_value: "1",
      ...value,
    },
  };
}

function text(
  field: Exclude<FormField, "clear">,
  input: FormInput,
  { optional = true, multiline }: { readonly optional?: boolean; readonly multiline: boolean },
): InputBlock {
  const hint = HINTS[field];
  return {
    type: "input",
    block_id: field,
    label: plain(FIELD_LABELS[field]),
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint) }),
    element: {
      type: "plain_text_input",
      action_id: field,
      multiline,
      max_length: FIELD_LENGTH,
      ...(input[field] === "" ? {} : { initial_value: input[field] }),
    },
  };
}
