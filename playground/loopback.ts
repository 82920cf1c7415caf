import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer as it goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What may go wrong with one request. `before` means that the server did nothing with it, `after`
 * that it did everything and only the answer is lost.
 */
export type Fault =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "hang"; readonly when: "before" | "after" }
  | { readonly kind: "delay"; readonly ms: number };

/** Called when a request has arrived (`before`) and when it was processed but not answered (`after`). */
export type Watcher = (when: "before" | "after", request: Received) => void | Promise<void>;

/** Faults waiting to happen: each is used up by the requests that it matches, in the order of asking. */
export class FaultPlan {
  #waiting: { matches: (request: Received) => boolean; fault: Fault; times: number }[] = [];

  /** The next `times` requests that match meet `fault`. */
  add(matches: (request: Received) => boolean, fault: Fault, times = 1): void {
    this.#waiting.push({ matches, fault, times });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** How many requests are still to meet a fault. */
  get left(): number {
    return this.#waiting.reduce((sum, { times }) => sum + times, 0);
  }

  take(request: Received): Fault | undefined {
    const found = this.#waiting.find((entry) => entry.times > 0 && entry.matches(request));
    if (found === undefined) return undefined;
    found.times -= 1;
    return found.fault;
  }
}

/** A running server on 127.0.0.1. */
export interface Loopback {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** The server underneath, for whoever needs its sockets (an upgrade to a WebSocket). */
  readonly server: ReturnType<typeof createServer>;
  stop(): Promise<void>;
}

const read = async (incoming: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "/", "http://loopback.invalid");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
};

/**
 * Serves `handle` on 127.0.0.1 (port 0: any free one), with the faults of `faults` in between.
 * A handler that throws is answered with a plain 500, so that a mistake in a fake is seen.
 */
export async function listen(options: {
  readonly port?: number;
  readonly handle: (request: Received) => Answer | Promise<Answer>;
  readonly faults?: FaultPlan;
  readonly watcher?: () => Watcher | undefined;
}): Promise<Loopback> {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await read(incoming);
    await options.watcher?.()?.("before", request);
    const fault = options.faults?.take(request);
    if (fault?.kind === "cut" && fault.when === "before") return void incoming.socket.destroy();
    if (fault?.kind === "hang" && fault.when === "before") return;
    if (fault?.kind === "delay") await new Promise((done) => setTimeout(done, fault.ms));
    const answer = fault?.kind === "answer" ? fault.answer : await options.handle(request);
    await options.watcher?.()?.("after", request);
    if (fault?.kind === "cut") return void incoming.socket.destroy();
    if (fault?.kind === "hang") return;
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "text/plain" });
      outgoing.end(String(error instanceof Error ? error.stack : error));
    });
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(options.port ?? 0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
