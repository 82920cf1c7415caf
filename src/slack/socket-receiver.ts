import { setTimeout as sleep } from "node:timers/promises";
import type { App, Logger, Receiver, ReceiverEvent } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import { type Refusal, readError } from "./errors.ts";

// All times are milliseconds.
/** Connections of one process: while Slack closes one of them the other one is there. Slack takes ten for an app. */
const CONNECTIONS = 2;
/** Each is opened so much later than the one before, so that Slack does not close them together. */
const APART = 15_000;
/** How long Slack may take to answer the call for an address, and to say hello. */
const CALL_WITHIN = 10_000;
const HELLO_WITHIN = 30_000;
/** A connection that lived for less was none: the next one is not opened at once. */
const SHORT_LIFE = 10_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** How long a stop waits for what was delivered to be acknowledged: Slack waits no longer. */
const ACK_WITHIN = 3_000;
const GOODBYE_WITHIN = 1_000;

/** What a socket brings: an envelope, and how it is acknowledged. */
interface Delivered {
  readonly body: ReceiverEvent["body"];
  readonly ack: (response: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

interface Link {
  readonly kind: "link";
  readonly client: SocketModeClient;
  /** Fulfilled when it brings nothing more. */
  readonly gone: Promise<void>;
}

/**
 * Slack's Socket Mode for Bolt, without a moment in which nobody listens. The library's own receiver
 * has one connection; when Slack wants it back, several times a day, it is deaf for five seconds, and
 * when Slack answers the call for a new one with HTTP 503 it ends the process.
 */
export class SocketReceiver implements Receiver {
  readonly #appToken: string;
  readonly #slackApiUrl: string;
  readonly #logger: Logger;
  readonly #apart: number;
  readonly #monotonic: () => number;
  readonly #open = new Set<SocketModeClient>();
  readonly #unanswered = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  #app: App | undefined;
  #downSince: number | undefined;

  /**
   * @param apart how much later each connection is opened than the one before, in milliseconds
   * @param monotonic milliseconds that no clock's change moves
   */
  constructor(
    settings: { readonly appToken: string; readonly apiUrl: string },
    logger: Logger,
    apart: number = APART,
    monotonic: () => number = () => performance.now(),
  ) {
    this.#appToken = settings.appToken;
    this.#slackApiUrl = `${settings.apiUrl}/`;
    this.#logger = logger;
    this.#apart = apart;
    this.#monotonic = monotonic;
    this.#downSince = monotonic();
  }

  init(app: App): void {
    this.#app = app;
  }

  /** For how long there has been no connection, in milliseconds; 0: there is one. */
  downFor(): number {
    return this.#downSince === undefined ? 0 : this.#monotonic() - this.#downSince;
  }

  /** Fulfilled when Slack delivers. @throws when Slack refuses the token */
  async start(): Promise<void> {
    const first = await this.#first();
    if (first !== undefined) void this.#keep(first);
    for (let nth = 1; nth < CONNECTIONS; nth += 1) {
      void this.#pause(nth * this.#apart).then(() => this.#keep(undefined));
    }
  }

  /** Answers what was delivered, and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([Promise.all(this.#unanswered), sleep(ACK_WITHIN, undefined, UNHELD)]);
    const goodbyes = [...this.#open].map((client) => client.disconnect());
    await Promise.race([Promise.allSettled(goodbyes), sleep(GOODBYE_WITHIN, undefined, UNHELD)]);
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #first(): Promise<Link | undefined> {
    for (let failures = 1; !this.#isStopping; failures += 1) {
      const first = await this.#connect();
      if (first.kind === "link") return first;
      if (first.kind === "refused") {
        throw new Error(`SLACK_APP_TOKEN is refused by Slack: ${first.error}.`);
      }
      await this.#pauseAfter(failures, first);
    }
    return undefined;
  }

  /** Sees to it that there is one connection in the place of `first`, until the stop. */
  async #keep(first: Link | undefined): Promise<void> {
    let link = first;
    for (let failures = 0; !this.#isStopping; link = undefined) {
      const next = link ?? (await this.#connect());
      if (next.kind !== "link") {
        failures += 1;
        await this.#pauseAfter(failures, next);
        continue;
      }
      const since = this.#monotonic();
      await next.gone;
      failures = this.#monotonic() - since < SHORT_LIFE ? failures + 1 : 0;
      if (failures > 0) await this.#pause(pauseAfter(failures));
    }
  }

  async #connect(): Promise<Link | Refusal> {
    const client = new SocketModeClient({
      appToken: this.#appToken,
      logger: this.#logger,
      // When and how to come back is decided here.
      autoReconnectEnabled: false,
      // Options of its own: the client writes into them.
      clientOptions: {
        slackApiUrl: this.#slackApiUrl,
        timeout: CALL_WITHIN,
        retryConfig: { retries: 0 },
      },
    });
    client.on("slack_event", (delivered: Delivered) => {
      this.#wait(this.#take(delivered));
    });
    const gone = new Promise<void>((done) => {
      client.once("disconnected", () => done());
      // The old one may take long to close; the new one need not wait for it.
      client.on("ws_message", (data: unknown) => {
        if (isGoodbye(data)) done();
      });
    });
    const refusal = await Promise.race([
      client.start().then(() => undefined, refusalOf),
      sleep(HELLO_WITHIN, SILENT, UNHELD),
    ]);
    // The library cannot be told to give up on the way: what comes after the stop is given back.
    if (refusal !== undefined || this.#isStopping) {
      void client.disconnect();
      return refusal ?? STOPPING;
    }
    this.#open.add(client);
    this.#downSince = undefined;
    void gone.then(() => {
      this.#open.delete(client);
      if (this.#open.size === 0) this.#downSince = this.#monotonic();
    });
    return { kind: "link", client, gone };
  }

  /** Hands an envelope to the app. @returns when it is acknowledged, or nothing more comes of it */
  async #take({ body, ack, retry_num, retry_reason }: Delivered): Promise<void> {
    const acknowledged = new Promise<void>((done, fail) => {
      let isFirst = true;
      const event: ReceiverEvent = {
        body,
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
        ack: async (response) => {
          if (!isFirst) throw new Error("a delivery was acknowledged twice");
          isFirst = false;
          await ack(response ?? {});
          done();
        },
      };
      this.#app?.processEvent(event).then(done, fail);
    });
    await acknowledged.catch((error: unknown) => this.#logger.error(error));
  }

  #wait(work: Promise<unknown>): void {
    this.#unanswered.add(work);
    void work.finally(() => this.#unanswered.delete(work));
  }

  #pauseAfter(failures: number, { kind, error }: Refusal): Promise<void> {
    if (this.#isStopping) return Promise.resolve();
    const words = `No connection to Slack: ${error}`;
    if (kind === "refused") this.#logger.error(words);
    else this.#logger.warn(words);
    return this.#pause(kind === "refused" ? LONGEST_PAUSE : pauseAfter(failures));
  }

  /** Ends early with the stop. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

const STOPPING: Refusal = { kind: "later", error: "stopping", after: null };
const SILENT: Refusal = { kind: "later", error: "no hello", after: null };

/** A stop does not wait for it. */
const UNHELD = { ref: false };

const pauseAfter = (failures: number): number =>
  Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);

/** Slack wants the connection back. */
function isGoodbye(data: unknown): boolean {
  try {
    return (JSON.parse(String(data)) as { readonly type?: unknown }).type === "disconnect";
  } catch {
    return false;
  }
}

/** Why there is no connection: Slack's word, or that it was closed before it was greeted. */
function refusalOf(error: unknown): Refusal {
  try {
    return readError(error);
  } catch {
    return { kind: "later", error: "closed before its hello", after: null };
  }
}
