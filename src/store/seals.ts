import { contextOf, everyKey, type KeptRow } from "./keys.ts";
import type { Database, Sql } from "./sql.ts";
import { sealedWith, type Vault } from "./vault.ts";

/** How many people's keys one key of the ring has sealed, and how many of them open. */
export interface Seal {
  readonly id: string;
  readonly keys: number;
  readonly opened: number;
}

/** Which keys of the ring are in use. */
export async function sealsIn(database: Pick<Sql, "all">, vault: Vault): Promise<readonly Seal[]> {
  const seals = new Map<string, Seal>();
  for (const kept of await everyKey(database)) {
    const id = sealedWith(kept.sealed);
    const { keys, opened } = seals.get(id) ?? { keys: 0, opened: 0 };
    const opens = secretOf(vault, kept) !== undefined;
    seals.set(id, { id, keys: keys + 1, opened: opened + (opens ? 1 : 0) });
  }
  return [...seals.values()];
}

/** What came of sealing anew: how many keys were, and how many could not be opened for it. */
export interface Resealed {
  readonly renewed: number;
  readonly unreadable: number;
  /** Whether the old seals are gone from the database's files; else they go when who reads it now has ended. */
  readonly isPurged: boolean;
}

/**
 * Seals with the first key of the ring what another one sealed, row by row: each is at every moment
 * sealed whole, by the one or by the other, and what its owner changes meanwhile is left to them.
 */
export async function resealAll(database: Database, vault: Vault): Promise<Resealed> {
  let renewed = 0;
  for (;;) {
    const old = (await everyKey(database)).filter(
      ({ sealed }) => sealedWith(sealed) !== vault.sealsWith,
    );
    const readable = old.filter((kept) => secretOf(vault, kept) !== undefined);
    if (readable.length === 0) {
      return { renewed, unreadable: old.length, isPurged: await database.purge() };
    }
    for (const kept of readable) renewed += await reseal(database, vault, kept);
  }
}

const secretOf = (vault: Vault, { sealed, person }: KeptRow): string | undefined =>
  vault.open(sealed, contextOf(person));

/** Compare and set. @returns 1, or 0 when its owner has changed it meanwhile. */
async function reseal(database: Database, vault: Vault, kept: KeptRow): Promise<number> {
  const { row, sealed, person } = kept;
  const secret = secretOf(vault, kept);
  if (secret === undefined) return 0;
  const anew = vault.seal(secret, contextOf(person));
  return await database.run(
    "UPDATE keyv SET value = ? WHERE key = ? AND value = ?",
    row.value.replace(sealed, () => anew),
    row.key,
    row.value,
  );
}
