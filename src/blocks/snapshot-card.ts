import type { KnownBlock } from "@slack/types";
import type { ProjectName } from "../problem.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { tagValue } from "../snapshot/snapshot.ts";
import { bullets, heading, labelled } from "./kit.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { tagList } from "./tag-list.ts";
import { clip } from "./visible.ts";

const MOST_TAGS = 50;

/** A snapshot as Gcore answered it, whole. Times are shown in the reader's own time zone. */
export function snapshotCard(snapshot: Snapshot, project: ProjectName | undefined): KnownBlock[] {
  const volumeName = tagValue(snapshot.tags, "volume_name");
  const facts: Phrase[] = [
    labelled("Name", { code: clip(snapshot.name, 300) }),
    labelled("Id", { code: snapshot.snapshotId }),
    labelled("Status", snapshot.status),
    labelled("Size", `${snapshot.sizeGib} GiB`),
    labelled("Region", `${snapshot.region} (${snapshot.regionId})`),
    labelled(
      "Project",
      project === undefined ? `${snapshot.projectId}` : `${project.name} (${project.id})`,
    ),
    labelled("Volume", ...volume(volumeName, snapshot.volumeId)),
    labelled(
      "Description",
      clip(snapshot.description?.trim().replaceAll(/\s+/g, " ") || "none", 500),
    ),
    labelled("Created", ...time(snapshot.createdAt)),
    labelled("Updated", ...time(snapshot.updatedAt)),
    labelled("Creator task", ...optional(snapshot.creatorTaskId)),
    labelled(
      "Lock",
      ...(snapshot.taskId === null ? ["none"] : ["held by task ", { code: snapshot.taskId }]),
    ),
  ];
  const tags = tagList(snapshot.tags, MOST_TAGS);
  return [bullets(facts), heading(tags.length === 0 ? "Tags: none" : "Tags"), ...tags];
}

const optional = (text: string | null): Piece[] => [text === null ? "unknown" : { code: text }];
const time = (at: number | null): Piece[] => [at === null ? "unknown" : { date: at }];
const volume = (name: string | undefined, id: string | null): Piece[] =>
  name === undefined ? optional(id) : [clip(name, 300), " (", ...optional(id), ")"];
