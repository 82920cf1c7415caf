import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { end } from "../../src/approval/claim.ts";
import { entryFor } from "../../src/approval/entries.ts";
import { entryBody, sealEntry } from "../../src/approval/ledger.ts";
import type { Person } from "../../src/approval/person.ts";
import { insert } from "../../src/store/request-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { AFTER, claimed, PROBLEMS } from "../approval/samples.ts";

/** What a request leaves in the ledger, in the end. */
const ENTRIES_EACH = 4;
const PEOPLE = 200;
export const PROJECTS = 40;
const BATCH = 500;
/** When the first of them was asked for, and how far apart they are. */
export const BEGIN = 1_700_000_000_000;
export const STEP = 60_000;

export const personAt = (index: number): Person => ({
  enterpriseId: null,
  teamId: "T0000000001",
  userId: `U${String(index % PEOPLE).padStart(9, "0")}`,
});

const endedOf = (failed: boolean): ChangeRequest =>
  end(
    claimed(),
    failed
      ? { kind: "failed", problem: PROBLEMS["change-refused"] }
      : { kind: "applied", snapshot: AFTER, lookedUp: false },
    BEGIN,
  );

/** Fills the tables with requests that have ended, one in two hundred of them badly. */
export async function fill(
  database: Database,
  entries: number,
  say: (words: string) => void,
): Promise<void> {
  const requests = Math.floor(entries / ENTRIES_EACH);
  let last: { seq: number; hash: string } | undefined;
  for (let from = 0; from < requests; from += BATCH) {
    await database.transaction(async (sql) => {
      const sealedNow: (string | number)[][] = [];
      for (let at = from; at < Math.min(from + BATCH, requests); at += 1) {
        const facts = {
          ...{ id: at.toString(16).padStart(32, "0"), requester: personAt(at * 7) },
          ...{ askedAt: BEGIN + at * STEP, ref: refAt(at) },
        };
        const ended = { ...endedOf(at % 200 === 0), ...facts };
        await insert(sql, [ended]);
        for (let nth = 0; nth < ENTRIES_EACH; nth += 1) {
          // Of a kind that may stand there more than once.
          const entry = { ...entryFor(ended, facts.askedAt), kind: "bench" };
          const sealed = sealEntry(entryBody(entry as never), last);
          const { seq, body, previous, hash } = sealed;
          sealedNow.push([seq, entry.kind, facts.id, body, previous, hash]);
          last = sealed;
        }
      }
      await sql.run(
        `INSERT INTO ledger (seq, kind, request_id, body, previous, hash)
         VALUES ${sealedNow.map(() => "(?, ?, ?, ?, ?, ?)").join(", ")}`,
        ...sealedNow.flat(),
      );
    });
    if (from % (BATCH * 100) === 0) say(`${from} of ${requests} requests`);
  }
}

const refAt = (at: number) => ({
  projectId: 1 + (at % PROJECTS),
  regionId: 148,
  snapshotId: `5ed275b8-7eed-4722-8c98-${String(at % 20_000).padStart(12, "0")}`,
});
