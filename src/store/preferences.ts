import { type Person, personId } from "../approval/person.ts";
import type { Place, SnapshotRef } from "../snapshot/snapshot.ts";
import { keyvOver } from "./keyv-store.ts";
import type { Sql } from "./sql.ts";

/** What is remembered of a person so that they need not say it again. */
export interface Preferences {
  /** Where they last changed or looked at a snapshot. */
  lastPlace(person: Person): Promise<Place | undefined>;
  /** The snapshots that they were at lately, the last one first. */
  recent(person: Person): Promise<readonly SnapshotRef[]>;
  remember(person: Person, ref: SnapshotRef): Promise<void>;
}

const MOST_RECENT = 10;

export function preferencesIn(sql: Sql): Preferences {
  const places = keyvOver<Place>(sql, "last-place");
  const recent = keyvOver<readonly SnapshotRef[]>(sql, "recent-snapshots");
  return {
    lastPlace: (person) => places.get(personId(person)),
    recent: async (person) => (await recent.get(personId(person))) ?? [],
    async remember(person, { projectId, regionId, snapshotId }) {
      const id = personId(person);
      await places.set(id, { projectId, regionId });
      const others = ((await recent.get(id)) ?? []).filter((one) => one.snapshotId !== snapshotId);
      const all = [{ projectId, regionId, snapshotId }, ...others];
      await recent.set(id, all.slice(0, MOST_RECENT));
    },
  };
}
