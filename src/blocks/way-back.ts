import type { KnownBlock } from "@slack/types";
import { type ChangeCommand, formatCommand, parseCommand } from "../snapshot/command.ts";
import type { Plan } from "../snapshot/plan.ts";
import type { SnapshotRef } from "../snapshot/snapshot.ts";
import { copyable, heading, paragraph } from "./kit.ts";
import { visible } from "./visible.ts";

/** Longer than this nobody types a command. */
const MOST_TEXT = 2_000;

/** How a change is taken back: by a command that does it or, where none can, by hand. */
export function wayBack(title: string, ref: SnapshotRef, plan: Plan): KnownBlock[] {
  if (plan.rows.length === 0) return [];
  const command = backCommand(ref, plan);
  return command === undefined
    ? [
        heading(title),
        paragraph([
          "One command cannot put all of it back. Put back what stood there before in several steps, as far as Gcore takes it.",
        ]),
      ]
    : [heading(title), copyable(`/snapshot ${command}`)];
}

/** The command, if it does exactly that when it is typed as it is shown. */
function backCommand(ref: SnapshotRef, plan: Plan): string | undefined {
  const tags = plan.inverse.tags ?? [];
  const { projectId, regionId, snapshotId } = ref;
  const meant: ChangeCommand = {
    kind: "change",
    projectId,
    regionId,
    snapshotId,
    ...(plan.inverse.name === undefined ? {} : { name: plan.inverse.name }),
    set: tags.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])),
    remove: tags.flatMap(({ key, value }) => (value === null ? [key] : [])),
    others: "keep",
  };
  const text = formatCommand(meant);
  const oneWay = plan.warnings.some(
    ({ kind }) => kind === "name-cannot-return" || kind === "tag-cannot-return",
  );
  // What is hidden in it would be shown in another way, and what looks like a key is refused.
  const read = parseCommand(visible(text));
  const works = read.ok && read.value.kind === "change" && formatCommand(read.value) === text;
  return works && !oneWay && text.length <= MOST_TEXT ? text : undefined;
}
