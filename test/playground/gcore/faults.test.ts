import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, patch, pathOf } from "./ask.ts";

let gcore: LocalGcore;
let id: string;

beforeEach(async () => {
  gcore = await startGcore({ clock: new MovableClock() });
  id = gcore.ids.plain;
});
afterEach(() => gcore.stop());

const CHANGE = { tags: { team: "search" } };

describe("On request", () => {
  test.each([500, 502, 503, 504, 429, 408])(
    "a %i comes once, and nothing is done",
    async (status) => {
      gcore.faults.status(status);
      expect(gcore.faults.waiting).toBe(1);
      const failed = await patch(gcore, id, CHANGE);
      expect(failed.status).toBe(status);
      expect(failed.json).toMatchObject({ exception_class: "HTTPError" });
      expect(gcore.effectiveChanges(id)).toBe(0);
      expect(gcore.faults.waiting).toBe(0);
      expect((await patch(gcore, id, CHANGE)).status).toBe(200);
    },
  );

  test("a 429 says when to come back in seconds, as a date, in nonsense, or not at all", async () => {
    const date = new Date("2023-09-29T16:26:57Z");
    gcore.faults.status(429, { retryAfter: 20 });
    gcore.faults.status(429, { retryAfter: date });
    gcore.faults.status(429, { retryAfter: "soon" });
    gcore.faults.status(429);
    const seen: unknown[] = [];
    for (let i = 0; i < 4; i += 1) {
      seen.push((await get(gcore, id)).headers.get("retry-after"));
    }
    expect(seen).toEqual(["20", "Fri, 29 Sep 2023 16:26:57 GMT", "soon", null]);
  });

  test("a status has the shape of the knob, of its half of the API, or the one asked for", async () => {
    gcore.faults.status(503, { path: /^\/iam/ });
    gcore.faults.status(502, { shape: "html", method: "GET", path: /snapshots/ });
    expect((await ask(gcore, "GET", "/iam/clients/me")).json).toEqual({
      message: "HTTP 503: Service Unavailable",
    });
    expect((await get(gcore, id)).text).toContain("502 Bad Gateway");
    gcore.knobs.errorShape = "empty";
    gcore.faults.status(500, { message: "unused" });
    expect((await get(gcore, id)).text).toBe("");
  });

  test("a fault waits for its method and its path, and comes as often as asked", async () => {
    gcore.faults.status(503, { method: "PATCH", times: 2 });
    expect((await get(gcore, id)).status).toBe(200);
    expect((await patch(gcore, id, CHANGE)).status).toBe(503);
    expect((await patch(gcore, id, CHANGE)).status).toBe(503);
    expect((await patch(gcore, id, CHANGE)).status).toBe(200);
    gcore.faults.status(503);
    gcore.faults.clear();
    expect((await get(gcore, id)).status).toBe(200);
  });

  test("any fault of the server can be asked for", async () => {
    const answer = { status: 418, headers: { "x-odd": "yes" }, body: "{" };
    gcore.faults.next({ method: "GET", path: /snapshots/ }, { kind: "answer", answer }, 2);
    for (let i = 0; i < 2; i += 1) {
      const odd = await get(gcore, id);
      expect([odd.status, odd.text, odd.headers.get("x-odd")]).toEqual([418, "{", "yes"]);
    }
    expect((await get(gcore, id)).status).toBe(200);
  });

  test("the answer to a PATCH is lost after everything was done", async () => {
    gcore.faults.answerLost();
    await expect(patch(gcore, id, CHANGE)).rejects.toThrow();
    expect(gcore.tags(id).get("team")).toBe("search");
    expect(gcore.effectiveChanges(id)).toBe(1);
    expect(gcore.journal.patches()).toMatchObject([
      { status: 200, effective: true, fault: "cut after" },
    ]);
  });

  test("a request is cut off before anything was done", async () => {
    gcore.faults.cut();
    await expect(patch(gcore, id, CHANGE)).rejects.toThrow();
    expect(gcore.effectiveChanges(id)).toBe(0);
    expect(gcore.journal.patches()).toEqual([]);
    expect(gcore.journal.calls("PATCH")).toMatchObject([
      { status: undefined, fault: "cut before" },
    ]);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)("a request hangs %s it was processed", async (when, changes) => {
    gcore.faults.hang(when, { method: "PATCH" });
    const aborter = new AbortController();
    const seen = new Promise<void>((done) => {
      gcore.watch((moment) => {
        if (moment === when) done();
      });
    });
    const asked = fetch(gcore.url + pathOf(gcore, id), {
      method: "PATCH",
      headers: { authorization: `APIKey ${gcore.keys.full}`, "content-type": "application/json" },
      body: JSON.stringify(CHANGE),
      signal: aborter.signal,
    });
    await seen;
    aborter.abort();
    await expect(asked).rejects.toThrow();
    expect(gcore.effectiveChanges(id)).toBe(changes);
  });

  test("a request takes longer", async () => {
    gcore.faults.slow(60);
    const start = performance.now();
    expect((await patch(gcore, id, CHANGE)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test("somebody else changes the snapshot right after it was read", async () => {
    gcore.faults.concurrentEdit({ name: "somebody-elses" });
    expect((await get(gcore, id)).json.name).toBe("nightly-db-2026-11-20");
    expect((await get(gcore, id)).json.name).toBe("somebody-elses");
    expect(gcore.effectiveChanges(id)).toBe(0);
  });

  test("somebody else changes it so late that only the PATCH's answer can tell", async () => {
    const edit = gcore.tags(id);
    gcore.faults.concurrentEdit(
      (snapshot) => {
        snapshot.tags = snapshot.tags.filter((tag) => tag.key !== "environment");
      },
      { moment: "beforePatch", id },
    );
    await get(gcore, id);
    expect(gcore.tags(id)).toEqual(edit);
    const { json } = await patch(gcore, id, CHANGE);
    expect(json.tags).toHaveLength(5);
    expect(gcore.faults.waiting).toBe(0);
  });

  test("a watcher sees each request before and after it is processed", async () => {
    const seen: unknown[] = [];
    gcore.watch((when, request) => {
      seen.push([when, request.method, gcore.effectiveChanges(id)]);
    });
    await patch(gcore, id, CHANGE);
    gcore.watch(undefined);
    await get(gcore, id);
    expect(seen).toEqual([
      ["before", "PATCH", 0],
      ["after", "PATCH", 1],
    ]);
  });
});
