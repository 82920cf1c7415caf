import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, patch } from "./ask.ts";

const clock = new MovableClock();
let gcore: LocalGcore;

beforeAll(async () => {
  gcore = await startGcore({ clock });
});
afterAll(() => gcore.stop());

const DAY = 86_400_000;
const REGIONS = "/cloud/v1/regions/148";

const refusal = (exception_class: string, message: string) => ({
  exception_class,
  message,
  request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
});

describe("An API key", () => {
  test.each(["APIKey", "apikey", "ApiKey", "APIKEY"])(
    "is welcome after the word %s",
    async (word) => {
      const authorization = `${word} ${gcore.keys.full}`;
      expect((await ask(gcore, "GET", REGIONS, { authorization })).status).toBe(200);
    },
  );

  test("may be of the old form, with a dollar sign", async () => {
    expect(gcore.keys.oldForm).toMatch(/^\d+\$[0-9a-f]+$/);
    expect((await ask(gcore, "GET", REGIONS, { key: gcore.keys.oldForm })).status).toBe(200);
  });

  test("is asked for with the time that it is at Gcore", async () => {
    clock.advance(DAY);
    const answer = await fetch(`${gcore.url}${REGIONS}`);
    const ahead = Date.parse(answer.headers.get("date") ?? "") - clock.now();
    expect(Math.abs(ahead)).toBeLessThan(60_000);
  });

  test("is needed", async () => {
    const { status, json } = await ask(gcore, "GET", REGIONS, { key: null });
    expect(status).toBe(401);
    expect(json).toEqual(
      refusal("not_authenticated", "Authentication credentials were not provided."),
    );
  });

  test.each([
    ["Bearer", "token_not_valid", "Given token not valid for any token type"],
    ["bearer", "token_not_valid", "Given token not valid for any token type"],
    ["Basic", "not_authenticated", "Authentication credentials were not provided."],
    ["Token", "not_authenticated", "Authentication credentials were not provided."],
  ])("is refused after the word %s", async (word, exception, message) => {
    const authorization = `${word} ${gcore.keys.full}`;
    const { status, json } = await ask(gcore, "GET", REGIONS, { authorization });
    expect(status).toBe(401);
    expect(json).toEqual(refusal(exception, message));
  });

  test.each(["APIKey", "APIKey ", "APIKey 1_aa bb"])(
    "is not found in %j",
    async (authorization) => {
      const { status, json } = await ask(gcore, "GET", REGIONS, { authorization });
      expect(status).toBe(401);
      expect(json.exception_class).toBe("not_authenticated");
    },
  );

  test("that was cut at its separator is refused with the part that arrived", async () => {
    const id = gcore.keys.oldForm.split("$")[0] ?? "";
    const cut = await ask(gcore, "GET", REGIONS, { key: id });
    expect(cut.status).toBe(401);
    expect(cut.json.message).toBe(`Bad token: ${id}`);
    expect((await ask(gcore, "GET", REGIONS, { key: `${id}$` })).json.message).toBe(
      `Bad token: ${id}`,
    );
    gcore.knobs.badToken = "Bad permanent token";
    const other = await ask(gcore, "GET", REGIONS, { key: id });
    gcore.knobs.badToken = "Bad token";
    expect(other.json.message).toBe(`Bad permanent token: ${id}`);
  });

  test("with another secret, or a number that nobody has, is refused", async () => {
    const wrong = gcore.keys.full.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    for (const key of [wrong, `999999_${"a".repeat(64)}`, `${gcore.keys.full}0`]) {
      const { status, json } = await ask(gcore, "GET", REGIONS, { key });
      expect(status).toBe(401);
      expect(json).toEqual(refusal("token_not_valid", "Token is invalid or expired"));
    }
  });

  test.each(["expired", "revoked"] as const)("that is %s is refused", async (name) => {
    const { status, json } = await ask(gcore, "GET", REGIONS, { key: gcore.keys[name] });
    expect(status).toBe(401);
    expect(json).toEqual(refusal("token_not_valid", "Token is invalid or expired"));
  });

  test("expires when the clock says so, and one without a date never does", async () => {
    const key = gcore.addKey({ expiresIn: DAY });
    expect((await ask(gcore, "GET", REGIONS, { key })).status).toBe(200);
    clock.advance(DAY);
    expect((await ask(gcore, "GET", REGIONS, { key })).status).toBe(401);
    expect((await ask(gcore, "GET", REGIONS, { key: gcore.keys.noExpiry })).status).toBe(200);
  });

  test("can be revoked and expired at any moment", async () => {
    const [first, second] = [gcore.addKey(), gcore.addKey()];
    gcore.revoke(first);
    gcore.expire(second);
    expect((await ask(gcore, "GET", REGIONS, { key: first })).status).toBe(401);
    expect((await ask(gcore, "GET", REGIONS, { key: second })).status).toBe(401);
  });

  test("is refused by IAM in IAM's own words", async () => {
    const { status, json } = await ask(gcore, "GET", "/iam/clients/me", { key: null });
    expect(status).toBe(401);
    expect(json).toEqual({ message: "Authentication credentials were not provided." });
  });
});

describe("What a key may do", () => {
  test("an Observer reads a snapshot and may not change it", async () => {
    const key = gcore.keys.readOnly;
    expect((await get(gcore, gcore.ids.plain, { key })).status).toBe(200);
    const { status, json } = await patch(gcore, gcore.ids.plain, { name: "changed" }, { key });
    expect(status).toBe(403);
    expect(json).toEqual(
      refusal("ForbiddenError", "You do not have permission to perform this action."),
    );
    expect(gcore.snapshot(gcore.ids.plain).name).toBe("nightly-db-2026-11-20");
  });

  test("an Observer may not make, delete or retag in the deprecated way either", async () => {
    const key = gcore.keys.readOnly;
    const place = "/cloud/v1/snapshots/1186668/148";
    const { plain } = gcore.ids;
    const { volume_id } = gcore.snapshot(plain);
    const body = { name: "new-one", volume_id };
    expect((await ask(gcore, "POST", place, { key, body })).status).toBe(403);
    expect((await ask(gcore, "DELETE", `${place}/${plain}`, { key })).status).toBe(403);
    expect((await ask(gcore, "PUT", `${place}/${plain}/metadata`, { key, body: {} })).status).toBe(
      403,
    );
  });

  test.each(["User", "ProjectAdministrator", "InternalNetworkOnlyUser"] as const)(
    "a %s changes snapshots",
    async (role) => {
      const key = gcore.addKey({ role });
      expect((await patch(gcore, gcore.ids.untagged, {}, { key })).status).toBe(200);
    },
  );

  test("losing the role takes effect with the next request", async () => {
    const key = gcore.addKey();
    expect((await patch(gcore, gcore.ids.untagged, {}, { key })).status).toBe(200);
    gcore.changeKey(key, { role: "Observer" });
    expect((await patch(gcore, gcore.ids.untagged, {}, { key })).status).toBe(403);
  });

  test.each(["GET", "PATCH"])("%s in a project without a role is refused", async (method) => {
    const asked = method === "GET" ? {} : { body: { name: "changed" } };
    const path = `/cloud/v1/snapshots/1210004/148/${gcore.ids.otherProject}`;
    expect((await ask(gcore, method, path, asked)).status).toBe(403);
    gcore.knobs.foreignProject = 404;
    const hidden = await ask(gcore, method, path, asked);
    gcore.knobs.foreignProject = 403;
    expect(hidden.status).toBe(404);
    expect(hidden.json.exception_class).toBe("NotFoundError");
  });

  test("the key of another project is refused where the usual one is not", async () => {
    const key = gcore.keys.otherProject;
    expect((await get(gcore, gcore.ids.plain, { key })).status).toBe(403);
    expect((await get(gcore, gcore.ids.otherProject, { key })).status).toBe(200);
    expect((await get(gcore, gcore.ids.plain, { key: gcore.keys.otherAccount })).status).toBe(403);
  });

  test("who may not write is told so before being told what is wrong with the body", async () => {
    const key = gcore.keys.readOnly;
    expect((await patch(gcore, gcore.ids.plain, { name: "!" }, { key })).status).toBe(403);
  });
});
