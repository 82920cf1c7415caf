import type { InputBlock, ModalView, PlainTextOption, StaticSelect } from "@slack/types";
import type { DefaultPlace } from "../snapshot/snapshot.ts";
import { labelled, paragraph, plain } from "./kit.ts";
import { readOption, type ViewState } from "./view-state.ts";
import { clip, visible } from "./visible.ts";

export const DEFAULTS_VIEW = "choose-defaults";

/** What a person can choose from. */
export interface Choices {
  readonly projects: readonly Named[];
  readonly regions: readonly Named[];
}
type Named = NonNullable<DefaultPlace["project"]>;

/** No id of Gcore's: what was used last is taken. */
const LAST = "last";
const LAST_OPTION: PlainTextOption = { text: plain("The last one that you used"), value: LAST };
/** Slack takes 100 groups of 100 options, but no view above 250 kB. */
const IN_A_GROUP = 100;
const MOST = 500;

/** Lets a person choose where each form begins. */
export const defaultsView = (choices: Choices, now: DefaultPlace): ModalView => ({
  type: "modal",
  callback_id: DEFAULTS_VIEW,
  title: plain("Your defaults"),
  submit: plain("Save"),
  close: plain("Cancel"),
  blocks: [
    paragraph(["Each form begins with these. What you write yourself goes before them."]),
    select("project", "Project", choices.projects, now.project),
    select("region", "Region", choices.regions, now.region),
  ],
});

/** The ids that were chosen; null: none. */
export const readDefaultsView = (state: ViewState) => ({
  projectId: idOf(readOption(state, "project")),
  regionId: idOf(readOption(state, "region")),
});

const idOf = (value: string): number | null =>
  /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null;

/** While Gcore tells what there is to choose from, and whether what was chosen is there. */
export const askingView = (): ModalView => telling("One moment", ["Asking Gcore…"]);

/** They are saved. */
export const savedView = ({ project, region }: DefaultPlace): ModalView => {
  const view = telling("Your defaults", ["Saved. Each form begins with these from now on."]);
  const line = (label: string, one: Named | null) =>
    paragraph(labelled(label, one === null ? "the last one that you used" : nameOf(one)));
  return { ...view, blocks: [...view.blocks, line("Project", project), line("Region", region)] };
};

const telling = (title: string, words: readonly string[]): ModalView => ({
  type: "modal",
  callback_id: "telling",
  title: plain(title),
  close: plain("Close"),
  blocks: [paragraph(words)],
});

function select(id: string, label: string, all: readonly Named[], now: Named | null): InputBlock {
  // What was chosen before is there also when Gcore no longer lists it, or too much.
  const listed = all.slice(0, MOST);
  const known = now === null || listed.some((one) => one.id === now.id) ? [] : [now];
  const options = [LAST_OPTION, ...[...known, ...listed].map(option)];
  const chosen = options.find(({ value }) => value === String(now?.id ?? LAST));
  const element: StaticSelect = {
    type: "static_select",
    action_id: id,
    initial_option: chosen ?? LAST_OPTION,
    ...(options.length <= IN_A_GROUP ? { options } : { option_groups: grouped(options) }),
  };
  return { type: "input", block_id: id, label: plain(label), element };
}

const option = (one: Named): PlainTextOption => ({
  text: plain(nameOf(one)),
  value: String(one.id),
});

const nameOf = ({ id, name }: Named): string => {
  const number = ` (${id})`;
  return `${clip(visible(name), 75 - number.length)}${number}`;
};

const grouped = (options: readonly PlainTextOption[]) =>
  Array.from({ length: Math.ceil(options.length / IN_A_GROUP) }, (_, index) => {
    const first = index * IN_A_GROUP;
    const some = options.slice(first, first + IN_A_GROUP);
    return { label: plain(`${first + 1} to ${first + some.length}`), options: some };
  });
