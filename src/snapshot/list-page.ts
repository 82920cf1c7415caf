import { newestFirst } from "./filter.ts";
import type { Snapshot } from "./snapshot.ts";

/** A page of a list, and where it, the one before and the one after begin. */
export interface Page {
  readonly items: readonly Snapshot[];
  readonly before: number;
  readonly from: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The place where the first page begins. */
export const FIRST_PAGE = "-";

/**
 * The page that begins at a place: at a snapshot, or where it stood when it is no longer there. So
 * what comes and goes meanwhile moves nobody's page.
 */
export function pageOf(sorted: readonly Snapshot[], from: string, size: number): Page {
  const place = readPlace(from);
  const at = place === undefined ? 0 : sorted.findIndex((one) => newestFirst(one, place) >= 0);
  // Past the end there is nothing: the last page is shown.
  const before = at < 0 ? Math.max(0, sorted.length - size) : at;
  return {
    items: sorted.slice(before, before + size),
    before,
    from: placeOf(sorted, before),
    previous: before === 0 ? null : placeOf(sorted, Math.max(0, before - size)),
    next: before + size < sorted.length ? placeOf(sorted, before + size) : null,
  };
}

const placeOf = (sorted: readonly Snapshot[], index: number): string => {
  const first = sorted[index];
  return index === 0 || first === undefined
    ? FIRST_PAGE
    : `${first.createdAt ?? 0}/${first.snapshotId}`;
};

function readPlace(from: string): Pick<Snapshot, "createdAt" | "snapshotId"> | undefined {
  const [, createdAt, snapshotId] = /^(\d{1,15})\/([0-9a-f-]{36})$/.exec(from) ?? [];
  return createdAt === undefined || snapshotId === undefined
    ? undefined
    : { createdAt: Number(createdAt), snapshotId };
}
