import { type Person, personId } from "../approval/person.ts";
import type { DefaultPlace, Place } from "../snapshot/snapshot.ts";
import { homesChanged } from "./home-tabs.ts";
import { keyvOver } from "./keyv-store.ts";
import type { Database, Sql } from "./sql.ts";

/** What is remembered of a person so that they need not say it again. */
export interface Preferences {
  /** Where they begin: what they chose as their default, else where they were last. */
  usualPlace(person: Person): Promise<Partial<Place>>;
  /** They changed or looked at a snapshot there. */
  remember(person: Person, place: Place): Promise<void>;
  defaults(person: Person): Promise<DefaultPlace>;
  setDefaults(person: Person, place: DefaultPlace): Promise<void>;
}

const NONE: DefaultPlace = { project: null, region: null };

export function preferencesIn(database: Database): Preferences {
  const last = keyvOver<Place>(database, "last-place");
  const chosen = (sql: Sql) => keyvOver<DefaultPlace>(sql, "default-place");
  const defaults = async (person: Person): Promise<DefaultPlace> =>
    (await chosen(database).get(personId(person))) ?? NONE;
  return {
    defaults,
    async usualPlace(person) {
      const [place, { project, region }] = await Promise.all([
        last.get(personId(person)),
        defaults(person),
      ]);
      return {
        ...place,
        ...(project === null ? {} : { projectId: project.id }),
        ...(region === null ? {} : { regionId: region.id }),
      };
    },
    async remember(person, { projectId, regionId }) {
      await last.set(personId(person), { projectId, regionId });
    },
    setDefaults: (person, place) =>
      database.transaction(async (sql) => {
        await chosen(sql).set(personId(person), place);
        await homesChanged(sql, [person.userId]);
      }),
  };
}
