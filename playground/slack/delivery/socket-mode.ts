import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { asObject, asString, type Json, type JsonObject, parseJson } from "../json.ts";

const MOST_CONNECTIONS = 10;
/** How long a client may take to leave after it was told to. */
const LEAVE_MS = 5000;
/** How long it may take to answer a goodbye. */
const GOODBYE_MS = 500;

export type DisconnectReason =
  | "refresh_requested"
  | "warning"
  | "too_many_websockets"
  | "link_disabled";

/** The server's side of Socket Mode: tickets, greetings, envelopes and their acknowledgements. */
export class SocketMode {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #appId: string;
  readonly #tell: () => void;
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (payload: Json | undefined) => void>();
  #open: WebSocket[] = [];
  #isOn = false;

  constructor(appId: string, tell: () => void) {
    this.#appId = appId;
    this.#tell = tell;
  }

  /** Whether the bot asked for a socket, so that nothing is posted to its address any more. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** How many sockets take deliveries now. */
  get connections(): number {
    return this.#open.length;
  }

  /** Goes back to posting. */
  turnOff(): void {
    this.#isOn = false;
  }

  /** Takes the upgrades of a server. */
  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = new URL(request.url ?? "/", "http://loopback.invalid");
      if (
        url.pathname !== "/link/" ||
        !this.#tickets.delete(url.searchParams.get("ticket") ?? "")
      ) {
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (client) => this.#greet(client));
    });
  }

  /** An address that is good for one connection. */
  newAddress(base: string): string {
    this.#isOn = true;
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${base.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${this.#appId}`;
  }

  /**
   * Sends an envelope to one of the sockets and waits for its acknowledgement: the payload of the
   * acknowledgement, or `undefined` if it had none.
   */
  send(type: string, payload: JsonObject, more: JsonObject): Promise<Json | undefined> {
    const socket = this.#open.shift();
    if (socket === undefined) return Promise.reject(new Error("no socket is connected"));
    this.#open.push(socket);
    const id = randomUUID();
    const answered = new Promise<Json | undefined>((done) => this.#waiting.set(id, done));
    const accepts = type !== "events_api";
    const envelope = { envelope_id: id, type, payload, accepts_response_payload: accepts, ...more };
    socket.send(JSON.stringify(envelope));
    return answered;
  }

  /** Tells clients to leave and to come back, as Slack does several times a day: the oldest `most`. */
  refresh(reason: DisconnectReason = "refresh_requested", most = MOST_CONNECTIONS): void {
    for (const socket of this.#open.splice(0, most)) this.#dismiss(socket, reason);
    this.#tell();
  }

  /** Breaks every connection without a word. */
  drop(): void {
    for (const socket of this.#open) socket.terminate();
  }

  /** Says goodbye to everybody, and does not wait for an answer for long. */
  async stop(): Promise<void> {
    const clients = [...this.#server.clients];
    const gone = clients.map((socket) => new Promise((done) => socket.once("close", done)));
    for (const socket of clients) socket.close(1001);
    const impatience = setTimeout(() => {
      for (const socket of clients) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(impatience);
    this.#server.close();
  }

  #greet(socket: WebSocket): void {
    if (this.#open.length >= MOST_CONNECTIONS) {
      this.#dismiss(socket, "too_many_websockets");
      return;
    }
    socket.on("message", (data) => this.#read(String(data)));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      this.#open = this.#open.filter((one) => one !== socket);
      this.#tell();
    });
    this.#open.push(socket);
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#open.length,
        debug_info: { host: "loopback", build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#tell();
  }

  #read(text: string): void {
    const { envelope_id: given, payload } = asObject(parseJson(text));
    const id = asString(given);
    this.#waiting.get(id)?.(payload);
    this.#waiting.delete(id);
  }

  #dismiss(socket: WebSocket, reason: DisconnectReason): void {
    socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "loopback" } }));
    setTimeout(() => socket.terminate(), LEAVE_MS).unref();
  }
}
