import type {
  ExternalSelect,
  InputBlock,
  MultiStaticSelect,
  PlainTextInput,
  PlainTextOption,
} from "@slack/types";
import type { ProjectName } from "../problem.ts";
import { editableTags, refText } from "../snapshot/fill-form.ts";
import { FIELD_LENGTH, type FormField, type FormInput, setLine } from "../snapshot/form-input.ts";
import { type Region, type Snapshot, tagValue } from "../snapshot/snapshot.ts";
import { findSnapshotIds } from "../snapshot/snapshot-link.ts";
import { choice, idChoice, projectChoice, regionChoice } from "./choices.ts";
import { plain } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

/** What each field is called, for whoever fills it. */
export const FIELD_LABELS: Readonly<Record<FormField, string>> = {
  project: "Project",
  region: "Region",
  snapshot: "Snapshot",
  name: "New name",
  set: "Set tags",
  remove: "Remove tags",
  clear: "Other tags",
  reason: "Reason",
};

/** Most options of a menu. */
const MOST_OPTIONS = 100;

/** A field of the form: an element with its label, and a hint below it. */
export const fieldOf = (
  label: string,
  blockId: string,
  element: InputBlock["element"],
  hint?: string,
): InputBlock => ({
  type: "input",
  block_id: blockId,
  label: plain(label),
  optional: true,
  ...(hint === undefined ? {} : { hint: plain(hint) }),
  element,
});

/** A menu whose options the bot is asked for as somebody types. */
export const lookup = (
  actionId: string,
  placeholder: string,
  initial?: PlainTextOption,
): ExternalSelect => ({
  type: "external_select",
  action_id: actionId,
  min_query_length: 0,
  placeholder: plain(placeholder),
  ...(initial === undefined ? {} : { initial_option: initial }),
});

export function projectOf(
  { project }: FormInput,
  projects: readonly ProjectName[],
): PlainTextOption | undefined {
  if (project === "") return undefined;
  const known = projects.find(({ id }) => String(id) === project);
  return known === undefined ? choice(`Project ${project}`, project) : projectChoice(known);
}

export function regionOf(
  { region }: FormInput,
  regions: readonly Region[],
  filledFrom: Snapshot | undefined,
): PlainTextOption | undefined {
  if (region === "") return undefined;
  const known =
    String(filledFrom?.regionId) === region
      ? { id: Number(region), name: filledFrom?.region ?? "" }
      : regions.find(({ id }) => String(id) === region);
  return known === undefined ? choice(`Region ${region}`, region) : regionChoice(known);
}

export function snapshotOf(
  { snapshot }: FormInput,
  filledFrom: Snapshot | undefined,
): PlainTextOption | undefined {
  if (filledFrom !== undefined && refText(filledFrom) === snapshot) {
    return choice(filledFrom.name || filledFrom.snapshotId, snapshot);
  }
  const [id] = findSnapshotIds(snapshot);
  return id === undefined ? undefined : { ...idChoice(id), value: snapshot };
}

/** What is chosen, so that nobody changes another one. */
export function factsOf(snapshot: Snapshot): Phrase {
  const { name, status, sizeGib, createdAt, region, snapshotId } = snapshot;
  const volume = tagValue(snapshot.tags, "volume_name");
  return [
    { bold: clip(name, 100) },
    ` · ${sizeGib} GiB · ${clip(status, 30)} · ${clip(region, 50)}`,
    ...(volume === undefined ? [] : [` · of ${clip(volume, 60)}`]),
    ...(createdAt === null ? [] : [" · made ", { date: createdAt }]),
    " · ",
    { code: snapshotId },
  ];
}

export const nameHint = (filledFrom: Snapshot | undefined): string =>
  filledFrom === undefined
    ? "Leave it empty to keep the name."
    : "Its name now. Leave it as it is to keep it.";

export const setHint = (filledFrom: Snapshot | undefined): string =>
  filledFrom === undefined
    ? "One tag a line: key=value. A tag that is there already gets the new value."
    : "Its tags now, one a line: key=value. Edit a value, or add a line. To remove a tag, choose it below.";

export const REMOVE_HINT = "One key a line.";

/** The tags that can go as a list to choose from; a text where no list can hold what is to go. */
export function removeField(
  blockId: string,
  input: FormInput,
  filledFrom: Snapshot | undefined,
  ruled?: string,
): InputBlock {
  const tags = filledFrom === undefined ? [] : editableTags(filledFrom);
  const options = tags.map((tag) =>
    choice(setLine(tag), String(filledFrom?.tags.indexOf(tag) ?? "")),
  );
  const keys = input.remove.split("\n").filter((key) => key !== "");
  const chosen = options.filter((_, index) => keys.includes(tags[index]?.key ?? ""));
  const isList =
    options.length > 0 && options.length <= MOST_OPTIONS && chosen.length === keys.length;
  if (!isList) {
    const hint = joined(REMOVE_HINT, ruled);
    return text("remove", blockId, input, { multiline: true, hint });
  }
  const element: MultiStaticSelect = {
    type: "multi_static_select",
    action_id: "remove",
    placeholder: plain("Choose tags that are to go"),
    options,
    ...(chosen.length === 0 ? {} : { initial_options: chosen }),
  };
  return fieldOf(FIELD_LABELS.remove, blockId, element, ruled);
}

type TextField = "name" | "set" | "remove" | "reason";
interface TextLooks {
  readonly multiline: boolean;
  readonly hint: string;
}

/** A field to type into. */
export const text = (
  field: TextField,
  blockId: string,
  input: Pick<FormInput, TextField>,
  looks: TextLooks,
): InputBlock =>
  fieldOf(FIELD_LABELS[field], blockId, typed(field, input[field], looks), looks.hint);

/** Where something is typed; `value` is what stands there already. */
export const typed = (
  actionId: string,
  value: string,
  { multiline }: Pick<TextLooks, "multiline">,
): PlainTextInput => ({
  type: "plain_text_input",
  action_id: actionId,
  multiline,
  max_length: FIELD_LENGTH,
  ...(value === "" ? {} : { initial_value: value }),
});

export const REASON_HINT = "Goes with the change into the channel and the ledger.";

const CLEAR_OPTION = {
  text: plain("Remove all tags that are not set above"),
  value: "remove",
} as const;

/** The box that lets all other tags go. */
export const clearField = (isTicked: boolean): InputBlock =>
  fieldOf(FIELD_LABELS.clear, "clear" satisfies FormField, {
    type: "checkboxes",
    action_id: "clear",
    options: [CLEAR_OPTION],
    ...(isTicked ? { initial_options: [CLEAR_OPTION] } : {}),
  });

/** A hint, and what the team's rules add to it. */
export const joined = (usual: string, more: string | undefined): string =>
  more === undefined ? usual : `${usual} ${more}`;
