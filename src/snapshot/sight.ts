import type { Problem, ProjectName } from "../problem.ts";
import type { Region, Snapshot } from "./snapshot.ts";

/** Where a person's key may see something, as far as it is known by now. */
export interface Lists {
  readonly projects: readonly ProjectName[];
  /** The open ones. */
  readonly regions: readonly Region[];
  /** What kept Gcore from telling more. */
  readonly problem: Problem | undefined;
}

/** What a person's key sees, as far as it is known by now. */
export interface Sight extends Lists {
  /** Those in the wanted places. */
  readonly snapshots: readonly Snapshot[];
  /** When the oldest of it was read, in milliseconds since 1970; null: nothing was so far. */
  readonly readAt: number | null;
  /** How many of the wanted places have not been read so far; null: not even that is known. */
  readonly unread: number | null;
}
