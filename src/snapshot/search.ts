import { type Snapshot, tagValue } from "./snapshot.ts";

/**
 * The snapshots that fit what somebody typed, the best first, and among equals the youngest. Each
 * word must be part of the name, of the volume's name or id, or of a tag's value, or begin the id; a
 * word with `=` means a tag: its key, and what its value begins with. Upper and lower case are one.
 */
export function searchSnapshots(
  snapshots: readonly Snapshot[],
  typed: string,
): readonly Snapshot[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return snapshots
    .map((snapshot) => ({ snapshot, rank: rankOf(snapshot, words) }))
    .filter(({ rank }) => rank !== undefined)
    .sort(
      (a, b) =>
        (a.rank ?? 0) - (b.rank ?? 0) ||
        (b.snapshot.createdAt ?? 0) - (a.snapshot.createdAt ?? 0) ||
        (a.snapshot.snapshotId < b.snapshot.snapshotId ? -1 : 1),
    )
    .map(({ snapshot }) => snapshot);
}

/** How well the words fit, the less the better; undefined when one of them does not. */
function rankOf(snapshot: Snapshot, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    const rank = fitOf(snapshot, word);
    if (rank === undefined) return undefined;
    sum += rank;
  }
  return sum;
}

function fitOf({ snapshotId, name, volumeId, tags }: Snapshot, word: string): number | undefined {
  const title = name.toLowerCase();
  if (snapshotId === word || title === word) return 0;
  if (title.startsWith(word)) return 1;
  if (title.includes(word)) return 2;
  if (snapshotId.startsWith(word)) return 3;
  const volume = tagValue(tags, "volume_name")?.toLowerCase();
  if (volume?.includes(word) || volumeId?.startsWith(word)) return 4;
  const equals = word.indexOf("=");
  const fits =
    equals > 0
      ? tags.some(
          ({ key, value }) =>
            key.toLowerCase() === word.slice(0, equals) &&
            value.toLowerCase().startsWith(word.slice(equals + 1)),
        )
      : tags.some(({ value }) => value.toLowerCase().includes(word));
  return fits ? 5 : undefined;
}
