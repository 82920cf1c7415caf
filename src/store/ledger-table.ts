import { type Entry, entryBody, type Sealed, sealEntry } from "../approval/ledger.ts";
import type { Sql } from "./sql.ts";

/** Adds an entry at the end of the chain, in the transaction of what it records. @returns its number. */
export async function appendEntry(sql: Sql, entry: Entry): Promise<number> {
  const [last] = await sql.all("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
  const sealed = sealEntry(
    entryBody(entry),
    last && { seq: Number(last.seq), hash: String(last.hash) },
  );
  await sql.run(
    "INSERT INTO ledger (seq, kind, request_id, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
    sealed.seq,
    entry.kind,
    entry.request ?? null,
    sealed.body,
    sealed.previous,
    sealed.hash,
  );
  return sealed.seq;
}

/** The whole chain, oldest first. */
export async function readLedger(sql: Sql): Promise<readonly Sealed[]> {
  const rows = await sql.all("SELECT seq, body, previous, hash FROM ledger ORDER BY seq");
  return rows.map((row) => ({
    seq: Number(row.seq),
    body: String(row.body),
    previous: String(row.previous),
    hash: String(row.hash),
  }));
}
