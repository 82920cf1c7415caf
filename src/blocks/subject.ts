import type { KnownBlock } from "@slack/types";
import type { BulkPreview, ChangeRequest, Preview } from "../approval/change-request.ts";
import type { Refused } from "../approval/notice.ts";
import type { ProjectName } from "../problem.ts";
import { counted } from "./amounts.ts";
import { AIM, aimLines, planPhrase } from "./bulk-words.ts";
import { difference, rowPhrase } from "./difference.ts";
import { bullets, heading, shortened } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

type About = ChangeRequest | Preview | BulkPreview;

/** What a request is about: `snapshot nightly`, or `240 snapshots`. */
export const subjectOf = (request: About): Phrase =>
  "bulk" in request
    ? [{ bold: counted(request.bulk.size, "snapshot") }]
    : ["snapshot ", { bold: clip(request.before.name, 200) }];

/** What an attempt was about that was refused. */
export const refusedSubject = (refused: Refused): Phrase =>
  "bulk" in refused
    ? [{ bold: counted(refused.bulk.size, "snapshot") }]
    : ["snapshot ", { bold: clip(refused.snapshotName, 200) }];

/** The same where the name stands alone. */
export const titleOf = (request: About, most: number): string =>
  "bulk" in request ? counted(request.bulk.size, "snapshot") : clip(request.before.name, most);

/** Where that is. */
export function placePhrase(request: About, project?: ProjectName): Phrase {
  if ("bulk" in request) return planPhrase(request.bulk);
  const { ref, before } = request;
  const name = project === undefined ? "" : `${clip(project.name, 100)} `;
  return [`Project ${name}${ref.projectId}, region ${before.region}, `, { code: ref.snapshotId }];
}

/** What would change, a line each. */
export const changeLines = (request: About): readonly Phrase[] =>
  "bulk" in request ? aimLines(request.bulk) : request.plan.rows.map(rowPhrase);

/** The same as a list; after `most` of them it says how many more there are. */
export const changeBlocks = (request: About, most: number): KnownBlock[] =>
  "bulk" in request
    ? [heading(AIM), bullets(shortened(aimLines(request.bulk), most))]
    : difference(request.plan.rows, most);
