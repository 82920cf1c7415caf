import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, patch, pathOf } from "./ask.ts";

const clock = new MovableClock();
let gcore: LocalGcore;

beforeEach(async () => {
  gcore = await startGcore({ clock });
});
afterEach(() => gcore.stop());

const REGIONS = "/cloud/v1/regions";

const secretOf = (key: string): string => key.split(/[_$]/)[1] ?? "";

describe("The journal", () => {
  test("has every request with what was sent and what was answered", async () => {
    const start = clock.now();
    await patch(gcore, gcore.ids.plain, { name: "changed" }, { headers: { "user-agent": "me/1" } });
    await ask(gcore, "GET", `${REGIONS}?limit=1&offset=2`);
    expect(gcore.journal.entries).toMatchObject([
      {
        method: "PATCH",
        path: pathOf(gcore, gcore.ids.plain),
        query: "",
        headers: { "user-agent": "me/1", authorization: "APIKey [cut]" },
        body: { name: "changed" },
        tokenId: Number(gcore.keys.full.split("_")[0]),
        status: 200,
        answer: { name: "changed" },
        effective: true,
        fault: undefined,
      },
      { method: "GET", path: REGIONS, query: "limit=1&offset=2", status: 200, body: undefined },
    ]);
    expect(gcore.journal.entries[0]?.at).toBeGreaterThanOrEqual(start);
  });

  test("can be asked for some of them", async () => {
    await get(gcore, gcore.ids.plain);
    await patch(gcore, gcore.ids.plain, {});
    await patch(gcore, gcore.ids.twinA, { name: "!" });
    expect(gcore.journal.calls()).toHaveLength(3);
    expect(gcore.journal.calls("GET")).toHaveLength(1);
    expect(gcore.journal.calls(undefined, new RegExp(gcore.ids.plain))).toHaveLength(2);
    expect(gcore.journal.patches()).toHaveLength(2);
    expect(gcore.journal.patches(gcore.ids.twinA)).toMatchObject([
      { status: 400, effective: false, answer: { exception_class: "ValidationError" } },
    ]);
    gcore.journal.clear();
    expect(gcore.journal.calls()).toEqual([]);
  });

  test("has a text that is no JSON as it is", async () => {
    const path = pathOf(gcore, gcore.ids.plain);
    await ask(gcore, "PATCH", path, { raw: "{oops" });
    expect(gcore.journal.calls("PATCH")[0]?.body).toBe("{oops");
  });

  test("never has a key in clear, wherever a client put it", async () => {
    const { full, oldForm, expired, revoked } = gcore.keys;
    const unknown = `777_${"0123456789abcdef".repeat(4)}`;
    const path = pathOf(gcore, gcore.ids.plain);
    for (const key of [full, oldForm, expired, revoked, unknown]) {
      await ask(gcore, "GET", `${REGIONS}?key=${encodeURIComponent(key)}`, { key });
      await ask(gcore, "GET", `/cloud/v1/${encodeURIComponent(key)}`, { key });
      await ask(gcore, "GET", REGIONS, { authorization: `Bearer ${key}` });
      await ask(gcore, "GET", REGIONS, { authorization: key });
      await ask(gcore, "GET", REGIONS, { authorization: `${key} and more` });
      await ask(gcore, "GET", REGIONS, { headers: { "x-api-key": key, cookie: `k=${key}` } });
      await ask(gcore, "PATCH", path, { body: { name: key, tags: { k: key } } });
      await ask(gcore, "PATCH", path, { raw: `{"name": ${key}` });
    }
    const everything = JSON.stringify([gcore.journal.entries, gcore.violations()]);
    for (const key of [full, oldForm, expired, revoked, unknown]) {
      expect(everything).not.toContain(secretOf(key));
    }
    expect(gcore.journal.entries).toHaveLength(40);
  });

  test("has the number of the key for requests that never got to the API, too", async () => {
    gcore.faults.cut();
    await expect(get(gcore, gcore.ids.plain)).rejects.toThrow();
    expect(gcore.journal.entries[0]?.tokenId).toBe(Number(gcore.keys.full.split("_")[0]));
  });
});

describe("A violation", () => {
  test("is nothing that a well-made client does", async () => {
    await get(gcore, gcore.ids.plain);
    await patch(gcore, gcore.ids.plain, { name: "changed", tags: { team: null } });
    await patch(gcore, gcore.ids.plain, { name: "!" });
    await get(gcore, gcore.ids.plain, { key: gcore.keys.expired });
    await ask(gcore, "GET", `${REGIONS}?limit=10`, { authorization: `apikey ${gcore.keys.full}` });
    expect(gcore.violations()).toEqual([]);
  });

  test.each([
    ["GET", "/cloud/v1/volume-snapshots/1186668/148"],
    ["GET", "/cloud/v2/snapshots/1186668/148"],
    ["GET", "/cloud/v1/regions/"],
    ["GET", "/cloud/v1/projects/abc"],
    ["GET", "/"],
    ["POST", "/iam/clients/7350925/tokens"],
  ])("is %s %s, which nobody knows", async (method, path) => {
    const { status, json } = await ask(gcore, method, path);
    expect(status).toBe(404);
    expect(json.message).toBe("HTTP 404: Not Found");
    expect(gcore.violations()).toEqual([`${method} ${path}: unknown path`]);
  });

  test("is a method that a path does not have", async () => {
    const { status, json } = await ask(gcore, "PUT", pathOf(gcore, gcore.ids.plain), { body: {} });
    expect(status).toBe(405);
    expect(json).toEqual({
      exception_class: "HTTPError",
      message: "HTTP 405: Method Not Allowed",
      request_id: expect.any(String),
    });
    expect(gcore.forgive(/unknown method/)).toBe(1);
  });

  test("is a missing or an odd Authorization header", async () => {
    await ask(gcore, "GET", REGIONS, { key: null });
    await ask(gcore, "GET", REGIONS, { authorization: `Bearer ${gcore.keys.full}` });
    await ask(gcore, "GET", REGIONS, { authorization: gcore.keys.full });
    expect(gcore.violations()).toEqual([
      `GET ${REGIONS}: no Authorization header`,
      `GET ${REGIONS}: Authorization is not \`APIKey <token>\``,
      `GET ${REGIONS}: Authorization is not \`APIKey <token>\``,
    ]);
  });

  test("is a key in an address", async () => {
    await ask(gcore, "GET", `${REGIONS}?limit=10&apikey=${gcore.keys.full}`);
    expect(gcore.violations()).toContain(`GET ${REGIONS}: an API key in the address`);
  });

  test("is an unknown member, an odd content type, or broken JSON", async () => {
    const { plain } = gcore.ids;
    await patch(gcore, plain, { title: "no" });
    await patch(gcore, plain, {}, { contentType: "application/merge-patch+json" });
    await patch(gcore, plain, {}, { contentType: null });
    await ask(gcore, "PATCH", pathOf(gcore, plain), { raw: "{" });
    expect(gcore.violations().map((text) => text.split(": ")[1])).toEqual([
      "unknown member title",
      "content type application/merge-patch+json",
      "content type missing",
      "broken JSON",
    ]);
  });

  test("can be forgiven when it was provoked, and the others stay", async () => {
    await ask(gcore, "GET", "/nowhere");
    await ask(gcore, "GET", REGIONS, { key: null });
    expect(gcore.forgive(/unknown path/)).toBe(1);
    expect(gcore.violations()).toEqual([`GET ${REGIONS}: no Authorization header`]);
  });
});
