import { type Person, personId } from "../approval/person.ts";
import { keyvOver } from "./keyv-store.ts";
import type { Sql } from "./sql.ts";

/** Where a person last changed or looked at a snapshot. */
export interface Place {
  readonly projectId: number;
  readonly regionId: number;
}

/** What is remembered of a person so that they need not say it again. */
export interface Preferences {
  lastPlace(person: Person): Promise<Place | undefined>;
  remember(person: Person, place: Place): Promise<void>;
}

export function preferencesIn(sql: Sql): Preferences {
  const places = keyvOver<Place>(sql, "last-place");
  return {
    lastPlace: (person) => places.get(personId(person)),
    async remember(person, { projectId, regionId }) {
      await places.set(personId(person), { projectId, regionId });
    },
  };
}
