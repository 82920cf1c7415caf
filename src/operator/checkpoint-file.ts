import type { PublicKey } from "../approval/checkpoint.ts";
import { type Checkpoint, readCheckpoint, signatureFault } from "../approval/checkpoint.ts";
import { linesOf } from "./lines.ts";

/** A line of a checkpoint file that is not to be trusted. */
export interface BadCheckpoint {
  readonly kind: "no-checkpoint" | "unknown-key" | "bad-signature";
  readonly line: number;
  /** The id of the key that is said to have signed it. */
  readonly key: string | null;
}

/**
 * Reads the checkpoints in a file, one a line, and judges their signatures. White space around a
 * line and empty lines do not count: it may have been copied by hand.
 * @throws CannotDo when the file cannot be read.
 */
export async function readCheckpoints(
  file: string,
  keys: readonly PublicKey[],
): Promise<{ readonly good: readonly Checkpoint[]; readonly bad: readonly BadCheckpoint[] }> {
  const good: Checkpoint[] = [];
  const bad: BadCheckpoint[] = [];
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text?.trim() === "") continue;
    const one = text === undefined ? undefined : readCheckpoint(text);
    const kind = one === undefined ? "no-checkpoint" : signatureFault(one, keys);
    if (kind !== undefined) bad.push({ kind, line, key: one?.key ?? null });
    else if (one !== undefined) good.push(one);
  }
  return { good, bad };
}
