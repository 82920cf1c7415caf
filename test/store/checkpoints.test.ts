import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  CHECKPOINT_TIME,
  type Checkpoint,
  checkpointSigner,
  readCheckpoint,
} from "../../src/approval/checkpoint.ts";
import { refusal } from "../../src/approval/entries.ts";
import type { Entry } from "../../src/approval/ledger.ts";
import { type Checkpoints, checkpointsIn } from "../../src/store/checkpoints.ts";
import { appendEntry, checkpointLines, readLedger } from "../../src/store/ledger-table.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { MARIA, NOW, PROBLEMS } from "../approval/samples.ts";
import { race } from "./processes.ts";
import { migrated, temporaryPath } from "./temporary.ts";

const AUDIT = ["CAUDIT00001", "CAUDIT00002"];
const SIGNER = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "a key") });
const entry: Entry = refusal(MARIA, PROBLEMS["no-key"], NOW);

let path: string;
let database: Database;
let checkpoints: Checkpoints;
beforeEach(async () => {
  path = temporaryPath();
  database = await migrated(path);
  checkpoints = checkpointsIn(database, SIGNER, AUDIT);
});

const grow = (count = 1): Promise<void> =>
  database.transaction(async (sql) => {
    for (let index = 0; index < count; index += 1) await appendEntry(sql, entry);
  });
const stored = async (): Promise<(Checkpoint | undefined)[]> => {
  const found: (Checkpoint | undefined)[] = [];
  for await (const line of checkpointLines(database, 1, 9_999)) found.push(readCheckpoint(line));
  return found;
};
const waiting = async (): Promise<unknown[]> =>
  (await database.all("SELECT target, ledger_seq FROM outbox ORDER BY place")).map((row) => ({
    ...row,
  }));

describe("The checkpoints of the ledger", () => {
  test("begin a day after the first entry, with the newest one's number and hash", async () => {
    expect(await checkpoints.make(NOW + CHECKPOINT_TIME)).toBeUndefined();
    await grow(3);
    expect(await checkpoints.make(NOW + CHECKPOINT_TIME - 1)).toBeUndefined();
    const made = await checkpoints.make(NOW + CHECKPOINT_TIME);
    const newest = (await readLedger(database)).at(-1);
    expect(made).toMatchObject({ seq: 3, hash: newest?.hash, key: SIGNER.publicKey.id });
    expect(await stored()).toEqual([made]);
  });

  test("are one a day, and none when the ledger has not grown", async () => {
    await grow();
    const later = (days: number) => checkpoints.make(NOW + days * CHECKPOINT_TIME);
    expect(await later(1)).toMatchObject({ seq: 1 });
    expect(await later(2)).toBeUndefined();
    await grow();
    expect(await later(1.9)).toBeUndefined();
    expect(await later(2)).toMatchObject({ seq: 2 });
    expect((await stored()).map((one) => one?.seq)).toEqual([1, 2]);
  });

  test("are made after a thousand entries, whatever the time", async () => {
    await grow(999);
    expect(await checkpoints.make(NOW)).toBeUndefined();
    await grow();
    expect(await checkpoints.make(NOW)).toMatchObject({ seq: 1000 });
  });

  test("are made once when two look at the same moment", async () => {
    await grow();
    const now = NOW + CHECKPOINT_TIME;
    const made = await Promise.all([checkpoints.make(now), checkpoints.make(now)]);
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
  });

  test("are to be said once in each audit channel", async () => {
    await grow();
    await checkpoints.make(NOW + CHECKPOINT_TIME);
    await checkpoints.make(NOW + CHECKPOINT_TIME);
    expect(await waiting()).toEqual(AUDIT.map((target) => ({ target, ledger_seq: 1 })));
    const first = await outboxIn(database).take(NOW + CHECKPOINT_TIME, NOW + 2 * CHECKPOINT_TIME);
    expect(first?.notice).toMatchObject({ kind: "checkpoint", checkpoint: { seq: 1 } });
  });

  test("are made by one of however many processes", async () => {
    await grow(5);
    const made = await race(
      ...["a", "b", "c"].map((name) => ["checkpoint", path, name, "20"] as const),
    );
    expect(made.flat()).toEqual([5]);
    expect(await stored()).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
  });
});
