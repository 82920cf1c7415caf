import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, results } from "./ask.ts";

const clock = { now: () => Date.UTC(2026, 10, 21, 12, 30, 15, 250) };
let gcore: LocalGcore;

beforeAll(async () => {
  gcore = await startGcore({ clock });
  gcore.fill(1200, { project: 1202779, region: 160 });
});
afterAll(() => gcore.stop());

const FULL = "/cloud/v1/snapshots/1202779/160";

const names = async (path: string): Promise<unknown[]> =>
  results(await ask(gcore, "GET", path)).map((one) => one.name ?? one.display_name);

describe("A list of snapshots", () => {
  test("has 1000 on a page unless told otherwise, and the number on all pages", async () => {
    const first = await ask(gcore, "GET", FULL);
    expect(first.json.count).toBe(1200);
    expect(results(first)).toHaveLength(1000);
    const second = await ask(gcore, "GET", `${FULL}?offset=1000`);
    expect(second.json.count).toBe(1200);
    expect(results(second)).toHaveLength(200);
    const ids = [...results(first), ...results(second)].map((one) => one.id);
    expect(new Set(ids).size).toBe(1200);
  });

  test("starts with the newest and goes on where the offset says", async () => {
    expect(await names(`${FULL}?limit=3`)).toEqual(["bulk-00001", "bulk-00002", "bulk-00003"]);
    expect(await names(`${FULL}?limit=2&offset=2`)).toEqual(["bulk-00003", "bulk-00004"]);
    expect(await names(`${FULL}?offset=5000`)).toEqual([]);
  });

  test.each([
    ["limit=0", "limit", "Input should be greater than 0"],
    ["limit=-1", "limit", "Input should be greater than 0"],
    ["limit=1001", "limit", "Input should be less than or equal to 1000"],
    ["offset=-1", "offset", "Input should be greater than or equal to 0"],
    ["limit=ten", "limit", "Input should be a valid integer, unable to parse string as an integer"],
    ["limit=", "limit", "Input should be a valid integer, unable to parse string as an integer"],
  ])("refuses %s", async (query, field, message) => {
    const { status, json } = await ask(gcore, "GET", `${FULL}?${query}`);
    expect(status).toBe(400);
    expect(json.invalid_fields).toEqual({ [field]: [message] });
  });

  test("can be of one volume", async () => {
    const { volume_id } = gcore.snapshot(gcore.ids.plain);
    const path = `/cloud/v1/snapshots/1186668/148?volume_id=${volume_id}`;
    const ids = results(await ask(gcore, "GET", path)).map((one) => one.id);
    expect(ids.sort()).toEqual([gcore.ids.plain, gcore.ids.twinA, gcore.ids.twinB].sort());
  });

  test("can be of one lifecycle policy", async () => {
    const path = "/cloud/v1/snapshots/1186668/148?lifecycle_policy_id=4711";
    const ids = results(await ask(gcore, "GET", path)).map((one) => one.id);
    expect(ids).toEqual([gcore.ids.policyMade]);
  });

  test("knows no filter by name: it is not used, and noted", async () => {
    const { json } = await ask(gcore, "GET", `${FULL}?name=bulk-00001`);
    expect(json.count).toBe(1200);
    expect(gcore.forgive(/unknown query parameter name$/)).toBe(1);
  });

  test("is of one project and one region", async () => {
    expect(await names("/cloud/v1/snapshots/1202779/180")).toEqual(["staging-db"]);
    expect((await ask(gcore, "GET", "/cloud/v1/snapshots/1210004/148")).status).toBe(403);
    expect((await ask(gcore, "GET", "/cloud/v1/snapshots/1186668/999")).status).toBe(404);
  });
});

describe("Projects", () => {
  test("are those in which the key has a role, the newest first", async () => {
    const { json } = await ask(gcore, "GET", "/cloud/v1/projects");
    expect(json).toMatchObject({
      count: 2,
      results: [
        { id: 1202779, name: "staging", description: null, is_default: false },
        { id: 1186668, name: "production", is_default: true, client_id: 7350925 },
      ],
    });
    const all = await ask(gcore, "GET", "/cloud/v1/projects", { key: gcore.keys.admin });
    expect(all.json.count).toBe(3);
    const other = await ask(gcore, "GET", "/cloud/v1/projects", { key: gcore.keys.otherAccount });
    expect(results(other).map((one) => one.id)).toEqual([1337001]);
  });

  test("can be put in order, found by name, and looked for among the deleted", async () => {
    const list = (query: string): Promise<unknown[]> => names(`/cloud/v1/projects?${query}`);
    expect(await list("order_by=name.asc")).toEqual(["production", "staging"]);
    expect(await list("order_by=created_at.asc")).toEqual(["production", "staging"]);
    expect(await list("order_by=name.desc")).toEqual(["staging", "production"]);
    expect(await list("name=staging")).toEqual(["staging"]);
    const deleted = await ask(gcore, "GET", "/cloud/v1/projects?include_deleted=true", {
      key: gcore.keys.admin,
    });
    expect(results(deleted).map((one) => one.state)).toContain("DELETED");
    expect((await ask(gcore, "GET", "/cloud/v1/projects?order_by=size")).status).toBe(400);
    expect((await ask(gcore, "GET", "/cloud/v1/projects?include_deleted=maybe")).status).toBe(400);
  });

  test("can be asked for one by one", async () => {
    const { json } = await ask(gcore, "GET", "/cloud/v1/projects/1186668");
    expect(json).toMatchObject({ id: 1186668, state: "ACTIVE", deleted_at: null, task_id: null });
    expect((await ask(gcore, "GET", "/cloud/v1/projects/1")).status).toBe(404);
    expect((await ask(gcore, "GET", "/cloud/v1/projects/1210004")).status).toBe(403);
  });
});

describe("Regions", () => {
  test("are thirty-five, on pages of 100", async () => {
    const { json } = await ask(gcore, "GET", "/cloud/v1/regions");
    expect(json.count).toBe(35);
    expect((await ask(gcore, "GET", "/cloud/v1/regions?limit=10")).json.results).toHaveLength(10);
  });

  test.each([
    [148, "Luxembourg-3"],
    [160, "Paris-3"],
    [164, "Sines-2"],
    [172, "San Jose"],
    [176, "Sines-3"],
    [180, "Frankfurt-2"],
    [184, "Chester"],
    [196, "London-2"],
  ])("have the number %i for %s", async (id, display_name) => {
    expect((await ask(gcore, "GET", `/cloud/v1/regions/${id}`)).json).toMatchObject({
      id,
      display_name,
      state: "ACTIVE",
    });
  });

  test("are found by their whole name in any case", async () => {
    const find = (name: string): Promise<unknown[]> =>
      names(`/cloud/v1/regions?display_name=${encodeURIComponent(name)}`);
    expect(await find("luxembourg-3")).toEqual(["Luxembourg-3"]);
    expect(await find("SÃO PAULO")).toEqual(["São Paulo"]);
    expect(await find("luxembourg")).toEqual([]);
    expect((await names("/cloud/v1/regions?order_by=display_name.asc"))[0]).toBe("Almaty");
  });

  test("that are not there are not found", async () => {
    expect((await ask(gcore, "GET", "/cloud/v1/regions/9999")).status).toBe(404);
  });
});

describe("Volumes", () => {
  test("give the names to the ids that snapshots have", async () => {
    const { volume_id } = gcore.snapshot(gcore.ids.plain);
    const one = await ask(gcore, "GET", `/cloud/v1/volumes/1186668/148/${volume_id}`);
    expect(one.json).toMatchObject({
      id: volume_id,
      name: "db-primary",
      size: 120,
      bootable: false,
      region: "Luxembourg-3",
      attachments: [],
    });
    expect(one.json.snapshot_ids).toContain(gcore.ids.plain);
    expect(await names("/cloud/v1/volumes/1186668/148?name_part=primary")).toEqual(["db-primary"]);
    expect(await names(`/cloud/v1/volumes/1186668/148?id_part=${volume_id}`)).toHaveLength(1);
    expect(await names("/cloud/v1/volumes/1186668/148?bootable=true")).toEqual(["web-1"]);
    expect(await names("/cloud/v1/volumes/1186668/148?has_attachments=true")).toEqual([]);
  });

  test("are not found in another region or project", async () => {
    const { volume_id } = gcore.snapshot(gcore.ids.plain);
    expect((await ask(gcore, "GET", `/cloud/v1/volumes/1186668/160/${volume_id}`)).status).toBe(
      404,
    );
    expect((await ask(gcore, "GET", `/cloud/v1/volumes/1210004/148/${volume_id}`)).status).toBe(
      403,
    );
  });
});

describe("Dates are spelled", () => {
  const first = async (path: string, key = gcore.keys.admin): Promise<Record<string, unknown>> => {
    const answered = await ask(gcore, "GET", path, { key });
    const list = Array.isArray(answered.json) ? answered.json : results(answered);
    return (list[0] ?? {}) as Record<string, unknown>;
  };

  test("in six ways, each in its corner of the API", async () => {
    gcore.lock(gcore.ids.untagged);
    await ask(gcore, "PUT", `/cloud/v1/snapshots/1186668/148/${gcore.ids.plain}/metadata`, {
      body: {},
    });
    const { created_at } = gcore.snapshot(gcore.ids.plain);
    expect(created_at).toBe(Date.UTC(2026, 10, 20, 10, 29, 32, 250));
    const [snapshot] = results(await ask(gcore, "GET", "/cloud/v1/snapshots/1186668/148"));
    expect(snapshot?.created_at).toBe("2026-11-20T10:29:32+0000");
    expect(await first("/cloud/v1/users/assignments")).toMatchObject({
      created_at: "2026-10-22T12:30:15Z",
    });
    expect(await first("/cloud/v1/user_actions")).toMatchObject({
      timestamp: "2026-11-21T12:30:15+00:00",
    });
    expect(await first("/cloud/v1/tasks")).toMatchObject({ created_on: "2026-11-21T12:30:15" });
    expect((await first("/cloud/v1/projects")).created_at).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/,
    );
    expect((await first("/cloud/v1/regions")).created_on).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    );
    expect(await first("/iam/v2/clients/7350925/tokens")).toMatchObject({
      created: "2026-10-22T12:30:15.250473Z",
    });
  });
});
