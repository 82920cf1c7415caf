import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { RequestNotice } from "../../src/approval/notice.ts";
import { putNotices } from "../../src/store/outbox-notices.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { NOW } from "../approval/samples.ts";
import { migrated, temporaryFolder } from "../store/temporary.ts";
import { ask, operate } from "./operator.ts";

let url: string;
let database: Database;
beforeEach(async () => {
  const path = join(temporaryFolder(), "bot.db");
  url = `sqlite:${path}`;
  database = await migrated(path);
});

const SUMMARY: RequestNotice = {
  kind: "summary",
  requestId: "request-1",
  state: "applied",
  target: "C1",
};
const DUE = Date.UTC(2026, 10, 22, 12);

/** Slack has refused it, with this answer. */
async function refused(error: string): Promise<void> {
  await database.transaction((sql) => putNotices(sql, [SUMMARY], 17, NOW));
  const outbox = outboxIn(database);
  const waiting = await outbox.take(NOW, NOW + 60_000);
  if (waiting === undefined) throw new Error("nothing waits");
  await outbox.later(waiting, DUE, error);
}

describe("outbox", () => {
  test("says that Slack has taken everything that was tried", async () => {
    expect(await ask(["outbox"], { DATABASE_URL: url })).toEqual({
      code: 0,
      out: "Slack has taken everything that was tried.\n",
      note: "",
    });
  });

  test("lists what Slack refuses, with its answer and the next try, and exits with 1", async () => {
    await refused("is_archived");
    const { code, out } = await operate(["outbox", "--database", url]);
    expect(code).toBe(1);
    expect(out).toBe(
      "C1 does not take the summary of a change (ledger no. 17): is_archived, 1 try, next 2026-11-22T12:00:00.000Z\n",
    );
  });

  test("gives the same to programs", async () => {
    await refused("is_archived");
    const { code, out } = await ask(["outbox", "--json"], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      {
        id: "request-1/summary/applied/C1",
        what: "summary",
        target: "C1",
        ledger: 17,
        error: "is_archived",
        tries: 1,
        next: "2026-11-22T12:00:00.000Z",
      },
    ]);
  });

  test("shows an answer that would steer the terminal as text", async () => {
    await refused("\u001b[2Jgone\nC2");
    const { out } = await ask(["outbox"], { DATABASE_URL: url });
    expect(out.split("\n")).toHaveLength(2);
    expect(out).not.toContain("\u001b");
  });
});
