import type { KnownBlock } from "@slack/types";
import { type Finding, mendOf } from "../approval/lint.ts";
import type { Breach, ProjectName } from "../problem.ts";
import { type ChangeCommand, formatCommand, parseCommand } from "../snapshot/command.ts";
import { breachPhrase } from "./breach-words.ts";
import {
  bullets,
  button,
  dotted,
  type Message,
  message,
  paragraph,
  plain,
  shortened,
} from "./kit.ts";
import {
  forWhat,
  type ListFrame,
  nameWords,
  noneSeenPhrase,
  notesOn,
  pageButtons,
  rangeWords,
} from "./list-frame.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { clip, visible } from "./visible.ts";

export const MEND_ACTION = "lint-mend";

const MOST_BREACHES = 3;
const MOST_VALUES = 4;
/** Longest command that a button carries: Slack takes 2,000 characters. */
const MOST_COMMAND = 1_000;

/** A page of what breaks the tag rules; `total` of the frame counts those that do. */
export interface LintPage extends ListFrame {
  /** All that break them, and those that stand on this page. */
  readonly findings: readonly Finding[];
  readonly rows: readonly Finding[];
  /** How many snapshots were looked at. */
  readonly lookedAt: number;
  readonly projects: readonly ProjectName[];
}

/** Where the policy has no tag rules. */
export const noTagRulesMessage = (): Message =>
  message([
    "Your team's policy has no tag rules, so no snapshot breaks any. Whoever runs this bot can add some.",
  ]);

/** The snapshots that break the tag rules, a page of them, each with a button to mend it. */
export const lintMessage = (page: LintPage): Message =>
  message(
    headline(page),
    ...(page.total === 0 ? [] : [bullets(countPhrases(page.findings))]),
    ...page.rows.flatMap((finding) => findingBlocks(finding, page.projects)),
    ...notesOn(page).map(paragraph),
    pageButtons("lint", page),
  );

/** What was found, and in how many: nothing is said of what was not read. */
function headline(page: LintPage): Phrase {
  const { total, lookedAt, unread, rows } = page;
  if (lookedAt === 0) return noneSeenPhrase(page);
  const all = `of the ${lookedAt.toLocaleString("en")} snapshots`;
  const whose = unread === 0 ? " that your key sees" : " that I have read so far";
  const seen: Phrase = [whose, ...forWhat(page)];
  if (lookedAt === 1) {
    return [
      "The only snapshot",
      ...seen,
      total === 0 ? " breaks no tag rule." : " breaks tag rules.",
    ];
  }
  if (total === 0) return [`None ${all}`, ...seen, " breaks a tag rule."];
  const verb = total === 1 ? "breaks tag rules" : "break tag rules, the newest first";
  const count = total.toLocaleString("en");
  return [`${count} ${all}`, ...seen, ` ${verb}${rangeWords(page, rows.length)}.`];
}

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
  "name-unlike": "with a name that is not allowed",
};

function findingBlocks(finding: Finding, projects: readonly ProjectName[]): KnownBlock[] {
  const { snapshot, breaches } = finding;
  const { name, region, projectId, regionId, snapshotId } = snapshot;
  const project = projects.find(({ id }) => id === projectId);
  const command: ChangeCommand = {
    ...{ kind: "change", projectId, regionId, snapshotId },
    ...{ set: mendOf(finding), remove: [], others: "keep" },
  };
  const where = [clip(region, 60), clip(project?.name ?? `project ${projectId}`, 60), snapshotId];
  return [
    {
      type: "section",
      block_id: `lint-${snapshotId}`,
      text: plain(`${nameWords(name)}\n${plainOf(dotted(where.map((fact) => [fact])))}`),
      accessory: {
        ...button(MEND_ACTION, "Mend", { value: commandText(command) }),
        // There are several of them, which a screen reader is to tell apart.
        accessibility_label: clip(`Mend ${visible(name)}`, 75),
      },
    },
    bullets(
      shortened(
        breaches.map((breach) => breachPhrase(breach, MOST_VALUES)),
        MOST_BREACHES,
      ),
    ),
  ];
}

/** The command that opens the form for it; one that is not taken goes without what it would fill in. */
function commandText(command: ChangeCommand): string {
  const text = formatCommand(command);
  const isTaken = text.length <= MOST_COMMAND && parseCommand(text).ok;
  return isTaken ? text : formatCommand({ ...command, set: [] });
}
