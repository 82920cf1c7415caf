import { Agent, createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { routes } from "../src/web.ts";

let stopping: boolean;
/** What an answer of `/readyz` waits for. */
let pausing: () => Promise<void>;
let server: Server;
let port: number;
let agent: Agent;
beforeEach(async () => {
  stopping = false;
  pausing = async () => undefined;
  server = createServer(
    routes({
      eventsPath: "/slack/events",
      events: () => (_request, response) => response.end("taken"),
      isStopping: () => stopping,
      unreadiness: async () => {
        await pausing();
        return stopping ? "stopping" : undefined;
      },
      metrics: { token: "opens-the-metrics", text: async () => "up 1\n" },
    }),
  );
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  agent.destroy();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** Asks over the one connection that is kept. */
async function ask(
  path: string,
  { method = "GET", token }: { readonly method?: string; readonly token?: string } = {},
): Promise<{ readonly status: number | undefined; readonly text: string; readonly kept: boolean }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await new Promise<IncomingMessage>((done, fail) =>
    get({ agent, host: "127.0.0.1", port, path, method, headers }, done).on("error", fail),
  );
  return {
    status: answer.statusCode,
    text: await text(answer),
    kept: answer.headers.connection === "keep-alive",
  };
}

describe("What the bot answers over HTTP", () => {
  const token = "opens-the-metrics";
  const asked: readonly [string, Parameters<typeof ask>[1], number, number][] = [
    ["/healthz", {}, 200, 200],
    ["/readyz", {}, 200, 503],
    ["/metrics", { token }, 200, 200],
    ["/metrics", { token: "a guess" }, 401, 401],
    ["/slack/events", { method: "POST" }, 200, 200],
    ["/elsewhere", {}, 404, 404],
  ];

  test.each(asked)("%s %j, over a connection that is kept", async (path, how, status) => {
    expect(await ask(path, how)).toMatchObject({ status, kept: true });
  });

  test.each(asked)(
    "%s %j, while it stops, and with the answer the connection ends",
    async (path, how, _, status) => {
      stopping = true;
      expect(await ask(path, how)).toMatchObject({ status, kept: false });
    },
  );

  test("a probe that is on its way when the stop comes does not hold it back by coming again", async () => {
    let came: () => void = () => undefined;
    const inside = new Promise<void>((done) => {
      came = done;
    });
    let goOn: () => void = () => undefined;
    pausing = () =>
      new Promise((done) => {
        goOn = done;
        came();
      });
    const first = ask("/readyz");
    await inside;
    stopping = true;
    const closed = new Promise((done) => server.close(done));
    pausing = async () => undefined;
    goOn();
    expect(await first).toMatchObject({ status: 503, kept: true });
    expect(await ask("/readyz")).toMatchObject({ status: 503, kept: false });
    await closed;
  });
});
