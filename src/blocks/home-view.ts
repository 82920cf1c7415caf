import type { HomeView, KnownBlock } from "@slack/types";
import type { ChangeRequest } from "../approval/change-request.ts";
import type { KeyScope } from "../approval/key-scope.ts";
import type { Standing } from "../approval/rights.ts";
import type { Problem, Result } from "../problem.ts";
import type { DefaultPlace } from "../snapshot/snapshot.ts";
import { decideBlocks, type HomeLists, openBlocks, recentBlocks } from "./home-lists.ts";
import { keyCard, keyFacts } from "./key-card.ts";
import { actions, bullets, button, heading, labelled, paragraph, plain } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { problemWords } from "./problem-words.ts";
import { CONNECT_ACTION } from "./replies.ts";
import { clip } from "./visible.ts";

export const CHANGE_ACTION = "begin-change";
export const DISCONNECT_ACTION = "disconnect-key";
export const DEFAULTS_ACTION = "choose-defaults";

/** What a person sees in their home tab, and nobody else. */
export interface Home {
  readonly key: Result<KeyScope, Problem>;
  /** What keeps the key from being used. */
  readonly obstacle: Problem | undefined;
  readonly waiting: HomeLists;
  /** Their last requests that no longer wait, the newest first. */
  readonly recent: readonly ChangeRequest[];
  readonly defaults: DefaultPlace;
}

const home = (blocks: readonly KnownBlock[]): HomeView => ({ type: "home", blocks: [...blocks] });
const LINE: KnownBlock = { type: "divider" };

/** The home tab of a member of the team. Without a key that comes first, else what there is to do. */
export function homeView({ key, obstacle, waiting, recent, defaults }: Home): HomeView {
  const keyPart = [LINE, ...keyBlocks(key, obstacle)];
  const lists = [
    LINE,
    ...decideBlocks(waiting),
    ...openBlocks(waiting),
    LINE,
    ...recentBlocks(recent),
  ];
  return home([
    paragraph([
      "I rename and retag Gcore volume snapshots, with your own API key. Nothing is changed before you have seen exactly what will change.",
    ]),
    actions("home-begin", button(CHANGE_ACTION, "Change a snapshot", { style: "primary" })),
    ...(key.ok ? [...lists, ...keyPart] : [...keyPart, ...lists]),
    LINE,
    ...defaultBlocks(defaults, key.ok),
    paragraph(["All that you can type: ", { code: "/snapshot help" }]),
  ]);
}

/** The home tab of somebody who may not change anything here. */
export const closedHomeView = (standing: Exclude<Standing, "member">): HomeView =>
  home([paragraph([CLOSED[standing], "Ask a member of the team to change a snapshot for you."])]);

const CLOSED: Readonly<Record<Exclude<Standing, "member">, string>> = {
  guest: "You are a guest here, and snapshots are changed by members of the team. ",
  outsider:
    "You belong to another organisation, and snapshots are changed by members of this one. ",
  deactivated: "Your account is deactivated. ",
  bot: "Bots do not change snapshots here. ",
};

function keyBlocks(key: Result<KeyScope, Problem>, obstacle: Problem | undefined): KnownBlock[] {
  if (!key.ok) {
    return [
      heading("Your API key"),
      paragraph(problemWords(key.problem).what),
      actions("home-key", button(CONNECT_ACTION, "Connect a key")),
    ];
  }
  return [
    heading("Your API key"),
    ...(obstacle === undefined
      ? keyCard(key.value, "home")
      : [paragraph(problemWords(obstacle).what), keyFacts(key.value)]),
    actions("home-key", button(CONNECT_ACTION, "Replace"), disconnectButton()),
  ];
}

const disconnectButton = () =>
  button(DISCONNECT_ACTION, "Disconnect", {
    style: "danger",
    confirm: {
      title: plain("Disconnect your key?"),
      text: plain(
        "It is removed from here for good. What you asked for and nobody has approved yet cannot be applied without it. In the Gcore portal the key stays until you revoke it there.",
      ),
      confirm: plain("Disconnect"),
      deny: plain("Keep it"),
      style: "danger",
    },
  });

function defaultBlocks({ project, region }: DefaultPlace, hasKey: boolean): KnownBlock[] {
  const chosen = (one: { readonly id: number; readonly name: string } | null): Phrase =>
    one === null ? ["the last one that you used"] : [`${clip(one.name, 100)} (${one.id})`];
  return [
    heading("Your defaults"),
    bullets([labelled("Project", ...chosen(project)), labelled("Region", ...chosen(region))]),
    ...(hasKey ? [actions("home-defaults", button(DEFAULTS_ACTION, "Choose defaults"))] : []),
  ];
}
