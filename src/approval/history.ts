import type { ChangeRequest } from "./change-request.ts";
import type { Person } from "./person.ts";

/** Who looks: at their own requests, and at all of the projects that their key sees. */
export interface Viewer {
  readonly person: Person;
  readonly projectIds: readonly number[];
}

/** Which requests are wanted; all that the viewer may see where nothing is said. */
export interface HistoryQuery {
  readonly snapshotId?: string;
  /** The user id of who asked. */
  readonly requester?: string;
  readonly projectIds?: readonly number[];
  readonly states?: readonly ChangeRequest["state"][];
  /** From this moment on, and before that one. */
  readonly since?: number;
  readonly until?: number;
}

/** A request's place among all, by when it was asked for. */
export interface HistoryPlace {
  readonly askedAt: number;
  readonly id: string;
}

/** Where a page begins: with what comes before or after a place. */
export type From = { readonly olderThan: HistoryPlace } | { readonly newerThan: HistoryPlace };

/** Requests, the newest first, and whether there are others around them. */
export interface HistoryPage {
  readonly requests: readonly ChangeRequest[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
}

/** The order of the history; the id decides between two of the same moment. */
export const newestFirst = (one: HistoryPlace, other: HistoryPlace): number =>
  other.askedAt - one.askedAt || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
