import { randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { warnOwners } from "../../src/jobs/key-expiry.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { keysIn } from "../../src/store/keys.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import { createVault } from "../../src/store/vault.ts";
import { HOUR, MARIA, NOW, TOM } from "../approval/samples.ts";
import { ENGINES } from "../store/engines.ts";
import { migrated, opened, readyPlace } from "../store/temporary.ts";

const WEEK = 7 * 24 * HOUR;
const scope: KeyScope = {
  tokenId: "42",
  tokenName: null,
  accountId: 1,
  accountName: null,
  tokenRole: null,
  expiry: { at: NOW + WEEK },
  cloudRoles: null,
  projects: null,
  learntAt: NOW - WEEK,
};

test.each(ENGINES)("On %s, several processes and a crash make one warning", async (engine) => {
  const place = await readyPlace(engine);
  const database = await migrated(place);
  const vault = createVault([{ id: "k1", bytes: randomBytes(32) }]);
  const processes = [database, opened(place), opened(place)].map((handle) => ({
    keys: keysIn(handle, vault),
    outbox: outboxIn(handle),
    homeTabs: homeTabsIn(handle),
    nudge: () => undefined,
  }));
  const [first] = processes;
  for (const [by, expiry] of [
    [MARIA, scope.expiry],
    [TOM, { at: NOW + WEEK + HOUR }],
  ] as const) {
    const entry = { kind: "key connected", at: NOW, by } as const;
    await first?.keys.set(by, { apiKey: "42_secret", scope: { ...scope, expiry } }, entry);
  }
  const all = () =>
    database.all("SELECT target, due_at FROM outbox WHERE id LIKE 'key-expiry/%' ORDER BY place");
  await Promise.all(processes.map((one) => warnOwners(one, NOW)));
  expect(await all()).toEqual([{ target: MARIA.userId, due_at: NOW }]);
  const waiting = await first?.outbox.take(NOW, NOW + HOUR);
  if (waiting === undefined) throw new Error("nothing waits");
  await first?.outbox.done(waiting, NOW);
  await Promise.all(processes.map((one) => warnOwners(one, NOW + HOUR)));
  expect(await all()).toEqual([
    { target: MARIA.userId, due_at: null },
    { target: TOM.userId, due_at: NOW + HOUR },
  ]);
});
