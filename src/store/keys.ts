import { isDeepStrictEqual } from "node:util";
import { type KeptKey, NOTE_USE_AFTER } from "../approval/key-forgetting.ts";
import type { KeyScope } from "../approval/key-scope.ts";
import type { Entry } from "../approval/ledger.ts";
import type { KeyForgottenNotice } from "../approval/notice.ts";
import { type Person, personId } from "../approval/person.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { homesChanged } from "./home-tabs.ts";
import { keyvOver } from "./keyv-store.ts";
import { appendEntry } from "./ledger-table.ts";
import { putNotices } from "./outbox-notices.ts";
import { hasOpen } from "./request-table.ts";
import type { Database, Sql } from "./sql.ts";
import type { Vault } from "./vault.ts";

/** A person's own Gcore API key, opened for use, and what it may do. */
export interface OwnKey {
  readonly apiKey: string;
  readonly scope: KeyScope;
}

/** The sealed API keys of people. */
export interface Keys {
  /** @returns the key; the problem that there is none, or that the ring no longer opens it. */
  get(person: Person): Promise<Result<OwnKey, Problem>>;
  /** @returns what the key may do, without opening it. */
  scope(person: Person): Promise<Result<KeyScope, Problem>>;
  set(person: Person, key: OwnKey, entry: Entry): Promise<void>;
  /** How many keys are kept, and how many of them the ring opens. */
  count(): Promise<{ readonly kept: number; readonly opened: number }>;
  /** The keys that end at `until` or before, without opening them. */
  ending(until: number): Promise<readonly { readonly person: Person; readonly scope: KeyScope }[]>;
  /** All keys that are kept, without opening them. */
  kept(): Promise<readonly KeptKey[]>;
  /** What was learnt anew about the key that is kept. */
  learn(person: Person, scope: KeyScope): Promise<void>;
  /**
   * Removes the key for good, from the database's files too. @returns `leaving` when somebody else
   * reads the database now: the sealed key then leaves the files as soon as they have ended.
   */
  remove(person: Person, entry: Entry): Promise<Removal>;
  /**
   * Removes a key that is as it was `seen`, and has its owner told; one that nobody used only while
   * nothing that they asked for is on its way. @returns whether it was removed.
   */
  forget(seen: KeptKey, entry: Entry, notice: KeyForgottenNotice): Promise<boolean>;
}

export type Removal = "none" | "removed" | "leaving";

interface Kept {
  readonly sealed: string;
  readonly scope: KeyScope;
  /** When it was last used, to a day; undefined: nobody has noted it. */
  readonly usedAt?: number;
}

/**
 * Keys through Keyv in `database`, each sealed to its owner.
 * @param now by which a use is noted; undefined: none is
 */
export function keysIn(database: Database, vault: Vault, now?: () => number): Keys {
  const kept = (sql: Sql) => keyvOver<Kept>(sql, "gcore-key");
  const noteUse = async (person: Person, { scope, usedAt }: Kept): Promise<void> => {
    const at = now?.() ?? 0;
    if (at < (usedAt ?? scope.learntAt) + NOTE_USE_AFTER) return;
    await database.transaction(async (sql) => {
      const found = await kept(sql).get(personId(person));
      if (found?.scope.tokenId !== scope.tokenId) return;
      await kept(sql).set(personId(person), { ...found, usedAt: at });
    });
  };
  return {
    async get(person) {
      const found = await kept(database).get(personId(person));
      if (found === undefined) return err({ kind: "no-key" });
      const apiKey = vault.open(found.sealed, contextOf(person));
      if (apiKey === undefined) return err({ kind: "key-unreadable" });
      await noteUse(person, found);
      return ok({ apiKey, scope: found.scope });
    },
    async scope(person) {
      const found = await kept(database).get(personId(person));
      return found === undefined ? err({ kind: "no-key" }) : ok(found.scope);
    },
    async set(person, { apiKey, scope }, entry) {
      const sealed = vault.seal(apiKey, contextOf(person));
      await database.transaction(async (sql) => {
        await kept(sql).set(personId(person), { sealed, scope, usedAt: entry.at });
        await appendEntry(sql, entry);
        await homesChanged(sql, [person.userId]);
      });
    },
    async count() {
      const all = await everyKey(database);
      const opened = all.filter(
        ({ person, sealed }) => vault.open(sealed, contextOf(person)) !== undefined,
      );
      return { kept: all.length, opened: opened.length };
    },
    async ending(until) {
      const all = await everyKey(database);
      return all.filter(
        ({ scope: { expiry } }) => typeof expiry === "object" && expiry.at <= until,
      );
    },
    async kept() {
      return (await everyKey(database)).map(keptKey);
    },
    async learn(person, scope) {
      await database.transaction(async (sql) => {
        const found = await kept(sql).get(personId(person));
        if (found?.scope.tokenId !== scope.tokenId) return;
        await kept(sql).set(personId(person), { ...found, scope });
        await homesChanged(sql, [person.userId]);
      });
    },
    async remove(person, entry) {
      const removed = await database.transaction(async (sql) => {
        const had = await kept(sql).delete(personId(person));
        if (!had) return false;
        await appendEntry(sql, entry);
        await homesChanged(sql, [person.userId]);
        return true;
      });
      if (!removed) return "none";
      return (await database.purge()) ? "removed" : "leaving";
    },
    async forget(seen, entry, notice) {
      const { person } = seen;
      const removed = await database.transaction(async (sql) => {
        const found = await kept(sql).get(personId(person));
        const isSame =
          found !== undefined && isDeepStrictEqual(keptKey({ ...found, person }), seen);
        if (!isSame || (notice.why === "unused" && (await hasOpen(sql, person)))) return false;
        await kept(sql).delete(personId(person));
        const seq = await appendEntry(sql, entry);
        await putNotices(sql, [notice], seq, entry.at);
        await homesChanged(sql, [person.userId]);
        return true;
      });
      if (removed) await database.purge();
      return removed;
    },
  };
}

const keptKey = ({ person, scope, usedAt }: Kept & { readonly person: Person }): KeptKey => ({
  person,
  scope,
  usedAt: usedAt ?? scope.learntAt,
});

/** A key as it is kept, with the row that it stands in. */
export interface KeptRow extends Kept {
  readonly person: Person;
  readonly row: { readonly key: string; readonly value: string };
}

export async function everyKey(database: Pick<Sql, "all">): Promise<readonly KeptRow[]> {
  const rows = await database.all("SELECT key, value FROM keyv WHERE key LIKE 'gcore-key:%'");
  return rows.map((found) => {
    const row = { key: String(found.key), value: String(found.value) };
    const [, enterpriseId = "", teamId = "", userId = ""] = row.key.split(":");
    const { value } = JSON.parse(row.value) as { value: Kept };
    return { ...value, person: { enterpriseId: enterpriseId || null, teamId, userId }, row };
  });
}

/** What a sealed key is bound to: it opens for this person and for this use, nowhere else. */
export const contextOf = ({ enterpriseId, teamId, userId }: Person): readonly string[] => [
  "gcore api key",
  enterpriseId ?? "",
  teamId,
  userId,
];
