import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { HTTPReceiver, type Logger, type Receiver, SocketModeReceiver } from "@slack/bolt";
import { createApp } from "./app.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createGcore } from "./gcore/gcore.ts";
import { startWorker } from "./jobs/worker.ts";
import { type Log, slackLogger } from "./log.ts";
import { createSlack, type Identity, type Slack } from "./slack/slack.ts";
import { keysIn } from "./store/keys.ts";
import { migrate } from "./store/migrations.ts";
import { outboxIn } from "./store/outbox-table.ts";
import { preferencesIn } from "./store/preferences.ts";
import { requestsIn } from "./store/requests.ts";
import type { Database } from "./store/sql.ts";
import { openSqlite } from "./store/sqlite.ts";
import { createVault } from "./store/vault.ts";

export interface Bot {
  /** Where it listens: `http://HOST:PORT`. */
  readonly url: string;
  /** Fulfilled when Slack has verified the token; rejected when Slack refused it. */
  readonly ready: Promise<void>;
  readonly database: Database;
  /** There may be work now (the clock was moved). */
  nudge(): void;
  /** Takes nothing new, finishes what was begun, and lets go of everything. */
  stop(): Promise<void>;
}

/** Between two tries to reach Slack at the start, in milliseconds. */
const TRY_AGAIN = 3_000;
/** How long running work may take to finish at the end, in milliseconds. */
const DRAIN = 20_000;

/**
 * Puts the bot together and starts it. It listens at once for `/healthz` and `/readyz`, and takes
 * what Slack sends as soon as the token is verified. @throws when the database cannot be opened.
 */
export async function startBot(config: Config, clock: Clock, log: Log): Promise<Bot> {
  const database = openSqlite(config.databasePath);
  await migrate(database);
  const logger = slackLogger(log);
  const slack = createSlack(config.slack.botToken, config.slack.apiUrl, logger);
  const worker = startWorker((nudge) => ({
    clock,
    newId: () => randomBytes(16).toString("base64url"),
    log,
    slack,
    gcore: createGcore(config.gcoreUrl, clock),
    keys: keysIn(database, createVault(config.keyRing)),
    requests: requestsIn(database, config.auditChannels),
    outbox: outboxIn(database),
    preferences: preferencesIn(database),
    nudge,
  }));
  const flight = inFlightCounter();
  const receiver = createReceiver(config, logger);
  let events: RequestListener | undefined;
  let ready = false;
  let stopping = false;

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://bot.invalid");
    const answer = (status: number, text: string): void => {
      response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
    };
    if (pathname === "/healthz") return answer(200, "alive");
    if (pathname === "/readyz") {
      if (!ready) return answer(503, "not ready: Slack has not verified the token yet");
      database.all("SELECT 1").then(
        () => answer(200, "ready"),
        () => answer(503, "not ready: the database does not answer"),
      );
      return;
    }
    const isEvent = pathname === "/slack/events" && request.method === "POST";
    if (!isEvent || !(receiver instanceof HTTPReceiver)) return answer(404, "not here");
    if (events === undefined) return answer(503, "not ready");
    events(request, response);
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(config.port, config.host, done);
  });

  const connect = async (): Promise<void> => {
    const identity = await identify(slack, log, () => stopping);
    if (identity === undefined) return;
    const { botToken: token } = config.slack;
    createApp(worker.deps, { receiver, identity, token, logger }, flight);
    if (receiver instanceof HTTPReceiver) events = receiver.requestListener;
    else await receiver.start(0);
    ready = true;
  };

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host === "0.0.0.0" ? "127.0.0.1" : config.host}:${port}`,
    ready: connect(),
    database,
    nudge: worker.nudge,
    async stop() {
      stopping = true;
      ready = false;
      if (receiver instanceof SocketModeReceiver) await receiver.stop().catch(() => undefined);
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      const drained = Promise.all([flight.idle(), worker.stop()]);
      await Promise.race([drained, new Promise((done) => setTimeout(done, DRAIN).unref())]);
      server.closeAllConnections();
      await closed;
      await database.close();
    },
  };
}

/** HTTP unless there is a token for Socket Mode. The signature of every delivery is checked. */
function createReceiver(
  config: Config,
  logger: Logger,
): Receiver & (HTTPReceiver | SocketModeReceiver) {
  const { appToken, signingSecret, apiUrl } = config.slack;
  if (appToken === undefined) {
    return new HTTPReceiver({
      signingSecret: signingSecret ?? "",
      endpoints: "/slack/events",
      logger,
    });
  }
  return new SocketModeReceiver({
    appToken,
    logger,
    // Options of its own: it writes into them, and a refused reconnect must be tried for long.
    installerOptions: {
      clientOptions: {
        slackApiUrl: `${apiUrl}/`,
        retryConfig: { retries: 1000, minTimeout: 500, maxTimeout: 30_000 },
      },
    },
  });
}

/** Asks Slack who the bot is until it answers. @throws when Slack refuses the token. */
async function identify(
  slack: Slack,
  log: Log,
  stopped: () => boolean,
): Promise<Identity | undefined> {
  while (!stopped()) {
    const answer = await slack.identify();
    if (answer.kind === "known") return answer.identity;
    if (answer.kind === "refused") {
      throw new Error(`SLACK_BOT_TOKEN is refused by Slack: ${answer.error}.`);
    }
    log.warn({ error: answer.error }, "Slack cannot be reached; trying again");
    await new Promise((done) => setTimeout(done, TRY_AGAIN));
  }
  return undefined;
}

function inFlightCounter() {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    begin(): void {
      count += 1;
    },
    end(): void {
      count -= 1;
      if (count > 0) return;
      for (const done of waiting) done();
      waiting = [];
    },
    idle: (): Promise<void> =>
      count === 0 ? Promise.resolve() : new Promise((done) => waiting.push(done)),
  };
}
