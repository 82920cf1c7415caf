import { setTimeout as pause } from "node:timers/promises";
import type { Core } from "../core.ts";
import type { Delivery, DeliveryFailure } from "../journal.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../json.ts";
import { Poster, type Reply } from "./post.ts";
import { signed } from "./signature.ts";
import type { SocketMode } from "./socket-mode.ts";

/** Within which time the bot must answer, by the clock on the wall and not by Slack's. */
export const DEADLINE_MS = 3000;

/** How long Slack waits before it tells an event again. The real one waits for minutes. */
const RETRY_PAUSES_MS = [50, 100, 200];

/** Something to tell the bot. */
export interface Parcel {
  readonly kind: Delivery["kind"];
  readonly label: string;
  readonly payload: JsonObject;
}

const retryReasons: Readonly<Record<DeliveryFailure, string>> = {
  timeout: "http_timeout",
  http_error: "http_error",
  connection_failed: "connection_failed",
};

/** How each kind goes over the wire; the content types are exact. */
const wire = ({ kind, payload }: Parcel): { type: string; body: string } => {
  const form = "application/x-www-form-urlencoded";
  switch (kind) {
    case "slash_commands": {
      const fields = new URLSearchParams();
      for (const [key, value] of Object.entries(payload)) fields.set(key, String(value));
      return { type: form, body: fields.toString() };
    }
    case "interactive":
      return { type: form, body: `payload=${encodeURIComponent(JSON.stringify(payload))}` };
    case "events_api":
      return { type: "application/json", body: JSON.stringify(payload) };
  }
};

/** Writes down what is wrong with the way in which the bot took a delivery. */
export function complain(core: Core, delivery: Delivery, sentence: string): void {
  delivery.violations.push(sentence);
  core.journal.violate(`${delivery.label}: ${sentence}`);
}

/** Tells the bot things: over its socket if it has one, else at its address. */
export class Courier {
  readonly #core: Core;
  readonly #socket: SocketMode;
  readonly #poster = new Poster();
  #url: string | undefined;
  #isStopped = false;

  constructor(core: Core, socket: SocketMode, url?: string) {
    this.#core = core;
    this.#socket = socket;
    this.#url = url;
  }

  deliverTo(url: string): void {
    this.#socket.turnOff();
    this.#url = url;
  }

  /** Breaks off whatever is underway, and holds that against nobody. */
  stop(): void {
    this.#isStopped = true;
    this.#poster.stop();
  }

  /** Tells it once, and waits for the answer or for the deadline. Never rejects. */
  deliver(parcel: Parcel): Promise<Delivery> {
    return this.#attempt(parcel, {});
  }

  /** Tells an event, and again up to three times, as Slack does with events and nothing else. */
  async deliverEvent(parcel: Parcel): Promise<Delivery> {
    let delivery = await this.#attempt(parcel, {});
    for (const [index, ms] of RETRY_PAUSES_MS.entries()) {
      const { failure } = delivery;
      if (failure === undefined || delivery.noRetry === true) break;
      await pause(ms);
      const reason = retryReasons[failure];
      delivery = await this.#attempt(parcel, { num: index + 1, reason });
    }
    return delivery;
  }

  async #attempt(parcel: Parcel, retry: { num?: number; reason?: string }): Promise<Delivery> {
    const core = this.#core;
    const { type, body } = wire(parcel);
    const now = core.clock.now();
    const headers: Record<string, string> = this.#socket.isOn
      ? {}
      : { "content-type": type, ...signed(core.secrets.signingSecret, body, now) };
    if (retry.num !== undefined && retry.reason !== undefined && !this.#socket.isOn) {
      headers["x-slack-retry-num"] = String(retry.num);
      headers["x-slack-retry-reason"] = retry.reason;
    }
    const transport = this.#socket.isOn ? "socket" : "http";
    const delivery: Delivery = { ...parcel, transport, headers, at: now, violations: [] };
    core.journal.deliveries.push(delivery);
    const started = performance.now();
    const answered = (
      transport === "socket" ? this.#overSocket(delivery, retry) : this.#overHttp(delivery, body)
    ).then(
      () => undefined,
      (error: unknown) => {
        if (delivery.failure !== undefined) return;
        delivery.failure = "connection_failed";
        if (this.#isStopped) return;
        complain(core, delivery, `connection failed (${String(error)})`);
      },
    );
    const timer = new AbortController();
    const deadline = pause(DEADLINE_MS, "late" as const, { signal: timer.signal });
    deadline.catch(() => undefined);
    const first = await Promise.race([answered, deadline]);
    timer.abort();
    if (first === "late") {
      delivery.failure = "timeout";
      complain(core, delivery, `not acknowledged within ${DEADLINE_MS} ms`);
    }
    void answered.then(() => {
      delivery.ms = Math.round(performance.now() - started);
      core.changes.tell({ kind: "delivery", about: delivery.label });
    });
    if (first !== "late") await answered;
    return delivery;
  }

  async #overHttp(delivery: Delivery, body: string): Promise<void> {
    if (this.#url === undefined) throw new Error("the bot has no address");
    const reply = await this.#poster.post(this.#url, delivery.headers, body);
    delivery.status = reply.status;
    delivery.body = reply.body;
    if (reply.status !== 200) {
      this.#refuse(delivery, reply);
      return;
    }
    const isJson = reply.headers["content-type"]?.startsWith("application/json") ?? false;
    const parsed = isJson && reply.body !== "" ? parseJson(reply.body) : reply.body;
    if (parsed === undefined) {
      complain(this.#core, delivery, "an answer that is not the JSON that it says it is");
    }
    take(delivery, parsed ?? reply.body);
  }

  #refuse(delivery: Delivery, reply: Reply): void {
    if (reply.headers["x-slack-no-retry"] === "1") delivery.noRetry = true;
    // After the deadline: that it was too late has been said already.
    if (delivery.failure !== undefined) return;
    delivery.failure = "http_error";
    complain(this.#core, delivery, `answered with HTTP ${reply.status}`);
  }

  async #overSocket(delivery: Delivery, retry: { num?: number; reason?: string }): Promise<void> {
    const isEvent = delivery.kind === "events_api";
    const more = isEvent ? { retry_attempt: retry.num ?? 0, retry_reason: retry.reason ?? "" } : {};
    const payload = await this.#socket.send(delivery.kind, delivery.payload, more);
    delivery.status = 200;
    delivery.body = payload === undefined ? "" : JSON.stringify(payload);
    take(delivery, payload ?? "");
  }
}

/** Keeps what the answer says; nothing and an empty object say the same. */
function take(delivery: Delivery, answer: Json): void {
  const isEmpty = answer === "" || (isObject(answer) && Object.keys(answer).length === 0);
  if (!isEmpty) delivery.answer = answer;
}
