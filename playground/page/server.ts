import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { parseJson } from "../slack/json.ts";
import { perform, readAction } from "./actions.ts";
import { asset } from "./assets.ts";
import { galleryJson } from "./gallery.ts";
import { headers, isForUs, isFromOurPage } from "./guard.ts";
import { readTurn, turn } from "./knobs.ts";
import type { Playground } from "./playground.ts";
import { recordsOf } from "./records.ts";
import { Shown } from "./shown.ts";
import { Streams } from "./streams.ts";
import { controlTour, hasToken, readTourWish, streamTour } from "./tour-control.ts";
import { trafficOf } from "./traffic.ts";

/** The page, being served. */
export interface Page {
  readonly url: string;
  /** What opens the tour to other programs of the same person. */
  readonly token: string;
  stop(): Promise<void>;
}

/** Serves the page on 127.0.0.1 (port 0: any free one); each step of the tour takes `pace` milliseconds. */
export async function servePage(
  playground: Playground,
  port: number,
  pace?: number,
): Promise<Page> {
  const shown = new Shown(playground, pace);
  const service = { shown, streams: new Streams(shown), token: randomBytes(32).toString("hex") };
  const server = createServer((request, response) => {
    answer(service, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, headers);
      response.end(String(error));
    });
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    token: service.token,
    async stop() {
      service.streams.stop();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await Promise.all([closed, shown.leaveTour()]);
    },
  };
}

interface Service {
  readonly shown: Shown;
  readonly streams: Streams;
  readonly token: string;
}

async function answer(
  { shown, streams, token }: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, body: string, type = "text/plain; charset=utf-8"): void => {
    response.writeHead(status, { ...headers, "content-type": type }).end(body);
  };
  if (!isForUs(request, request.socket.localPort ?? 0)) return say(403, "Not for this server.");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://page.invalid");
  const { playground } = shown;
  if (request.method === "POST") {
    if (pathname === "/tour" && hasToken(request, token)) {
      return streams.size === 0 ? say(409, "No page is open.") : await streamTour(shown, response);
    }
    if (!isFromOurPage(request)) return say(403, "Only for the page itself.");
    const outcome = await act(shown, pathname, await text(request));
    return say(outcome === undefined ? 400 : 200, JSON.stringify(outcome), "application/json");
  }
  if (request.method !== "GET") return say(405, "Only GET and POST.");
  if (pathname === "/events") {
    const member = playground.slack.workspace
      .people()
      .find(({ name }) => name === searchParams.get("as"));
    if (member === undefined) return say(404, "There is nobody of that name.");
    response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
    streams.add(response, member);
    return;
  }
  if (pathname === "/traffic") {
    return say(200, JSON.stringify(trafficOf(playground)), "application/json");
  }
  if (pathname === "/records") {
    return say(200, JSON.stringify(recordsOf(playground)), "application/json");
  }
  if (pathname === "/gallery.json") return say(200, galleryJson(), "application/json");
  const file = pathname.startsWith("/files/")
    ? playground.slack.file(pathname.slice("/files/".length))
    : undefined;
  if (file !== undefined) {
    response.setHeader("content-disposition", attachmentNamed(file.name));
    return say(200, file.text, "application/octet-stream");
  }
  const found = await asset(pathname);
  return found === undefined ? say(404, "Not found.") : say(200, found.body, found.type);
}

/** Never shown in the page: whatever a file holds, it is only kept. */
const attachmentNamed = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Does what was posted. @returns what came of it, or `undefined` if it makes no sense. */
async function act(shown: Shown, path: string, body: string): Promise<object | undefined> {
  const given = parseJson(body);
  const action = path === "/act" ? readAction(given) : undefined;
  const knob = path === "/knobs" ? readTurn(given) : undefined;
  const wish = path === "/tour" ? readTourWish(given) : undefined;
  try {
    if (action !== undefined) return await perform(shown.playground, action);
    if (knob !== undefined) return await turn(shown.playground, knob);
    if (wish !== undefined) return await controlTour(shown, wish);
    return undefined;
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
