import { beforeEach, describe, expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { refusal } from "../../src/approval/entries.ts";
import type { Notice } from "../../src/approval/notice.ts";
import { checkpointsIn } from "../../src/store/checkpoints.ts";
import { draftsIn } from "../../src/store/drafts.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { draftOf, MARIA, NOW, PROBLEMS } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, opened, readyPlace } from "./temporary.ts";

const SIGNER = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "a key") });
const KNOWN: Notice = { kind: "announcement", requestId: "r1", state: "applied", target: "C1" };

/** What every process asks again and again, most often for nothing; each with its answer then. */
const LOOKS: Readonly<Record<string, (database: Database) => Promise<unknown>>> = {
  "for a request to be applied": (it) => requestsIn(it, []).claim("me", NOW),
  "for a lock to be looked at": (it) => requestsIn(it, []).takeHeld(NOW),
  "for items of plans": async (it) => (await requestsIn(it, []).claimItems("me", NOW, 3))[0],
  "for what was stopped": async (it) => (await requestsIn(it, []).dropStopped(NOW)) || undefined,
  "for requests that are over": async (it) => (await requestsIn(it, []).onTimer(NOW)) || undefined,
  "for a checkpoint that is due": (it) => checkpointsIn(it, SIGNER, []).make(NOW),
  "for something to be said": (it) => outboxIn(it).take(NOW - 1, NOW),
  "for words that are there already": async (it) =>
    (await outboxIn(it).put([KNOWN], NOW)) || undefined,
  "for a home tab that has changed": (it) => homeTabsIn(it).take(NOW, NOW),
  "for the home tabs of nobody": (it) => homeTabsIn(it).changed([]),
  "for old drafts": async (it) => (await draftsIn(it).forget(NOW)) || undefined,
};

describe.each(ENGINES)("On %s, while somebody else writes", (engine) => {
  let place: string;
  let database: Database;
  let release = (): void => undefined;
  let other: Promise<void> | undefined;
  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    await draftsIn(database).save(draftOf());
    await outboxIn(database).put([KNOWN], NOW);
    await requestsIn(database, []).record(refusal(MARIA, PROBLEMS["no-key"], NOW));
  });

  test.each(Object.keys(LOOKS))("a look %s that finds nothing waits for nobody", async (name) => {
    const written = new Promise<void>((begun) => {
      other = opened(place).transaction(async (sql) => {
        await sql.run("INSERT INTO keyv (key, value) VALUES ('a', 'b')");
        begun();
        await new Promise<void>((done) => {
          release = done;
        });
      });
    });
    await written;
    try {
      expect(await LOOKS[name]?.(database)).toBeUndefined();
      expect(await database.all("SELECT key FROM keyv")).toEqual([]);
    } finally {
      release();
      await other;
    }
  });
});
