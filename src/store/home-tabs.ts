import type { Person } from "../approval/person.ts";
import type { Database, Sql } from "./sql.ts";

/** The home tab of somebody who has opened it at least once. */
export interface HomeTab {
  readonly person: Person;
  /** Grows each time that something in it changes. */
  readonly version: number;
  /** How often it was tried to show this much. */
  readonly attempts: number;
}

/**
 * The home tabs that follow what happens. One is due as long as less was published than has happened;
 * that is written down with what happened, so that no crash loses it. However much happens, it is
 * published once for all of it.
 */
export interface HomeTabs {
  /** Somebody has opened theirs: it is due. */
  open(person: Person): Promise<void>;
  /** Something in theirs is not as it was, and nothing was written down of it. */
  changed(userIds: readonly string[]): Promise<void>;
  /** Takes one that is due; it is due again at `until` unless it is settled before. */
  take(now: number, until: number): Promise<HomeTab | undefined>;
  /** It was published. */
  done(tab: HomeTab, now: number): Promise<void>;
  /** It was not: it comes again at `dueAt`. */
  later(tab: HomeTab, dueAt: number): Promise<void>;
  /** Nobody is there any more to see it. */
  forget(tab: HomeTab): Promise<void>;
}

/** One home tab is not published more often than this. Milliseconds. */
const BETWEEN = 1_000;

export function homeTabsIn(database: Database): HomeTabs {
  return {
    async open(person) {
      // Slack knows a home tab by the person's id alone.
      await database.run(
        `INSERT INTO home_tab (user_id, person, version, shown, held_until, attempts)
         VALUES (?, ?, 1, 0, 0, 0)
         ON CONFLICT (user_id)
           DO UPDATE SET person = excluded.person, version = home_tab.version + 1`,
        person.userId,
        JSON.stringify(person),
      );
    },
    async changed(userIds) {
      if (userIds.length > 0) await database.transaction((sql) => homesChanged(sql, userIds));
    },
    async take(now, until) {
      // A look takes no lock; most of them find nothing.
      if ((await nextDue(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const tab = await nextDue(sql, now);
        if (tab === undefined) return undefined;
        await sql.run(
          "UPDATE home_tab SET held_until = ?, attempts = attempts + 1 WHERE user_id = ?",
          until,
          tab.person.userId,
        );
        return { ...tab, attempts: tab.attempts + 1 };
      });
    },
    async done({ person, version }, now) {
      await database.run(
        "UPDATE home_tab SET shown = ?, held_until = ?, attempts = 0 WHERE user_id = ?",
        version,
        now + BETWEEN,
        person.userId,
      );
    },
    async later({ person }, dueAt) {
      await database.run(
        "UPDATE home_tab SET held_until = ? WHERE user_id = ?",
        dueAt,
        person.userId,
      );
    },
    async forget({ person }) {
      await database.run("DELETE FROM home_tab WHERE user_id = ?", person.userId);
    },
  };
}

async function nextDue(sql: Sql, now: number): Promise<HomeTab | undefined> {
  const [row] = await sql.all(
    `SELECT person, version, attempts FROM home_tab
     WHERE version > shown AND held_until <= ? ORDER BY held_until LIMIT 1`,
    now,
  );
  return (
    row && {
      person: JSON.parse(String(row.person)) as Person,
      version: Number(row.version),
      attempts: Number(row.attempts),
    }
  );
}

/** So many ids go into one statement; the rest of its places stay empty. */
const AT_ONCE = 50;
const PLACES = Array.from({ length: AT_ONCE }, () => "?").join(", ");

/** In the transaction of what happened: the home tabs of these people are due, where they have one. */
export async function homesChanged(sql: Sql, userIds: readonly string[]): Promise<void> {
  const ids = [...new Set(userIds)];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, index) => ids[at + index] ?? null);
    await sql.run(
      `UPDATE home_tab SET version = version + 1 WHERE user_id IN (${PLACES})`,
      ...some,
    );
  }
}
