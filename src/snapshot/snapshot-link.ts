import type { SnapshotRef } from "./snapshot.ts";

const UUID =
  /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/gi;
const API_PATH = /\/snapshots\/([1-9]\d{0,14})\/([1-9]\d{0,14})\/[0-9a-f-]{36}/i;

/** True for one id and nothing else. */
export const isSnapshotId = (text: string): boolean =>
  text.length === 36 && findSnapshotIds(text).length === 1;

/** The different snapshot ids in a text, in lower case: an id alone, or a link that has one in it. */
export const findSnapshotIds = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(UUID)].map(([id]) => id.toLowerCase())),
];

/** What a text says of where a snapshot is; a link to the API says the project and the region too. */
export function readSnapshotLink(text: string): Partial<SnapshotRef> {
  const [snapshotId, ...more] = findSnapshotIds(text);
  if (snapshotId === undefined || more.length > 0) return {};
  const path = API_PATH.exec(text);
  return path === null
    ? { snapshotId }
    : { snapshotId, projectId: Number(path[1]), regionId: Number(path[2]) };
}
