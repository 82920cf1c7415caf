import type { CommandName } from "../../../src/snapshot/command.ts";
import type { Thing } from "./world.ts";

/**
 * What each of them is told, as a pattern. Ada sees what is hers; Ben, Olga and Cleo nothing of it;
 * Dora, who has no key, what may be decided by her. Empty: not sent, because it would change something.
 */
export type Answers = readonly [ada: string, ben: string, olga: string, cleo: string, dora: string];

const same = (answer: string): Answers => [answer, answer, answer, answer, answer];

/** Ada and the others each see what their own keys see; Cleo and Dora have none. */
const NO_KEY = "have not connected";
const keyed = (ada: string, ben: string, olga = ben): Answers => [ada, ben, olga, NO_KEY, NO_KEY];
const EACH_THEIR_OWN = keyed("azurite-", "basalt-", "cinnabar-");
/** Gcore's word for what is not theirs depends on how it is asked. */
const UNKNOWN = "knows no such snapshot|does not let your API key";
const SNAPSHOT = keyed("azurite-5", UNKNOWN);
const CONNECT = "Connect your key";
const SNAPSHOT_IN_FORM: Answers = ["azurite-5", UNKNOWN, UNKNOWN, CONNECT, CONNECT];
const FORM: Answers = [
  "Change a snapshot",
  "Change a snapshot",
  "Change a snapshot",
  CONNECT,
  CONNECT,
];

const MANY = "Change many snapshots";
const MANY_FORM: Answers = [MANY, MANY, MANY, CONNECT, CONNECT];

/** What is about a request: those who may not read it are told so, Dora reads it. */
const UNSEEN = "not yours to see";
const read = (name: string, dora = name): Answers => [name, UNSEEN, UNSEEN, NO_KEY, dora];
/** A request that waits is decided by those whom its rule names. */
const DENIED = "may not decide";
const decided = (ada: string, dora: string): Answers => [
  ada,
  DENIED,
  "not of this organisation",
  DENIED,
  dora,
];
const ASKER = "Only the person who asked";
const withdrawn = (ada: string): Answers => [ada, ASKER, ASKER, ASKER, ASKER];
/** A run is steered by whoever asked, and by whoever may approve it: here nobody else. */
const steered = (ada: string): Answers => [ada, DENIED, "not of this organisation", DENIED, DENIED];
const GONE = "no longer have this form";
const draft = (ada: string): Answers => [ada, GONE, GONE, GONE, GONE];
const HISTORY = keyed("azurite-", "basalt-", "Nothing that you may see");
const OF_HER_SNAPSHOT = keyed("azurite-5", "Nobody has changed the snapshot");
const REMOVED = "is removed";
const NONE_THERE = "nothing to remove";

/** A button or menu, what Ada's carried, and where it stood. */
export type ClickRow = readonly [
  action: string,
  carried: Thing | `${"show" | "change" | "history" | "undo"} ${Thing}` | "",
  where: "message" | "modal",
  answers: Answers,
];

export const CLICKS: readonly ClickRow[] = [
  ["review-request", "pending", "message", decided("azurite-2", "azurite-2")],
  ["review-request", "applied", "message", read("azurite-0")],
  ["review-request", "conflict", "message", read("azurite-1")],
  ["review-again", "pending", "modal", decided("azurite-2", "azurite-2")],
  ["review-again", "applied", "modal", read("azurite-0")],
  ["reject-request", "pending", "modal", same("Why not?")],
  ["withdraw-request", "pending", "modal", withdrawn("")],
  ["withdraw-request", "pending", "message", withdrawn("")],
  ["withdraw-request", "applied", "modal", withdrawn("azurite-0")],
  ["withdraw-request", "applied", "message", withdrawn("")],
  ["undo-change", "applied", "message", read("azurite-0", NO_KEY)],
  ["undo-change", "applied", "modal", read("azurite-0", NO_KEY)],
  ["undo-change", "pending", "message", read("azurite-2")],
  ["ask-again", "conflict", "message", read("azurite-1", NO_KEY)],
  ["ask-again", "conflict", "modal", read("azurite-1", NO_KEY)],
  ["snapshot-menu", "show snapshot", "message", SNAPSHOT],
  ["snapshot-menu", "change snapshot", "message", SNAPSHOT_IN_FORM],
  ["snapshot-menu", "history snapshot", "message", OF_HER_SNAPSHOT],
  ["snapshot-menu", "undo applied", "message", read("azurite-0", NO_KEY)],
  ["change-snapshot", "change snapshot", "message", SNAPSHOT_IN_FORM],
  ["snapshot-history", "history snapshot", "message", OF_HER_SNAPSHOT],
  ["list-next", "", "message", EACH_THEIR_OWN],
  ["list-previous", "", "message", EACH_THEIR_OWN],
  ["list-refresh", "", "message", EACH_THEIR_OWN],
  ["history-older", "", "message", keyed("azurite-", "Nothing that you|basalt-")],
  ["history-newer", "", "message", keyed("azurite-", "Nothing that you|basalt-")],
  ["lint-mend", "", "message", FORM],
  ["begin-change", "", "message", FORM],
  ["choose-defaults", "", "message", EACH_THEIR_OWN],
  ["connect-key", "", "message", same(CONNECT)],
  ["snapshot", "form", "modal", draft("azurite-5")],
  ["copy-tags", "form", "modal", draft("azurite")],
  ["back-to-form", "form", "modal", draft("azurite")],
  ["back-to-form", "preview", "modal", draft("azurite")],
  ["look-again", "preview", "modal", draft("azurite-6")],
  ["back-to-form", "many", "modal", draft(MANY)],
  ["back-to-form", "plan", "modal", draft(MANY)],
  ["look-again", "plan", "modal", draft("azurite-7")],
  ["list-change-all", "", "message", MANY_FORM],
  ["see-plan", "plan", "message", draft("azurite-7")],
  ["see-plan", "run", "message", read("azurite-8", NO_KEY)],
  ["see-plan", "run", "modal", same("Looking it up")],
  ["plan-part", "plan", "modal", draft("azurite-7")],
  ["plan-part", "run", "modal", read("azurite-8", NO_KEY)],
  ["plan-next", "run", "modal", read("azurite-8", NO_KEY)],
  ["plan-previous", "run", "modal", read("azurite-8", NO_KEY)],
  ["review-request", "run", "message", read("Done.", NO_KEY)],
  ["review-request", "paused", "message", read("Paused", NO_KEY)],
  ["undo-change", "run", "message", read("azurite-8", NO_KEY)],
  ["undo-change", "paused", "message", read("Paused", NO_KEY)],
  ["retry-rest", "run", "message", read("to change", NO_KEY)],
  ["retry-rest", "applied", "message", read("azurite-0")],
  ["ask-again", "run", "message", read("Done.", NO_KEY)],
  ["pause-run", "paused", "message", steered("Paused")],
  ["pause-run", "run", "modal", steered("Done.")],
  ["go-on-with-run", "paused", "message", steered("")],
  ["stop-run", "paused", "message", steered("")],
  ["stop-run", "paused", "modal", steered("")],
  ["withdraw-request", "paused", "message", withdrawn("")],
  ["disconnect-key", "", "message", ["", REMOVED, REMOVED, NONE_THERE, NONE_THERE]],
];

/** A view, what Ada's carried, and what is entered in it. */
export type SubmissionRow = readonly [
  view: string,
  carried: Thing | "",
  entered: "a key" | "a comment" | "her project" | "her snapshot" | "her snapshots" | "nothing",
  answers: Answers,
];

export const SUBMISSIONS: readonly SubmissionRow[] = [
  ["connect-key", "form", "a key", same("does not accept your API key")],
  ["key-connected", "form", "nothing", draft("azurite")],
  ["change-form", "form", "her snapshot", draft("azurite-5")],
  ["change-preview", "preview", "nothing", draft("")],
  ["change-preview", "form", "nothing", same(GONE)],
  ["review-request", "pending", "nothing", decided(DENIED, "")],
  ["review-request", "applied", "nothing", read("azurite-0")],
  ["reject-request", "pending", "a comment", decided(DENIED, "")],
  ["reject-request", "conflict", "a comment", read("azurite-1")],
  ["bulk-form", "many", "her snapshots", draft("azurite-5")],
  ["bulk-preview", "plan", "nothing", draft("")],
  ["bulk-preview", "form", "nothing", same(GONE)],
  ["review-request", "run", "nothing", read("Done.", NO_KEY)],
  ["choose-defaults", "", "her project", keyed("azurite-works", "the last one")],
  ["choose-snapshot", "form", "her snapshot", draft("azurite")],
];

/** A menu that asks for its options, and what is typed into it. */
export type SuggestionRow = readonly [menu: string, typed: string, answers: Answers];

export const SUGGESTIONS: readonly SuggestionRow[] = [
  ["project", "", EACH_THEIR_OWN],
  ["project", "works", EACH_THEIR_OWN],
  ["region", "", keyed("Luxembourg", "Luxembourg")],
  ["snapshot", "", EACH_THEIR_OWN],
  ["snapshot", "guarded=yes", EACH_THEIR_OWN],
  ["copy-tags", "", EACH_THEIR_OWN],
  ["picked", "", EACH_THEIR_OWN],
  ["picked", "guarded=yes", EACH_THEIR_OWN],
];

/** Each command; `ID` stands for Ada's snapshot, `PROJECT` for her project, `ADA` for herself. */
export const COMMANDS: Readonly<
  Record<CommandName, readonly (readonly [text: string, answers: Answers])[]>
> = {
  change: [
    ["ID", SNAPSHOT_IN_FORM],
    ["ID --project PROJECT --region 148", SNAPSHOT_IN_FORM],
    ["--project PROJECT --region 148", FORM],
    ["", FORM],
  ],
  show: [
    ["show ID", SNAPSHOT],
    ["show ID --project PROJECT --region 148", SNAPSHOT],
  ],
  list: [
    ["list", EACH_THEIR_OWN],
    ["list tag:guarded=yes", EACH_THEIR_OWN],
    ["list project:PROJECT", keyed("azurite-", "sees no ")],
  ],
  history: [
    ["history", HISTORY],
    ["history ID", OF_HER_SNAPSHOT],
    ["history by:ADA", keyed("azurite-", "Nothing that you may see")],
    ["history project:PROJECT", keyed("azurite-", "Nothing that you may see")],
    ["history export:csv", keyed("requests", "1 request", "could not send")],
    ["history by:ADA export:jsonl", keyed("requests", "no file", "could not send")],
  ],
  pending: [
    ["pending", ["azurite-2", "Nothing waits", "Nothing waits", "Nothing waits", "azurite-2"]],
  ],
  lint: [
    ["lint", EACH_THEIR_OWN],
    ["lint project:PROJECT", keyed("azurite-", "sees no project")],
  ],
  bulk: [
    ["bulk tag:guarded=yes", MANY_FORM],
    ["bulk", MANY_FORM],
  ],
  connect: [["connect", same(CONNECT)]],
  key: [["key", keyed("azurite-key", "basalt-key", "cinnabar-key")]],
  help: [["help", same("/snapshot connect")]],
  disconnect: [["disconnect", ["", REMOVED, REMOVED, NONE_THERE, NONE_THERE]]],
};

/** A shortcut, and the message that it is chosen at. */
export type ShortcutRow = readonly [shortcut: string, text: string, answers: Answers];

export const SHORTCUTS: readonly ShortcutRow[] = [
  ["change-snapshot", "", FORM],
  ["change-mentioned-snapshot", "look at ID", SNAPSHOT_IN_FORM],
  ["change-mentioned-snapshot", "ID and ID2", same("Which snapshot?")],
];

export const EVENTS: readonly (readonly [event: string, answers: Answers])[] = [
  ["app_home_opened", ["azurite-key", "basalt-key", "another organisation", NO_KEY, "azurite-2"]],
];
