import type { Checkpoint } from "./checkpoint.ts";
import { chainFault, type Sealed } from "./ledger.ts";

/**
 * What is wrong first in a ledger; `entry` is the number of the first entry that is not there as it
 * should be, and `found` the number that stands in its place.
 */
export type Finding =
  | { readonly kind: "unreadable"; readonly entry: number }
  | { readonly kind: "missing" | "out-of-place"; readonly entry: number; readonly found: number }
  | { readonly kind: "previous" | "hash"; readonly entry: number }
  | {
      readonly kind: "other-than-checkpoint";
      readonly entry: number;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "cut-off"; readonly entry: number; readonly checkpoint: Checkpoint };

/** Looks at a ledger entry by entry, and remembers no more than the last one. */
export interface LedgerCheck {
  /** Takes the next entry; undefined: what stands there is none. */
  take(entry: Sealed | undefined): Finding | undefined;
  /** There are no more entries. */
  end(): Finding | undefined;
  /** The last entry that was found good. */
  readonly last: Sealed | undefined;
}

/** A check against the chain itself and against checkpoints whose signatures hold. */
export function checkLedger(checkpoints: readonly Checkpoint[]): LedgerCheck {
  const waiting = checkpoints.toSorted((one, other) => one.seq - other.seq);
  let at = 0;
  let last: Sealed | undefined;
  return {
    take(entry) {
      const expected = (last?.seq ?? 0) + 1;
      if (entry === undefined) return { kind: "unreadable", entry: expected };
      const fault = chainFault(last, entry);
      if (fault === "number") {
        const kind = entry.seq > expected ? "missing" : "out-of-place";
        return { kind, entry: expected, found: entry.seq };
      }
      if (fault !== undefined) return { kind: fault, entry: expected };
      for (let one = waiting[at]; one?.seq === entry.seq; one = waiting[at]) {
        if (one.hash !== entry.hash) {
          return { kind: "other-than-checkpoint", entry: expected, checkpoint: one };
        }
        at += 1;
      }
      last = entry;
      return undefined;
    },
    end() {
      const checkpoint = waiting.at(-1);
      const entry = (last?.seq ?? 0) + 1;
      return checkpoint === undefined || checkpoint.seq < entry
        ? undefined
        : { kind: "cut-off", entry, checkpoint };
    },
    get last() {
      return last;
    },
  };
}
