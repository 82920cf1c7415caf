import type { KeyScope } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { isOfKey } from "../blocks/problem-words.ts";
import { problemMessage } from "../blocks/replies.ts";
import { noSuchPlaceMessage } from "../blocks/snapshot-list.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Result } from "../problem.ts";
import { type Filter, matches, newestFirst, placeOf } from "../snapshot/filter.ts";
import type { Sight } from "../snapshot/sight.ts";
import { lookingKey } from "./looking-key.ts";

/** How long Gcore is waited for before what is known by then is shown. Milliseconds. */
const PATIENCE = 4_000;

/** What fits a filter, the newest first, and what else is known of where it was looked for. */
export interface Found extends Sight {
  readonly scope: KeyScope;
  readonly now: number;
}

/**
 * The snapshots that the person's key sees and that fit the filter; those that were read more than
 * `fresh` milliseconds ago are read anew.
 * @returns else what keeps them from being looked for, for the person.
 */
export async function findSnapshots(
  deps: Deps,
  person: Person,
  filter: Filter,
  fresh?: number,
): Promise<Result<Found, Message>> {
  const { catalogue, clock } = deps;
  const key = await lookingKey(deps, person);
  if (!key.ok) return err(problemMessage(key.problem));
  const { apiKey, scope } = key.value;
  const caller = { person, apiKey };
  const names = await catalogue.lists(caller, PATIENCE);
  const place = placeOf(filter, names.projects, names.regions);
  if (!place.ok) return err(noSuchPlaceMessage(place.problem));
  const sight = await catalogue.see(caller, place.value, PATIENCE, fresh);
  const { problem, projects } = sight;
  if (problem !== undefined && isOfKey(problem) && sight.readAt === null) {
    return err(problemMessage(problem));
  }
  const now = clock.now();
  const snapshots = sight.snapshots
    .filter((snapshot) => matches(filter, snapshot, { now, projects }))
    .sort(newestFirst);
  return ok({ ...sight, snapshots, scope, now });
}
