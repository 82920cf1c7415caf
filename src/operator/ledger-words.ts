import type { Finding } from "../approval/ledger-check.ts";
import type { BadCheckpoint } from "./checkpoint-file.ts";

/** What is wrong with a ledger, in a sentence that names the entry. */
export function findingWords(finding: Finding): string {
  const { entry } = finding;
  switch (finding.kind) {
    case "unreadable":
      return `Entry ${entry} cannot be read: what stands in its place is no entry.`;
    case "missing":
      return `${range(entry, finding.found - 1)} missing: entry ${finding.found} stands there instead.`;
    case "out-of-place":
      return `Entry ${entry} is not in its place: entry ${finding.found} stands there instead.`;
    case "previous":
      return entry === 1
        ? "Entry 1 is not the first of a ledger: it names an entry before it."
        : `Entry ${entry} does not follow from entry ${entry - 1}: one of the two was changed.`;
    case "hash":
      return `Entry ${entry} was changed: its hash is another one.`;
    case "other-than-checkpoint":
      return `Entry ${entry} is not the one that was there at ${finding.checkpoint.at}, says its checkpoint: the ledger was made anew.`;
    case "cut-off":
      return `${range(entry, finding.checkpoint.seq)} cut off: there was an entry ${finding.checkpoint.seq} at ${finding.checkpoint.at}, says its checkpoint.`;
    default:
      return finding satisfies never;
  }
}

/** What is wrong with a line of a checkpoint file. */
export function badCheckpointWords({ kind, line, key }: BadCheckpoint): string {
  switch (kind) {
    case "no-checkpoint":
      return `Line ${line} of the checkpoints is no checkpoint.`;
    case "unknown-key":
      return `The checkpoint in line ${line} is signed with key ${key}, which was not given.`;
    case "bad-signature":
      return `The checkpoint in line ${line} is forged: its signature is not that of key ${key}.`;
    default:
      return kind satisfies never;
  }
}

const range = (from: number, to: number): string =>
  from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`;
