import { type Person, personId } from "../approval/person.ts";
import type { DefaultPlace, Place, SnapshotRef } from "../snapshot/snapshot.ts";
import { homesChanged } from "./home-tabs.ts";
import { keyvOver } from "./keyv-store.ts";
import type { Database, Sql } from "./sql.ts";

/** What is remembered of a person so that they need not say it again. */
export interface Preferences {
  /** Where they begin: what they chose as their default, else where they were last. */
  usualPlace(person: Person): Promise<Partial<Place>>;
  /** The snapshots that they were at lately, the last one first. */
  recent(person: Person): Promise<readonly SnapshotRef[]>;
  /** They changed or looked at a snapshot. */
  remember(person: Person, ref: SnapshotRef): Promise<void>;
  defaults(person: Person): Promise<DefaultPlace>;
  setDefaults(person: Person, place: DefaultPlace): Promise<void>;
  /** Their key sees these projects and no others: what is about others is forgotten. */
  keepOnly(person: Person, projectIds: readonly number[]): Promise<void>;
}

const MOST_RECENT = 10;
const NONE: DefaultPlace = { project: null, region: null };

export function preferencesIn(database: Database): Preferences {
  const last = keyvOver<Place>(database, "last-place");
  const recent = keyvOver<readonly SnapshotRef[]>(database, "recent-snapshots");
  const chosen = (sql: Sql) => keyvOver<DefaultPlace>(sql, "default-place");
  const defaults = async (person: Person): Promise<DefaultPlace> =>
    (await chosen(database).get(personId(person))) ?? NONE;
  const setDefaults = (person: Person, place: DefaultPlace): Promise<void> =>
    database.transaction(async (sql) => {
      await chosen(sql).set(personId(person), place);
      await homesChanged(sql, [person.userId]);
    });
  return {
    defaults,
    recent: async (person) => (await recent.get(personId(person))) ?? [],
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
    async remember(person, { projectId, regionId, snapshotId }) {
      const id = personId(person);
      await last.set(id, { projectId, regionId });
      const others = ((await recent.get(id)) ?? []).filter((one) => one.snapshotId !== snapshotId);
      const all = [{ projectId, regionId, snapshotId }, ...others];
      await recent.set(id, all.slice(0, MOST_RECENT));
    },
    async keepOnly(person, projectIds) {
      const id = personId(person);
      const sees = ({ projectId }: Place): boolean => projectIds.includes(projectId);
      const place = await last.get(id);
      if (place !== undefined && !sees(place)) await last.delete(id);
      await recent.set(id, ((await recent.get(id)) ?? []).filter(sees));
      const { project, region } = await defaults(person);
      if (project === null || projectIds.includes(project.id)) return;
      await setDefaults(person, { project: null, region });
    },
    setDefaults,
  };
}
