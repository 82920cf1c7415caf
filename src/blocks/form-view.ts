import type { ModalView } from "@slack/types";
import type { Draft } from "../approval/change-request.ts";
import type { Problem, ProjectName } from "../problem.ts";
import { refText, typedInput } from "../snapshot/fill-form.ts";
import {
  FIELD_LENGTH,
  type FormField,
  type FormInput,
  type InputFault,
  type InputFaults,
} from "../snapshot/form-input.ts";
import type { Region, Snapshot } from "../snapshot/snapshot.ts";
import { isNote } from "./choices.ts";
import {
  clearField,
  FIELD_LABELS,
  factsOf,
  fieldOf,
  joined,
  lookup,
  nameHint,
  projectOf,
  REASON_HINT,
  regionOf,
  removeField,
  setHint,
  snapshotOf,
  text,
} from "./form-fields.ts";
import { inputFaultWords } from "./input-fault-words.ts";
import { paragraph, plain } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import type { FieldHints } from "./rule-hints.ts";
import {
  blockOf,
  readOption,
  readOptions,
  readText,
  readTicked,
  type ViewState,
} from "./view-state.ts";
import { clip } from "./visible.ts";

export const FORM_VIEW = "change-form";
export const PROJECT_PICKER = "project" satisfies FormField;
export const REGION_PICKER = "region" satisfies FormField;
export const SNAPSHOT_PICKER = "snapshot" satisfies FormField;
export const COPY_PICKER = "copy-tags";

/** What the form knows beside what stands in it. */
export interface FormSurroundings {
  /** For the names of the project and the region that are chosen. */
  readonly projects: readonly ProjectName[];
  readonly regions: readonly Region[];
  /** Why the snapshot that was chosen could not be read. */
  readonly problem?: Problem;
  /** What the person should know first. */
  readonly note?: Phrase;
  /** What stands under the fields beside the usual hint. */
  readonly hints?: FieldHints;
}

/** The form as it stands in the draft; the draft's id is all that Slack is told of the rest. */
export function formView(
  { id, input, filledFrom, fillings = 0 }: Pick<Draft, "id" | "input" | "filledFrom" | "fillings">,
  { projects, regions, problem, note, hints = {} }: FormSurroundings,
): ModalView {
  // Slack keeps what stands in a block as long as its id is the same.
  const filled = (field: FormField): string => `${field}~${fillings}`;
  return {
    type: "modal",
    callback_id: FORM_VIEW,
    private_metadata: id,
    title: plain("Change a snapshot"),
    submit: plain("Review"),
    close: plain("Cancel"),
    blocks: [
      ...(note === undefined ? [] : [paragraph(note)]),
      fieldOf(
        FIELD_LABELS.project,
        filled("project"),
        lookup(PROJECT_PICKER, "Any project", projectOf(input, projects)),
      ),
      fieldOf(
        FIELD_LABELS.region,
        filled("region"),
        lookup(REGION_PICKER, "Any region", regionOf(input, regions, filledFrom)),
      ),
      {
        ...fieldOf(
          FIELD_LABELS.snapshot,
          filled("snapshot"),
          lookup(SNAPSHOT_PICKER, "Choose a snapshot", snapshotOf(input, filledFrom)),
          "Type a part of its name, id or volume, or key=value of a tag.",
        ),
        optional: false,
        dispatch_action: true,
      },
      ...(problem === undefined ? [] : [paragraph(problemPhrase(problem))]),
      ...(filledFrom === undefined ? [] : [paragraph(factsOf(filledFrom))]),
      text("name", filled("name"), input, {
        multiline: false,
        hint: joined(nameHint(filledFrom), hints.name),
      }),
      text("set", filled("set"), input, {
        multiline: true,
        hint: joined(setHint(filledFrom), hints.set),
      }),
      {
        ...fieldOf(
          "Copy tags from",
          `copy~${fillings}`,
          lookup(COPY_PICKER, "Another snapshot, or the volume"),
          "They come into the lines above. What you have typed there stays.",
        ),
        dispatch_action: true,
      },
      removeField(filled("remove"), input, filledFrom, hints.remove),
      clearField(input.clear),
      text("reason", "reason", input, { multiline: true, hint: REASON_HINT }),
    ],
  };
}

/** Above a form that was opened from a message without an id in it. */
export const NO_ID_NOTE: Phrase = [
  "I found no snapshot id in that message. Choose the snapshot below.",
];

/** The field whose text the form cannot hold, or undefined. */
export const fieldTooLong = (input: FormInput): string | undefined => {
  const field = (["name", "set", "remove", "reason"] as const).find(
    (one) => input[one].length > FIELD_LENGTH,
  );
  return field && FIELD_LABELS[field];
};

/** What stands in a form; `filledFrom`: the snapshot that it was filled from, if any. */
export function readFormView(state: ViewState, filledFrom?: Snapshot): FormInput {
  const chosen = (field: FormField): string => {
    const value = readOption(state, field);
    return isNote(value) ? "" : value;
  };
  const removed = readOptions(state, "remove")?.map(
    (value) => filledFrom?.tags[Number(value)]?.key ?? "",
  );
  return {
    project: chosen("project"),
    region: chosen("region"),
    snapshot: chosen("snapshot"),
    name: readText(state, "name"),
    set: readText(state, "set"),
    remove: removed?.join("\n") ?? readText(state, "remove"),
    clear: readTicked(state, "clear"),
    reason: readText(state, "reason"),
  };
}

/** What the person wants, of what stands in a form. */
export const wishedInput = (
  { filledFrom }: Pick<Draft, "filledFrom">,
  input: FormInput,
): FormInput =>
  // Another one may have been chosen since, and not been filled in yet.
  filledFrom !== undefined && refText(filledFrom) === input.snapshot
    ? typedInput(input, filledFrom)
    : input;

/** The faults under their fields, as an answer to the submission of this form takes them. */
export const formErrors = (faults: InputFaults, state: ViewState): Record<string, string> =>
  Object.fromEntries(
    Object.entries(faults).map(([field, fault]: [string, InputFault]) => [
      blockOf(state, field) ?? field,
      clip(inputFaultWords(fault), 500),
    ]),
  );
