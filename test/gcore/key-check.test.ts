import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type Answer, listen } from "../../playground/loopback.ts";
import { changeProblem, type KeyScope, keyProblem } from "../../src/approval/key-scope.ts";
import { createGcore, type Gcore } from "../../src/gcore/gcore.ts";
import type { Problem } from "../../src/problem.ts";
import { callerWith, KEY, printed, SECRET } from "./callers.ts";

const DAY = 86_400_000;
const PRODUCTION = { id: 1186668, name: "production" };
const STAGING = { id: 1202779, name: "staging" };
const BILLING = { id: 1210004, name: "billing" };

const clock = new MovableClock();
let local: LocalGcore;
let gcore: Gcore;

beforeEach(async () => {
  local = await startGcore({ clock });
  gcore = createGcore(local.url, clock);
});
afterEach(async () => {
  expect(local.violations()).toEqual([]);
  await local.stop();
});

const scopeOf = async (key: string): Promise<KeyScope> => {
  const checked = await gcore.checkKey(callerWith(key));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problem));
  return checked.value;
};
const problemOf = async (key: string): Promise<Problem> => {
  const checked = await gcore.checkKey(callerWith(key));
  if (checked.ok) throw new Error(JSON.stringify(checked.value));
  return checked.problem;
};
const names = (scope: KeyScope) => scope.projects?.map(({ name }) => name).sort();

describe("A key is asked after", () => {
  test("with all that its owner may know", async () => {
    const { full } = local.keys;
    const scope = await scopeOf(full);
    expect(scope).toMatchObject({
      tokenId: full.split("_")[0],
      tokenName: "slack-bot-maria",
      accountId: 7350925,
      accountName: "Example Ltd",
      tokenRole: "Users",
    });
    expect(scope.learntAt).toBeLessThanOrEqual(clock.now());
    const { expiry } = scope;
    if (typeof expiry !== "object") throw new Error("it has a date");
    expect(Math.abs(expiry.at - clock.now() - 90 * DAY)).toBeLessThan(60_000);
    expect(scope.projects).toEqual(expect.arrayContaining([PRODUCTION, STAGING]));
    expect(names(scope)).toEqual(["production", "staging"]);
    expect(scope.cloudRoles).toEqual(
      expect.arrayContaining([
        { role: "User", projectId: PRODUCTION.id },
        { role: "User", projectId: STAGING.id },
      ]),
    );
    expect(keyProblem(scope, clock.now())).toBeUndefined();
    expect(printed(scope)).not.toContain(full.split("_")[1]);
  });

  test("of each kind", async () => {
    const { keys } = local;
    expect((await scopeOf(keys.noExpiry)).expiry).toBe("never");
    expect((await scopeOf(keys.oldForm)).tokenName).toBe("from-2021");
    expect((await scopeOf(keys.colleague)).tokenName).toBe("slack-bot-tom");
    const admin = await scopeOf(keys.admin);
    expect(admin).toMatchObject({ tokenRole: "Administrators" });
    expect(admin.cloudRoles).toEqual([{ role: "ClientAdministrator", projectId: null }]);
    expect(names(admin)).toEqual(["billing", "production", "staging"]);
    const elsewhere = await scopeOf(keys.otherProject);
    expect(elsewhere.projects).toEqual([BILLING]);
    expect(changeProblem(elsewhere, PRODUCTION.id, clock.now())?.kind).toBe("key-other-project");
    const stranger = await scopeOf(keys.otherAccount);
    expect(stranger.accountId).toBe(1000503);
    expect(names(stranger)).toEqual(["somebody-elses"]);
    const soon = await scopeOf(keys.expiresSoon);
    if (typeof soon.expiry !== "object") throw new Error("it has a date");
    expect(soon.expiry.at - clock.now()).toBeLessThan(3 * DAY + 60_000);
    expect(keyProblem(soon, clock.now())).toBeUndefined();
    expect(keyProblem(soon, soon.expiry.at)?.kind).toBe("key-expired");
  });

  test("that may only look", async () => {
    const scope = await scopeOf(local.keys.readOnly);
    expect(scope.cloudRoles).toEqual([{ role: "Observer", projectId: null }]);
    expect(keyProblem(scope, clock.now())).toEqual({ kind: "key-read-only", role: "Observer" });
  });

  test("that is none, is no longer one, or belongs to nobody", async () => {
    expect(await problemOf("no key")).toEqual({ kind: "key-malformed" });
    expect(await problemOf(`${local.keys.full}\n`)).toEqual({ kind: "key-malformed" });
    expect(local.journal.entries).toEqual([]);
    for (const key of [local.keys.expired, local.keys.revoked, KEY]) {
      expect(await problemOf(key)).toEqual({ kind: "key-refused" });
    }
  });
});

describe("What Gcore keeps to itself is unknown, and nothing is made of it", () => {
  test("the key's own record", async () => {
    local.knobs.tokenRecord = 403;
    const scope = await scopeOf(local.keys.full);
    expect(scope).toMatchObject({ tokenName: null, tokenRole: null, expiry: "unknown" });
    expect(names(scope)).toEqual(["production", "staging"]);
    expect(changeProblem(scope, PRODUCTION.id, clock.now())).toBeUndefined();
  });

  test("the roles", async () => {
    local.knobs.assignments = 403;
    const scope = await scopeOf(local.keys.readOnly);
    expect(scope.cloudRoles).toBeNull();
    expect(keyProblem(scope, clock.now())).toBeUndefined();
    local.knobs.assignments = "own";
    for (const status of [404, 429, 500]) {
      local.faults.status(status, { path: /assignments/ });
      expect((await scopeOf(local.keys.full)).cloudRoles).toBeNull();
    }
    local.faults.cut({ path: /assignments/ });
    expect((await scopeOf(local.keys.full)).cloudRoles).toBeNull();
  });

  test("the projects", async () => {
    local.faults.status(403, { path: /projects/ });
    const scope = await scopeOf(local.keys.full);
    expect(scope.projects).toBeNull();
    expect(changeProblem(scope, 1, clock.now())).toBeUndefined();
  });

  test("roles of which it showed only the first ones", async () => {
    const user = { id: 99, name: "Two Roles", email: "two@example.com" };
    const key = local.addKey({ user, role: "Observer", projects: [STAGING.id] });
    local.addKey({ user, role: "User", projects: [PRODUCTION.id] });
    expect(keyProblem(await scopeOf(key), clock.now())).toBeUndefined();
    local.knobs.pageCap = 1;
    expect(keyProblem(await scopeOf(key), clock.now())).toBeUndefined();
  });
});

describe("What is not a plain no stops the check: the key was not checked", () => {
  test.each<readonly [string, RegExp]>([
    ["account", /clients\/me$/],
    ["record", /tokens/],
    ["projects", /projects/],
  ])("at the %s", async (_what, path) => {
    local.faults.status(503, { path });
    expect(await problemOf(local.keys.full)).toMatchObject({ kind: "gcore-unavailable" });
    local.faults.status(429, { path, retryAfter: 7 });
    expect(await problemOf(local.keys.full)).toEqual({ kind: "gcore-busy", retryAfter: 7_000 });
    local.faults.cut({ path });
    expect(await problemOf(local.keys.full)).toMatchObject({ kind: "gcore-unavailable" });
    local.faults.status(401, { path });
    expect(await problemOf(local.keys.full)).toEqual({ kind: "key-refused" });
  });
});

describe("The list of projects", () => {
  const list = async () => {
    const listed = await gcore.listProjects(callerWith(local.keys.full));
    if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
    return listed.value.map(({ name }) => name).sort();
  };

  test("is read page by page", async () => {
    local.knobs.pageCap = 1;
    expect(await list()).toEqual(["production", "staging"]);
  });

  test("is whole and ends also when its count says too much", async () => {
    local.knobs.pageCap = 1;
    local.knobs.countOffBy = 5;
    expect(await list()).toEqual(["production", "staging"]);
  });

  test("is whole also when its count says too little", async () => {
    local.knobs.pageCap = 1;
    local.knobs.countOffBy = -1000;
    expect(await list()).toEqual(["production", "staging"]);
  });

  test("that does not fit is a problem, with the page at which it happened", async () => {
    local.faults.status(503, { path: /projects/ });
    const listed = await gcore.listProjects(callerWith(local.keys.full));
    expect(listed).toMatchObject({ ok: false, problem: { kind: "gcore-unavailable" } });
  });
});

describe("An account", () => {
  const me = { id: 1, companyName: "", name: "Name", currentUser: 2, status: "trial" };
  const checked = async (account: unknown, more: Readonly<Record<string, Answer>> = {}) => {
    const server = await listen({
      handle: ({ path }) =>
        more[path] ??
        (path === "/iam/clients/me"
          ? { status: 200, body: JSON.stringify(account) }
          : { status: 403, body: "" }),
    });
    try {
      return await createGcore(server.url, { now: () => 5 }).checkKey(callerWith());
    } finally {
      await server.stop();
    }
  };

  test("alone must answer: all else may be unknown", async () => {
    expect(await checked(me)).toEqual({
      ok: true,
      value: {
        tokenId: "29841",
        tokenName: null,
        accountId: 1,
        accountName: "Name",
        tokenRole: null,
        expiry: "unknown",
        cloudRoles: null,
        projects: null,
        learntAt: 5,
      },
    });
    expect(await checked({ id: 1 })).toMatchObject({ ok: true, value: { accountName: null } });
  });

  test.each([
    { ...me, capabilities: ["STORAGE"] },
    { ...me, capabilities: [] },
    { ...me, serviceStatuses: { CLOUD: { enabled: false } } },
  ])("without the cloud is told: %j", async (account) => {
    expect(await checked(account)).toEqual({
      ok: false,
      problem: { kind: "no-cloud", status: "trial" },
    });
  });

  test.each([
    { ...me, capabilities: null, serviceStatuses: null },
    { ...me, capabilities: ["CLOUD"], serviceStatuses: { CLOUD: { enabled: true } } },
    { ...me, serviceStatuses: { CLOUD: null } },
    { ...me, serviceStatuses: {} },
  ])("that does not say so is not without it: %j", async (account) => {
    expect((await checked(account)).ok).toBe(true);
  });

  test.each([null, [], {}, { id: "1" }, "x"])("%j is no account", async (account) => {
    const result = await checked(account);
    expect(result).toMatchObject({ ok: false, problem: { kind: "gcore-unclear" } });
    expect(printed(result)).not.toContain(SECRET);
  });

  const record = (token: object) => ({
    "/iam/v2/clients/1/tokens/29841": { status: 200, body: JSON.stringify(token) },
  });

  test("whose key's record says that it is over is refused", async () => {
    const exp_date = "2021-01-01T12:00:00.000000Z";
    const at = Date.UTC(2021, 0, 1, 12);
    for (const token of [
      { expired: true, exp_date },
      { deleted: true, exp_date },
    ]) {
      expect(await checked(me, record(token))).toEqual({
        ok: false,
        problem: { kind: "key-expired", at },
      });
    }
  });

  test("whose key's record has a date that cannot be read does not last for ever", async () => {
    const result = await checked(me, record({ name: "n", exp_date: "in spring" }));
    expect(result).toMatchObject({ ok: true, value: { expiry: "unknown" } });
  });
});
