import { type Entry, entryBody, type Sealed, sealEntry } from "../approval/ledger.ts";
import { placesFor, type Sql, type SqlRow } from "./sql.ts";

/** Adds an entry at the end of the chain, in the transaction of what it records. @returns its number. */
export async function appendEntry(sql: Sql, entry: Entry): Promise<number> {
  return await appendEntries(sql, [entry]);
}

/** The same for one or more, in their order. @returns the number of the last. */
export async function appendEntries(sql: Sql, entries: readonly Entry[]): Promise<number> {
  const [last] = await sql.all("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
  let end = last && { seq: Number(last.seq), hash: String(last.hash) };
  const rows = entries.map((entry) => {
    const { seq, body, previous, hash } = sealEntry(entryBody(entry), end);
    end = { seq, hash };
    return [seq, entry.kind, entry.request ?? null, body, previous, hash];
  });
  await sql.run(
    `INSERT INTO ledger (seq, kind, request_id, body, previous, hash)
     VALUES ${placesFor(rows)}`,
    ...rows.flat(),
  );
  return end?.seq ?? 0;
}

/** The whole chain, oldest first. */
export async function readLedger(sql: Pick<Sql, "all">): Promise<readonly Sealed[]> {
  const entries: Sealed[] = [];
  for await (const entry of ledgerEntries(sql)) entries.push(entry);
  return entries;
}

/** How many rows are read in one go. */
const PAGE = 1_000;

/** The entries from one number to another, one after the other, however many there are. */
export async function* ledgerEntries(
  sql: Pick<Sql, "all">,
  from = 1,
  to: number = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Sealed> {
  for await (const row of rowsOf(sql, "SELECT seq, body, previous, hash FROM ledger", from, to)) {
    yield {
      seq: Number(row.seq),
      body: String(row.body),
      previous: String(row.previous),
      hash: String(row.hash),
    };
  }
}

/** The lines of the checkpoints that were made for entries from one number to another. */
export async function* checkpointLines(
  sql: Pick<Sql, "all">,
  from: number,
  to: number,
): AsyncGenerator<string> {
  for await (const row of rowsOf(sql, "SELECT seq, body FROM checkpoint", from, to)) {
    yield String(row.body);
  }
}

async function* rowsOf(
  sql: Pick<Sql, "all">,
  select: string,
  from: number,
  to: number,
): AsyncGenerator<SqlRow> {
  let next = from;
  for (;;) {
    const rows = await sql.all(
      `${select} WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ?`,
      next,
      to,
      PAGE,
    );
    yield* rows;
    if (rows.length < PAGE) return;
    next = Number(rows.at(-1)?.seq) + 1;
  }
}
