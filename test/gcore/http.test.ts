import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type Answer, listen, type Received } from "../../playground/loopback.ts";
import {
  type Call,
  type Called,
  readAnswer,
  readRetryAfter,
  sender,
} from "../../src/gcore/http.ts";
import type { Problem, Result } from "../../src/problem.ts";
import { callerWith, KEY, printed, SECRET } from "./callers.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An HTTP server that answers every request in this way, and the requests that it got. */
async function answering(
  answer: Answer | ((request: Received) => Answer),
): Promise<{ readonly url: string; readonly got: Received[] }> {
  const got: Received[] = [];
  const server = await listen({
    handle: (request) => {
      got.push(request);
      return typeof answer === "function" ? answer(request) : answer;
    },
  });
  stops.push(() => server.stop());
  return { url: server.url, got };
}

/** A server below HTTP that does this with each connection once a request has come. */
async function talking(
  react: (socket: Socket) => void,
): Promise<{ readonly url: string; readonly requests: () => number }> {
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => {
      requests += 1;
      react(socket);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  stops.push(
    () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests: () => requests };
}

const GET: Call = { method: "GET", path: "/cloud/v1/snapshots/1/2/x" };
const PATCH: Call = { ...GET, method: "PATCH", body: '{"name":"new"}' };

const send = (url: string, call: Call = GET): Promise<Result<unknown, Problem>> =>
  sender(url, callerWith())(call);

const problemOf = (result: Result<unknown, Problem>): Problem => {
  if (result.ok) throw new Error(`it was taken: ${JSON.stringify(result.value)}`);
  return result.problem;
};

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

describe("A call", () => {
  test("carries the key in its header and nowhere else, and says for whom it is", async () => {
    const { url, got } = await answering(json(200, { id: 1 }));
    expect(await send(url, PATCH)).toEqual({ ok: true, value: { id: 1 } });
    expect(await send(url, GET)).toEqual({ ok: true, value: { id: 1 } });
    expect(got.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["PATCH", GET.path, PATCH.body],
      ["GET", GET.path, ""],
    ]);
    const [patch, get] = got;
    expect(patch?.headers).toMatchObject({
      authorization: `APIKey ${KEY}`,
      accept: "application/json",
      "content-type": "application/json",
      "user-agent": "gcore-snapshot-bot slack/T0000000001/U0000000001",
    });
    expect(get?.headers).not.toHaveProperty("content-type");
    const { authorization: _authorization, ...rest } = patch?.headers ?? {};
    expect(printed([patch?.path, [...(patch?.query ?? [])], rest])).not.toContain(SECRET);
  });
});

describe("What became of a call is told when it is over", () => {
  test.each([
    [200, "2xx"],
    [302, "3xx"],
    [404, "4xx"],
    [429, "429"],
    [503, "5xx"],
    [700, "none"],
  ] as const)("%d counts as %s", async (status, outcome) => {
    const told: Called[] = [];
    const { url } = await answering(json(status, {}));
    await sender(url, callerWith(), undefined, (called) => told.push(called))(PATCH);
    expect(told).toEqual([{ method: "PATCH", outcome, took: expect.any(Number) }]);
  });

  test("and none when no answer came, with the time that was waited for one", async () => {
    const told: Called[] = [];
    const { url } = await talking(() => undefined);
    const limits = { read: 200, write: 200 };
    await sender(url, callerWith(), limits, (called) => told.push(called))(GET);
    expect(told).toEqual([{ method: "GET", outcome: "none", took: expect.any(Number) }]);
    expect(told[0]?.took).toBeGreaterThanOrEqual(190);
  });
});

describe("Each status has its problem", () => {
  const table: readonly (readonly [number, unknown, Problem])[] = [
    [400, { message: "wrong" }, { kind: "change-refused", detail: "wrong" }],
    [400, {}, { kind: "change-refused", detail: "HTTP 400" }],
    [401, { message: "Bad token: 29841" }, { kind: "key-refused" }],
    [403, { message: "no" }, { kind: "not-permitted", detail: "no" }],
    [403, null, { kind: "not-permitted", detail: "HTTP 403" }],
    [404, { message: "gone" }, { kind: "snapshot-not-found" }],
    [405, { message: "no" }, { kind: "change-refused", detail: "no" }],
    [408, {}, { kind: "gcore-unavailable", detail: "HTTP 408", maybeDone: true }],
    [409, { message: "x" }, { kind: "locked", task: null, since: null, taskId: null }],
    [422, { message: "no" }, { kind: "change-refused", detail: "no" }],
    [429, {}, { kind: "gcore-busy", retryAfter: null }],
    [500, { message: "x" }, { kind: "gcore-unavailable", detail: "HTTP 500", maybeDone: true }],
    [502, "page", { kind: "gcore-unavailable", detail: "HTTP 502", maybeDone: true }],
    [503, {}, { kind: "gcore-unavailable", detail: "HTTP 503", maybeDone: true }],
    [504, {}, { kind: "gcore-unavailable", detail: "HTTP 504", maybeDone: true }],
    [599, {}, { kind: "gcore-unavailable", detail: "HTTP 599", maybeDone: true }],
    [304, {}, { kind: "gcore-unclear", detail: "HTTP 304" }],
  ];
  test.each(table)("%d with %j", async (status, body, problem) => {
    const { url, got } = await answering(
      status === 304 ? { status, body: "" } : json(status, body),
    );
    for (const call of [GET, PATCH]) expect(problemOf(await send(url, call))).toEqual(problem);
    expect(got).toHaveLength(2);
  });

  test.each([200, 201, 204])("%d without JSON is no success", async (status) => {
    for (const body of status === 204 ? [""] : ["", "<html>", "{", "undefined"]) {
      const { url } = await answering({ status, body });
      expect(problemOf(await send(url))).toEqual({
        kind: "gcore-unclear",
        detail: `HTTP ${status} without JSON`,
      });
    }
  });

  test("every other status is some problem, with any body", () => {
    expect(readAnswer(400, undefined, "[".repeat(100_000)).ok).toBe(false);
    for (let status = 100; status < 1000; status += 23) {
      for (const body of [
        "",
        "null",
        "[]",
        "3",
        '"x"',
        '{"message":3}',
        "\u0000",
        "[".repeat(1e5),
      ]) {
        const answer = readAnswer(status, undefined, body);
        if (status < 200 || status >= 300) expect(answer.ok).toBe(false);
      }
    }
  });

  test.each<readonly [unknown, string]>([
    [{ message: "m", invalid_fields: { name: ["x"], "tags.a": ["y"] } }, "m (name, tags.a)"],
    [{ message: "m", invalid_fields: ["x"] }, "m (0)"],
    [{ message: "m", invalid_fields: null }, "m"],
    [{ message: "m".repeat(400) }, "m".repeat(300)],
    [{ message: "😀".repeat(400) }, "😀".repeat(300)],
    [{ message: "", invalid_fields: { name: [] } }, "HTTP 400"],
    [{ errors: { name: ["x"] } }, "HTTP 400"],
    [{ message: "m", traceback: "internal", info: { deep: 1 } }, "m"],
    [["User 1 has been invited"], "HTTP 400"],
  ])("a refusal %j is told as %j", (body, detail) => {
    expect(readAnswer(400, undefined, JSON.stringify(body))).toEqual({
      ok: false,
      problem: { kind: "change-refused", detail },
    });
  });
});

describe("How long to wait", () => {
  const NOW = 1_696_004_797_000;
  const vectors: readonly (readonly [string | undefined, number | null])[] = [
    ["20", 20_000],
    ["0.5", 500],
    ["0.0001", 1],
    ["60", 60_000],
    ["61", 61_000],
    ["3600", 3_600_000],
    ["3601", null],
    ["0", null],
    ["-10", null],
    ["99999999999999999999999999999999999", null],
    ["Fri, 29 Sep 2023 16:26:57 GMT", 20_000],
    ["Fri, 29 Sep 2023 16:27:37 GMT", 60_000],
    ["Fri, 29 Sep 2023 16:27:38 GMT", 61_000],
    ["Fri, 29 Sep 2023 16:26:37 GMT", null],
    ["Fri, 29 Sep 2023 16:26:27 GMT", null],
    ["Zun, 29 Sep 2023 16:26:27 GMT", null],
    ["Friday, 29-Sep-23 16:26:57 GMT", 20_000],
    ["soon", null],
    ["NaN", null],
    ["Infinity", null],
    ["", null],
    [undefined, null],
  ];
  test.each(vectors)("%j is %j milliseconds", (text, wait) => {
    expect(readRetryAfter(text, NOW)).toBe(wait);
  });

  test("is read from the answer", async () => {
    const { url } = await answering({ status: 429, headers: { "retry-after": "7" }, body: "" });
    expect(problemOf(await send(url))).toEqual({ kind: "gcore-busy", retryAfter: 7_000 });
  });
});

describe("Without an answer", () => {
  const lost = (detail: string): Problem => ({
    kind: "gcore-unavailable",
    detail,
    maybeDone: true,
  });

  test.each<readonly [string, (socket: Socket) => void, string]>([
    ["cut off", (socket) => socket.destroy(), "ECONNRESET"],
    ["reset", (socket) => socket.resetAndDestroy(), "ECONNRESET"],
    ["ended without a word", (socket) => socket.end(), "ECONNRESET"],
    [
      "cut in the middle of its answer",
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"id":'),
      "ECONNRESET|ERR_HTTP_CONTENT_LENGTH_MISMATCH",
    ],
    ["answered with something else", (socket) => socket.end("SSH-2.0-x\r\n\r\n"), "HPE_INVALID"],
  ])(
    "a connection that was %s may have done it, and is not tried again",
    async (_what, react, code) => {
      const server = await talking(react);
      for (const call of [GET, PATCH]) {
        const problem = problemOf(await send(server.url, call));
        expect(problem).toMatchObject({ kind: "gcore-unavailable", maybeDone: true });
        expect("detail" in problem && problem.detail).toMatch(new RegExp(`^(?:${code})`));
      }
      expect(server.requests()).toBe(2);
    },
  );

  test("an answer that cannot be unpacked may have done it", async () => {
    const { url } = await answering({
      status: 200,
      headers: { "content-encoding": "gzip" },
      body: "no gzip",
    });
    expect(problemOf(await send(url, PATCH))).toMatchObject(lost(expect.any(String) as never));
  });

  test("a connection that nobody took did not do it", async () => {
    const { url } = await talking(() => undefined);
    await stops.pop()?.();
    expect(problemOf(await send(url, PATCH))).toEqual({
      kind: "gcore-unavailable",
      detail: "ECONNREFUSED",
      maybeDone: false,
    });
  });
});

describe("A redirect", () => {
  test.each([301, 302, 303, 307, 308])(
    "%d is not followed, and nobody else gets the key",
    async (status) => {
      const other = await answering(json(200, { stolen: true }));
      const { url, got } = await answering({
        status,
        headers: { location: `${other.url}/x` },
        body: "",
      });
      for (const call of [GET, PATCH]) {
        expect(problemOf(await send(url, call))).toEqual({
          kind: "gcore-unclear",
          detail: `HTTP ${status}`,
        });
      }
      expect(got).toHaveLength(2);
      expect(other.got).toEqual([]);
    },
  );
});

describe("Nothing that comes back has the key in it", () => {
  const closed = "http://127.0.0.1:1";
  const says = (status: number, text: string): Answer => ({
    status,
    headers: { "x-debug": text.replaceAll(/[^\x20-\x7e]/g, "") },
    body: JSON.stringify({ message: text, invalid_fields: { [text]: [text] }, traceback: text }),
  });

  test("whatever went wrong", async () => {
    const cut = await talking((socket) => socket.destroy());
    const garbled = await talking((socket) => socket.end("garbage\r\n\r\n"));
    const results: unknown[] = [];
    for (const url of [cut.url, garbled.url, closed]) {
      results.push(await send(url, GET), await send(url, PATCH));
    }
    for (const status of [200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      const { url } = await answering({ status, body: "<html>" });
      results.push(await send(url, GET), await send(url, PATCH));
    }
    for (const result of results) expect(printed(result)).not.toContain(SECRET);
  });

  test.each([400, 401, 403, 404, 405, 409, 422, 429, 500])(
    "even when a server says it back with %d",
    async (status) => {
      const { url } = await answering(({ headers }) =>
        says(status, `no: ${headers.authorization}`),
      );
      for (const call of [GET, PATCH]) {
        expect(printed(await send(url, call))).not.toContain(SECRET);
      }
    },
  );

  test("even when a request cannot be made at all", async () => {
    for (const path of ["/a b", "/\u0000", "/😀", "//evil.example/x", "/%", "/\ud800"]) {
      const answer = await send(closed, { method: "GET", path }).catch((error: unknown) => error);
      expect(printed(answer)).not.toContain(SECRET);
    }
    const person = { enterpriseId: null, teamId: "T\r\nX-Other: 1", userId: "Ü\u0000" };
    const answer = await sender(closed, { apiKey: KEY, person })(GET).catch(
      (error: unknown) => error,
    );
    expect(printed(answer)).not.toContain(SECRET);
  });
});
