import type { KnownBlock } from "@slack/types";
import { type Finding, mendOf } from "../approval/lint.ts";
import type { Breach, Problem, ProjectName } from "../problem.ts";
import { type ChangeCommand, formatCommand, parseCommand } from "../snapshot/command.ts";
import { type LintFilter, lintWords } from "../snapshot/lint-words.ts";
import { breachPhrase } from "./breach-words.ts";
import { actions, bullets, button, type Message, message, paragraph, shortened } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import { clip, visible } from "./visible.ts";

export const MEND_ACTION = "lint-mend";
export const LINT_BACK_ACTION = "lint-back";
export const LINT_ON_ACTION = "lint-on";
export const LINT_AGAIN_ACTION = "lint-again";

/** Slack takes 50 blocks in a message, and not too much text. */
const MOST = 8;
const MOST_BREACHES = 3;
const MOST_VALUES = 4;
/** Longest command that a button carries: Slack takes 2,000 characters. */
const MOST_COMMAND = 1_000;

/** What was looked at, and how far it is known. */
export interface Looked {
  readonly filter: LintFilter;
  /** How many snapshots were looked at. */
  readonly count: number;
  readonly projects: readonly ProjectName[];
  /** When the oldest of it was read; null: nothing was. */
  readonly readAt: number | null;
  /** How many places are not read yet; null: not even that is known. */
  readonly unread: number | null;
  readonly problem: Problem | undefined;
}

/** Where the policy has no tag rules. */
export const noTagRulesMessage = (): Message =>
  message([
    "Your team's policy has no tag rules, so no snapshot breaks any. Whoever runs this bot can add some.",
  ]);

/** The snapshots that break the tag rules, a page of them, each with a button to mend it. */
export function lintMessage(findings: readonly Finding[], looked: Looked): Message {
  const { filter } = looked;
  const pages = Math.max(1, Math.ceil(findings.length / MOST));
  const page = Math.min(filter.page ?? 1, pages);
  const shown = findings.slice((page - 1) * MOST, page * MOST);
  return message(
    [headWords(findings.length, looked)],
    ...(findings.length === 0 ? [] : [bullets(countPhrases(findings))]),
    ...knownBlocks(looked),
    ...shown.flatMap((finding) => findingBlocks(finding, looked.projects)),
    ...(pages === 1 ? [] : [paragraph([`Page ${page} of ${pages}`])]),
    actions(
      "lint-pages",
      ...(page > 1 ? [turn(LINT_BACK_ACTION, "Back", { ...filter, page: page - 1 })] : []),
      ...(page < pages ? [turn(LINT_ON_ACTION, "Next", { ...filter, page: page + 1 })] : []),
      turn(LINT_AGAIN_ACTION, "Look again", { ...filter, page }),
    ),
  );
}

/** What was found, and in how many: nothing is said of what was not read. */
function headWords(found: number, { count, unread }: Looked): string {
  if (count === 0) {
    return unread === 0 ? "Your key sees no snapshot there." : "I have not seen a snapshot so far.";
  }
  const seen = unread === 0 ? "that your key sees" : "that I have read so far";
  const all = `${count} ${count === 1 ? "snapshot" : "snapshots"} ${seen}`;
  return found === 0
    ? `None of the ${all} breaks your team's tag rules.`
    : `${found} of the ${all} ${found === 1 ? "breaks" : "break"} your team's tag rules.`;
}

const turn = (actionId: string, text: string, filter: LintFilter) =>
  button(actionId, text, { value: `lint ${lintWords(filter)}` });

/** How many snapshots break a rule of each sort. */
function countPhrases(findings: readonly Finding[]): Phrase[] {
  return (Object.entries(SORTS) as [Breach["kind"], string][]).flatMap(([kind, words]) => {
    const count = findings.filter(({ breaches }) =>
      breaches.some((breach) => breach.kind === kind),
    ).length;
    return count === 0 ? [] : [[{ bold: String(count) }, ` ${words}`]];
  });
}

const SORTS: Readonly<Record<Exclude<Breach["kind"], "tag-protected">, string>> = {
  "tag-missing": "without a required tag",
  "tag-value": "with a value that is not allowed",
  "too-many-tags": "with too many tags",
  "name-unlike": "with another name than is wanted",
};

/** How old it is, and what is not known of it. */
function knownBlocks({ readAt, unread, problem }: Looked): KnownBlock[] {
  const age: Phrase = readAt === null ? [] : ["As Gcore had it ", { date: readAt }, "."];
  const missing: Phrase =
    unread === 0
      ? []
      : [
          unread === null
            ? "I have not read yet which projects and regions there are."
            : `Not read yet: ${unread} ${unread === 1 ? "place" : "places"}, a project in a region each.`,
          " Press Look again in a moment.",
        ];
  const lines = [age, missing, problem === undefined ? [] : problemPhrase(problem)];
  return lines.filter((line) => line.length > 0).map((line) => paragraph(line));
}

function findingBlocks(finding: Finding, projects: readonly ProjectName[]): KnownBlock[] {
  const { snapshot, breaches } = finding;
  const { name, region, projectId, regionId, snapshotId } = snapshot;
  const project = projects.find(({ id }) => id === projectId);
  const place =
    project === undefined ? projectId : `${clip(visible(project.name), 60)} (${projectId})`;
  const command: ChangeCommand = {
    ...{ kind: "change", projectId, regionId, snapshotId },
    ...{ set: mendOf(finding), remove: [], others: "keep" },
  };
  return [
    paragraph([
      { bold: clip(visible(name), 100) },
      ` in ${clip(region, 60)}, project ${place}, `,
      { code: snapshotId },
    ]),
    bullets(
      shortened(
        breaches.map((breach) => breachPhrase(breach, MOST_VALUES)),
        MOST_BREACHES,
      ),
    ),
    actions(`lint-${snapshotId}`, {
      ...button(MEND_ACTION, "Mend", { value: commandText(command) }),
      // There are several of them, which a screen reader is to tell apart.
      accessibility_label: clip(`Mend ${visible(name)}`, 75),
    }),
  ];
}

/** The command that opens the form for it; one that is not taken goes without what it would fill in. */
function commandText(command: ChangeCommand): string {
  const text = formatCommand(command);
  const isTaken = text.length <= MOST_COMMAND && parseCommand(text).ok;
  return isTaken ? text : formatCommand({ ...command, set: [] });
}
