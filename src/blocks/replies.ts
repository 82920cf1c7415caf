import type { KeyScope } from "../approval/key-scope.ts";
import type { Problem, ProjectName } from "../problem.ts";
import type { CommandFault, CommandName } from "../snapshot/command.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { filterFaultPhrase } from "./filter-fault-words.ts";
import { keyCard, keyFacts } from "./key-card.ts";
import { actions, bullets, button, type Message, message, paragraph } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { accidentPhrase } from "./plain-views.ts";
import { isOfKey, problemWords } from "./problem-words.ts";
import { snapshotButtons } from "./snapshot-actions.ts";
import { snapshotCard } from "./snapshot-card.ts";
import { clip } from "./visible.ts";

export const CONNECT_ACTION = "connect-key";

/** What each command looks like, and what it does. */
const USAGE: Readonly<Record<CommandName, { readonly usage: string; readonly does: string }>> = {
  change: {
    usage:
      '/snapshot [id or link] [--project 1] [--region 7] [--name "New name"] [key=value …] [-key …] [--clear-tags] [--replace-tags] [--reason "why"]',
    does: "opens the form to change a snapshot, filled with what you wrote",
  },
  list: {
    usage:
      "/snapshot list [words] [name:db-*] [tag:team=core] [older:30d] [project:1] [region:7] …",
    does: "lists the snapshots that your key sees, to you alone",
  },
  show: {
    usage: "/snapshot show <id or link> [--project 1] [--region 7]",
    does: "shows a snapshot to you alone",
  },
  history: {
    usage:
      "/snapshot history [id or link] [by:me] [project:1] [since:7d] [until:2026-11-21] [outcome:failed] [export:csv]",
    does: "shows what was asked for, decided and done, to you alone",
  },
  pending: {
    usage: "/snapshot pending",
    does: "shows your requests that wait, and those that wait for you",
  },
  lint: {
    usage: "/snapshot lint [words] [tag:team=core] [project:1] …",
    does: "lists the snapshots that break your team's tag rules, to you alone",
  },
  bulk: {
    usage: "/snapshot bulk [words] [name:db-*] [tag:team=core] [older:30d] …",
    does: "opens the form to change many snapshots at once",
  },
  connect: { usage: "/snapshot connect", does: "connects your own Gcore API key" },
  key: { usage: "/snapshot key", does: "shows what your key may do" },
  disconnect: { usage: "/snapshot disconnect", does: "removes your key from here for good" },
  help: { usage: "/snapshot help", does: "shows this" },
};

/** All commands. */
export const helpMessage = (): Message =>
  message(
    ["I rename and retag Gcore volume snapshots, with your own API key. What you can type:"],
    bullets(Object.values(USAGE).map(({ usage, does }): Phrase => [{ code: usage }, `: ${does}.`])),
    bullets([
      [{ code: "key=value" }, " sets a tag, ", { code: "-key" }, " removes one."],
      [
        { code: "--clear-tags" },
        " removes all tags, ",
        { code: "--replace-tags" },
        " all that you do not set.",
      ],
      ["Put quotes around what has spaces in it: ", { code: 'owner="Ada Lovelace"' }, "."],
      ["Nothing is changed before you have seen exactly what will change."],
    ]),
  );

/** A command that was not understood, with the usage of the one that was most likely meant. */
export function commandFaultMessage(fault: CommandFault): Message {
  if (fault.kind === "key-in-text") return problemMessage({ kind: "key-in-text" });
  const { usage, does } = USAGE[fault.usage];
  const takesWords = ["list", "lint", "bulk"].includes(fault.usage);
  return message(
    faultPhrase(fault),
    ...(fault.kind === "filter" && takesWords
      ? [paragraph(["To look for a name that has this in it, put it in quotes."])]
      : []),
    paragraph([{ code: usage }, `: ${does}.`]),
    paragraph(["All commands: ", { code: "/snapshot help" }]),
  );
}

function faultPhrase(fault: Exclude<CommandFault, { kind: "key-in-text" }>): Phrase {
  switch (fault.kind) {
    case "quote-open":
      return ["A quote in your command is not closed."];
    case "word":
      return ["I do not know what to do with ", { code: clip(fault.word, 100) }, "."];
    case "option":
      return [
        "There is no option ",
        { code: clip(`--${fault.option}`, 100) },
        " here. The nearest one is ",
        { code: `--${fault.nearest}` },
        ".",
      ];
    case "option-value":
      return ["Something is missing after ", { code: `--${fault.option}` }, "."];
    case "option-twice":
      return ["You wrote ", { code: `--${fault.option}` }, " twice."];
    case "number":
      return [
        { code: `--${fault.option}` },
        " takes a number, not ",
        { code: clip(fault.value, 100) },
        ".",
      ];
    case "snapshot-none":
      return ["Which snapshot? Write its id, or a link that has the id in it."];
    case "snapshot-many":
      return ["There is more than one snapshot id in your command. Write one."];
    case "clear-with-tags":
      return [
        { code: "--clear-tags" },
        " removes all tags, yet you also set some. To set these and remove all others, write ",
        { code: "--replace-tags" },
        ".",
      ];
    case "replace-without-tags":
      return [
        { code: "--replace-tags" },
        " needs tags to put in their place. To remove all tags, write ",
        { code: "--clear-tags" },
        ".",
      ];
    default:
      return filterFaultPhrase(fault);
  }
}

/** A problem, told to the person alone; where another key helps, with a button for it. */
export function problemMessage(problem: Problem): Message {
  const { what, next } = problemWords(problem);
  return message(
    what,
    paragraph(next),
    ...(isOfKey(problem)
      ? [actions("problem-actions", button(CONNECT_ACTION, "Connect a key"))]
      : []),
  );
}

/** Something that nobody foresaw. */
export const accidentMessage = (reference: string): Message => message(accidentPhrase(reference));

/** A snapshot, shown to one person; `undoes`: the last change of it, when it can be taken back. */
export const snapshotMessage = (
  snapshot: Snapshot,
  project: ProjectName | undefined,
  undoes: string | null,
): Message =>
  message(
    ["Snapshot ", { bold: clip(snapshot.name, 200) }],
    ...snapshotCard(snapshot, project),
    actions("snapshot-actions", ...snapshotButtons(snapshot, undoes)),
  );

/** The person's key, shown to them alone; `obstacle`: why it can no longer be used. */
export const keyMessage = (scope: KeyScope, obstacle?: Problem): Message => {
  if (obstacle === undefined) return message(["What your key may do:"], ...keyCard(scope));
  const { what, next } = problemWords(obstacle);
  return message(
    what,
    paragraph(next),
    keyFacts(scope),
    actions("problem-actions", button(CONNECT_ACTION, "Connect a key")),
  );
};

const STILL_IN_GCORE = "In Gcore it still works: revoke it in the portal if you no longer need it.";
const REMOVED = {
  none: "You have no API key here. There is nothing to remove.",
  removed: `Your API key is removed from here for good. ${STILL_IN_GCORE}`,
  leaving: `Your API key is removed. Somebody is reading the database right now, a backup perhaps; its sealed copy leaves the files when they have ended. ${STILL_IN_GCORE}`,
} as const;

/** What became of a key that was to be removed. */
export const disconnectedMessage = (removal: keyof typeof REMOVED): Message =>
  message([REMOVED[removal]]);
