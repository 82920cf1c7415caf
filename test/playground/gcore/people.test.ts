import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, patch, results } from "./ask.ts";

let gcore: LocalGcore;

beforeEach(async () => {
  gcore = await startGcore({ clock: new MovableClock() });
});
afterEach(() => gcore.stop());

const idOf = (key: string): number => Number(key.split(/[_$]/)[0]);

const record = (key: string, of = key) =>
  ask(gcore, "GET", `/iam/v2/clients/7350925/tokens/${idOf(of)}`, { key });

const PERMISSION = { message: "You do not have permission to perform this action." };

describe("A key finds out", () => {
  test("whose it is", async () => {
    const { json } = await ask(gcore, "GET", "/iam/clients/me");
    expect(json).toMatchObject({
      id: 7350925,
      currentUser: 1023101,
      status: "active",
      capabilities: expect.arrayContaining(["CLOUD"]),
      serviceStatuses: { CLOUD: { status: "active", enabled: true } },
    });
    const user = await ask(gcore, "GET", `/iam/users/${json.currentUser}`);
    expect(user.json).toMatchObject({
      id: 1023101,
      name: "Maria Lux",
      client: 7350925,
      groups: [{ id: 2, name: "Users" }],
    });
  });

  test("nothing about others, unless it is an administrator's", async () => {
    const other = await ask(gcore, "GET", "/iam/users/1023102");
    expect([other.status, other.json]).toEqual([404, { message: "User not found." }]);
    const admin = await ask(gcore, "GET", "/iam/users/1023102", { key: gcore.keys.admin });
    expect(admin.json.name).toBe("Tom Esch");
  });

  test("when it expires, from its own number", async () => {
    const { json } = await record(gcore.keys.full);
    expect(json).toMatchObject({
      id: idOf(gcore.keys.full),
      exp_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      expired: false,
      deleted: false,
      client_user: { user_id: 1023101, user_name: "Maria Lux", role: { id: 2, name: "Users" } },
    });
    expect((await record(gcore.keys.noExpiry)).json.exp_date).toBeNull();
    expect((await record(gcore.keys.oldForm)).json.id).toBe(idOf(gcore.keys.oldForm));
  });

  test("of its issuer's expired and deleted keys that they are", async () => {
    expect((await record(gcore.keys.full, gcore.keys.expired)).json.expired).toBe(true);
    expect((await record(gcore.keys.full, gcore.keys.revoked)).json.deleted).toBe(true);
  });

  test("never the text of a key", async () => {
    const { text } = await ask(gcore, "GET", "/iam/v2/clients/7350925/tokens", {
      key: gcore.keys.admin,
    });
    for (const key of Object.values(gcore.keys)) {
      expect(text).not.toContain(key.split(/[_$]/)[1]);
    }
  });

  test("nothing of other people's keys, of other accounts, or of numbers that nobody has", async () => {
    const others = await record(gcore.keys.full, gcore.keys.admin);
    expect([others.status, others.json]).toEqual([404, { message: "API token not found." }]);
    expect((await record(gcore.keys.admin, gcore.keys.full)).status).toBe(200);
    const account = await ask(gcore, "GET", "/iam/v2/clients/1000503/tokens/1");
    expect([account.status, account.json]).toEqual([403, PERMISSION]);
    expect((await ask(gcore, "GET", "/iam/v2/clients/7350925/tokens/1")).status).toBe(404);
  });

  test("the list of its issuer's keys, bare, and an administrator all of them", async () => {
    const list = async (query: string, key: string): Promise<unknown> =>
      (await ask(gcore, "GET", `/iam/v2/clients/7350925/tokens${query}`, { key })).json;
    expect(await list("", gcore.keys.full)).toHaveLength(6);
    expect(await list("", gcore.keys.admin)).toHaveLength(10);
    expect(await list("?deleted=true", gcore.keys.admin)).toHaveLength(1);
    expect(await list("?issued_by=1023102", gcore.keys.admin)).toHaveLength(1);
    expect(await list("?not_issued_by=1023101", gcore.keys.admin)).toHaveLength(4);
    expect(await list("?role=Administrators", gcore.keys.admin)).toHaveLength(1);
  });

  test("nothing of its own record, by a knob, unless it is an administrator's", async () => {
    gcore.knobs.tokenRecord = 403;
    const own = await record(gcore.keys.full);
    expect([own.status, own.json]).toEqual([403, PERMISSION]);
    expect((await record(gcore.keys.admin)).status).toBe(200);
  });

  test("nothing at the paths that were taken away in July 2026", async () => {
    const path = "/iam/clients/7350925/tokens";
    expect((await ask(gcore, "GET", path)).status).toBe(404);
    expect((await ask(gcore, "GET", `${path}/${idOf(gcore.keys.full)}`)).status).toBe(404);
    expect((await ask(gcore, "GET", "/iam/users/me")).status).toBe(404);
    expect(gcore.forgive(/unknown path/)).toBe(3);
  });
});

describe("Role assignments", () => {
  const path = "/cloud/v1/users/assignments";

  test("are one's own", async () => {
    const { json } = await ask(gcore, "GET", path);
    expect(json).toMatchObject({
      count: 2,
      results: [
        { user_id: 1023101, role: "User", client_id: 7350925, project_id: 1186668 },
        { user_id: 1023101, role: "User", project_id: 1202779 },
      ],
    });
    const observer = await ask(gcore, "GET", path, { key: gcore.keys.readOnly });
    expect(observer.json).toMatchObject({
      count: 1,
      results: [{ role: "Observer", project_id: null }],
    });
  });

  test("are everybody's for an administrator, who may choose", async () => {
    const key = gcore.keys.admin;
    expect((await ask(gcore, "GET", path, { key })).json.count).toBe(7);
    expect((await ask(gcore, "GET", `${path}?user_id=1023102`, { key })).json.count).toBe(2);
    expect((await ask(gcore, "GET", `${path}?project_id=1210004`, { key })).json.count).toBe(1);
    expect((await ask(gcore, "GET", `${path}?user_id=1023102`)).json.count).toBe(0);
  });

  test("are hidden by a knob from all but administrators", async () => {
    gcore.knobs.assignments = 403;
    expect((await ask(gcore, "GET", path)).status).toBe(403);
    expect((await ask(gcore, "GET", path, { key: gcore.keys.admin })).status).toBe(200);
  });
});

describe("Gcore's own audit log", () => {
  const path = "/cloud/v1/user_actions";

  test("says which key changed what, and with which program", async () => {
    const headers = { "user-agent": "snapshot-bot/1 slack/T1/U1" };
    await patch(gcore, gcore.ids.plain, { tags: { team: "x" } }, { headers });
    const { json } = await ask(gcore, "GET", `${path}?resource_id=${gcore.ids.plain}`);
    expect(json).toMatchObject({
      count: 1,
      results: [
        {
          user_agent: "snapshot-bot/1 slack/T1/U1",
          token_id: idOf(gcore.keys.full),
          user_id: 1023101,
          email: "maria@example.com",
          api_group: "snapshot",
          action_type: "update",
          action_data: { tags: { team: "x" } },
          project_id: 1186668,
          region_id: 148,
          timestamp: expect.stringMatching(/\+00:00$/),
          resources: [{ resource_id: gcore.ids.plain, resource_type: "snapshot" }],
        },
      ],
    });
  });

  test("has no line for what was refused", async () => {
    await patch(gcore, gcore.ids.plain, { name: "!" });
    await patch(gcore, gcore.ids.locked, { name: "abc" });
    await patch(gcore, gcore.ids.plain, { name: "abc" }, { key: gcore.keys.readOnly });
    expect((await ask(gcore, "GET", path)).json.count).toBe(0);
  });

  test("can be searched, and shows nobody another project", async () => {
    const first = { headers: { "user-agent": "first" } };
    await patch(gcore, gcore.ids.plain, { name: "abc" }, first);
    await patch(gcore, gcore.ids.twinA, { name: "abd" }, { headers: { "user-agent": "second" } });
    await patch(gcore, gcore.ids.otherProject, { name: "abe" }, { key: gcore.keys.otherProject });
    const agents = async (query: string): Promise<unknown[]> =>
      results(await ask(gcore, "GET", `${path}?${query}`)).map((one) => one.user_agent);
    expect(await agents("order_by=asc")).toEqual(["first", "second"]);
    expect(await agents("order_by=desc")).toEqual(["second", "first"]);
    expect(await agents("user_agents=second")).toEqual(["second"]);
    expect(await agents("api_group=snapshot&action_type=update")).toHaveLength(2);
    expect(await agents("api_group=volume")).toEqual([]);
    expect(await agents("from_timestamp=2999-01-01T00:00:00Z")).toEqual([]);
    expect((await ask(gcore, "GET", `${path}?from_timestamp=soon`)).status).toBe(400);
  });
});
