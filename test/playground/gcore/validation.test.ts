import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, patch, pathOf, tagsOf } from "./ask.ts";

let gcore: LocalGcore;
let id: string;

beforeAll(async () => {
  gcore = await startGcore({ clock: new MovableClock() });
  id = gcore.add({ name: "to-be-changed" }).id;
});
afterAll(() => gcore.stop());

const NAME = "String should match pattern '^[a-zA-Z0-9][a-zA-Z 0-9._\\-]{1,61}[a-zA-Z0-9._]$'";
const KEY = "String should match pattern '^[^\\s=]+$'";
const VALUE =
  "String should match pattern '^[^ \\t\\n\\r\\f\\v]([^\\t\\n\\r\\f\\v]*[^ \\t\\n\\r\\f\\v])?$'";
const TEXT = "Input should be a valid string";
const SHORT = "String should have at least 1 character";
const LONG = "String should have at most 255 characters";

const wrong = (fields: object) => ({
  exception_class: "ValidationError",
  message: expect.stringMatching(/^Validation Error: \{'/),
  request_id: expect.any(String),
  invalid_fields: fields,
});

describe("A name", () => {
  test.each(["abc", "a-b", "a b", "ab.", "a__", "1.2", "a".repeat(63), "A Z.9_-x", "a--b"])(
    "may be %j",
    async (name) => {
      const { status, json } = await patch(gcore, id, { name });
      expect(status).toBe(200);
      expect(json.name).toBe(name);
    },
  );

  test.each([
    "",
    "a",
    "ab",
    "ab-",
    "ab ",
    " ab",
    ".ab",
    "_ab",
    "prod/db",
    "a:b",
    "a@b",
    "é".repeat(5),
    "abc\n",
    "a\tb",
    "a".repeat(64),
    "😀😀😀",
  ])("may not be %j", async (name) => {
    const { status, json } = await patch(gcore, id, { name });
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ name: [NAME] }));
  });

  test.each([null, 7, true, ["abc"], { a: "b" }])(
    "may not be %j, which is no text",
    async (name) => {
      const { status, json } = await patch(gcore, id, { name });
      expect(status).toBe(400);
      expect(json).toEqual(wrong({ name: [TEXT] }));
    },
  );

  test("that is refused is quoted in the message as Python prints it", async () => {
    const { json } = await patch(gcore, id, { name: "ab" });
    expect(json.message).toBe(
      String.raw`Validation Error: {'name': ["String should match pattern '^[a-zA-Z0-9][a-zA-Z 0-9._\\-]{1,61}[a-zA-Z0-9._]$'"]}`,
    );
  });

  test("that is stored may not be sendable: what a policy named cannot be named so again", async () => {
    const { name } = gcore.snapshot(gcore.ids.policyMade);
    expect((await patch(gcore, gcore.ids.policyMade, { name })).status).toBe(400);
    const cron = gcore.snapshot(gcore.ids.cronMade).name;
    expect((await patch(gcore, gcore.ids.cronMade, { name: cron })).status).toBe(200);
  });
});

describe("A tag's key", () => {
  test.each([
    "a",
    "a".repeat(255),
    "😀".repeat(255),
    "a.b/c:d",
    '"quoted"',
    "é",
    "<!channel>",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
  ])("may be %j", async (key) => {
    const body = `{"tags":{${JSON.stringify(key)}:"x"}}`;
    const set = await ask(gcore, "PATCH", pathOf(gcore, id), { raw: body });
    expect(set.status).toBe(200);
    expect(tagsOf(set).get(key)).toBe("x");
    const removed = await ask(gcore, "PATCH", pathOf(gcore, id), {
      raw: body.replace('"x"', "null"),
    });
    expect(tagsOf(removed).has(key)).toBe(false);
  });

  test.each([
    ["", SHORT],
    ["   ", SHORT],
    ["a".repeat(256), LONG],
    ["😀".repeat(256), LONG],
    ["a b", KEY],
    ["a\tb", KEY],
    ["a\u00a0b", KEY],
    ["a=b", KEY],
    ["=", KEY],
  ])("may not be %j", async (key, message) => {
    for (const value of ["x", null]) {
      const { status, json } = await patch(gcore, id, { tags: { [key]: value } });
      expect(status).toBe(400);
      expect(json).toEqual(wrong({ tags: { [key]: [message] } }));
    }
  });
});

describe("A tag's value", () => {
  test.each([
    "a",
    "a b",
    "a=b",
    "a".repeat(255),
    "😀".repeat(255),
    "<!channel>",
    "``` `",
    "a\u00a0b",
    "null",
    "a\u2028b",
  ])("may be %j", async (value) => {
    const answered = await patch(gcore, id, { tags: { k: value } });
    expect(answered.status).toBe(200);
    expect(tagsOf(answered).get("k")).toBe(value);
  });

  test.each([
    ["", SHORT],
    [" ", SHORT],
    ["a".repeat(256), LONG],
    ["😀".repeat(256), LONG],
    ["a\tb", VALUE],
    ["a\nb", VALUE],
    ["a\rb", VALUE],
    ["a\fb", VALUE],
    ["a\vb", VALUE],
  ])("may not be %j", async (value, message) => {
    const { status, json } = await patch(gcore, id, { tags: { k: value } });
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ tags: { k: [message] } }));
  });

  test.each([7, true, ["a"], { a: "b" }])("may not be %j, which is no text", async (value) => {
    const { status, json } = await patch(gcore, id, { tags: { k: value } });
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ tags: { k: [TEXT] } }));
  });

  test("may not be half a character", async () => {
    const raw = String.raw`{"tags":{"k":"\ud800"}}`;
    expect((await ask(gcore, "PATCH", pathOf(gcore, id), { raw })).status).toBe(400);
  });

  test("that is stored may not be sendable: the 1024 bytes of earlier days are refused now", async () => {
    const notes = gcore.tags(gcore.ids.longValue).get("notes");
    expect((await patch(gcore, gcore.ids.longValue, { tags: { notes } })).status).toBe(400);
    const untouched = await patch(gcore, gcore.ids.longValue, { tags: { team: "x" } });
    expect(tagsOf(untouched).get("notes")).toBe(notes);
  });
});

describe("A PATCH", () => {
  test("with several mistakes names them all and changes nothing", async () => {
    const before = gcore.snapshot(id);
    const body = { name: "!", tags: { good: "x", "a b": "x", c: "" } };
    const { status, json } = await patch(gcore, id, body);
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ name: [NAME], tags: { "a b": [KEY], c: [SHORT] } }));
    expect(gcore.snapshot(id)).toEqual(before);
  });

  test.each([7, "a", true, ["a"]])("may not have %j for its tags", async (tags) => {
    const { status, json } = await patch(gcore, id, { tags });
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ tags: ["Input should be a valid dictionary"] }));
  });

  test.each(["null", "[]", "7", '"a"'])("may not be %s", async (raw) => {
    const { status, json } = await ask(gcore, "PATCH", pathOf(gcore, id), { raw });
    expect(status).toBe(400);
    expect(json).toEqual(wrong({ __root__: ["Input should be a valid dictionary"] }));
  });

  test.each(["", "{", '{"name": abc}', "{'name': 'abc'}"])("may not be %j", async (raw) => {
    const { status, json } = await ask(gcore, "PATCH", pathOf(gcore, id), { raw });
    expect(status).toBe(400);
    expect(json.exception_class).toBe("BadRequestError");
    expect(gcore.forgive(/broken JSON/)).toBe(1);
  });

  test.each(["application/merge-patch+json", "text/plain", "application/jsonp", null])(
    "may not be sent as %s",
    async (contentType) => {
      const body = { name: "abc" };
      const { status } = await ask(gcore, "PATCH", pathOf(gcore, id), { body, contentType });
      expect(status).toBe(400);
      expect(gcore.forgive(/content type/)).toBe(1);
    },
  );

  test.each(["application/json; charset=utf-8", "Application/JSON"])(
    "may be sent as %s",
    async (contentType) => {
      const body = { name: "abc" };
      expect((await ask(gcore, "PATCH", pathOf(gcore, id), { body, contentType })).status).toBe(
        200,
      );
    },
  );

  test("says 404 for a snapshot that is not there, or is in another region", async () => {
    const body = { name: "abc" };
    const nobody = "00000000-0000-4000-8000-000000000000";
    const unknown = await ask(gcore, "PATCH", `/cloud/v1/snapshots/1186668/148/${nobody}`, {
      body,
    });
    expect(unknown.status).toBe(404);
    expect(unknown.json).toEqual({
      exception_class: "NotFoundError",
      message: `Snapshot ${nobody} could not be found`,
      request_id: expect.any(String),
    });
    const elsewhere = await ask(gcore, "PATCH", `/cloud/v1/snapshots/1186668/196/${id}`, { body });
    expect(elsewhere.json.message).toBe(`Snapshot ${id} could not be found`);
    const project = await ask(gcore, "PATCH", `/cloud/v1/snapshots/1202779/148/${id}`, { body });
    expect(project.status).toBe(404);
    const region = await ask(gcore, "PATCH", `/cloud/v1/snapshots/1186668/999/${id}`, { body });
    expect(region.json.message).toBe("Region 999 could not be found");
    const none = await ask(gcore, "PATCH", `/cloud/v1/snapshots/999/148/${id}`, { body });
    expect(none.json.message).toBe("Project 999 could not be found");
  });

  test("finds a snapshot by its id in capitals", async () => {
    const path = `/cloud/v1/snapshots/1186668/148/${id.toUpperCase()}`;
    expect((await ask(gcore, "GET", path)).json.id).toBe(id);
  });
});
