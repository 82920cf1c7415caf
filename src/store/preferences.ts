import { type Person, personId } from "../approval/person.ts";
import type { Place } from "../snapshot/snapshot.ts";
import { keyvOver } from "./keyv-store.ts";
import type { Sql } from "./sql.ts";

/** What is remembered of a person so that they need not say it again. */
export interface Preferences {
  /** Where they last changed or looked at a snapshot. */
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
