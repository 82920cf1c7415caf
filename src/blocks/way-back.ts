import type { KnownBlock } from "@slack/types";
import { formatCommand } from "../snapshot/command.ts";
import type { Plan } from "../snapshot/plan.ts";
import type { SnapshotRef } from "../snapshot/snapshot.ts";
import { copyable, heading, paragraph } from "./kit.ts";

/** How a change is taken back: the command that does it, or how to, where that would be too long. */
export function wayBack(title: string, ref: SnapshotRef, plan: Plan): KnownBlock[] {
  if (plan.rows.length === 0) return [];
  const command = backCommand(ref, plan);
  return command === undefined
    ? [
        heading(title),
        paragraph([
          "Put back what stood there before, in several steps: the command for all of it would be too long to type.",
        ]),
      ]
    : [heading(title), copyable(command)];
}

function backCommand(ref: SnapshotRef, plan: Plan): string | undefined {
  const tags = plan.inverse.tags ?? [];
  const { projectId, regionId, snapshotId } = ref;
  const command = formatCommand({
    kind: "change",
    projectId,
    regionId,
    snapshotId,
    ...(plan.inverse.name === undefined ? {} : { name: plan.inverse.name }),
    set: tags.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])),
    remove: tags.flatMap(({ key, value }) => (value === null ? [key] : [])),
    others: "keep",
  });
  return command.length <= 2_000 ? `/snapshot ${command}` : undefined;
}
