import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "./app.ts";
import { checkpointSigner } from "./approval/checkpoint.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createCatalogue } from "./gcore/catalogue.ts";
import { createGcore } from "./gcore/gcore.ts";
import { teaching } from "./gcore/teaching.ts";
import { InFlight } from "./in-flight.ts";
import { startWorker } from "./jobs/worker.ts";
import { type Log, slackLogger } from "./log.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { standingOf } from "./metrics/standing.ts";
import { watching } from "./metrics/watching.ts";
import { readinessOf } from "./readiness.ts";
import { createDeliveries, EVENTS_PATH } from "./slack/receiver.ts";
import { recentGroups } from "./slack/recent-groups.ts";
import { createSlack, type Identity, type Slack } from "./slack/slack.ts";
import { checkpointsIn } from "./store/checkpoints.ts";
import { draftsIn } from "./store/drafts.ts";
import { figuresOf } from "./store/figures.ts";
import { historyIn } from "./store/history.ts";
import { homeTabsIn } from "./store/home-tabs.ts";
import { type Keys, keysIn } from "./store/keys.ts";
import { migrate } from "./store/migrations.ts";
import { openDatabase } from "./store/open-database.ts";
import { outboxIn } from "./store/outbox-table.ts";
import { plansIn } from "./store/plans.ts";
import { preferencesIn } from "./store/preferences.ts";
import { requestsIn } from "./store/requests.ts";
import type { Database } from "./store/sql.ts";
import { createVault } from "./store/vault.ts";
import { exportTo } from "./tracing/otlp.ts";
import { createTracer, NO_TRACER } from "./tracing/tracer.ts";
import { routes } from "./web.ts";

export interface Bot {
  /** Where it listens: `http://HOST:PORT`. */
  readonly url: string;
  readonly mode: "HTTP" | "Socket Mode";
  /** Fulfilled when Slack has verified the token; rejected when Slack refused it. */
  readonly ready: Promise<void>;
  readonly database: Database;
  /** There may be work now (the clock was moved). */
  nudge(): void;
  /** Takes nothing new, finishes what was begun, and lets go of everything. */
  stop(): Promise<void>;
}

/** Between two tries to reach Slack at the start, in milliseconds. */
const TRY_AGAIN = 1_000;
/** How long running work may take to finish at the end, in milliseconds. */
const DRAIN = 20_000;

/**
 * Puts the bot together and starts it. It listens at once for `/healthz` and `/readyz`, and takes
 * what Slack sends as soon as the token is verified. @throws when the database cannot be opened.
 */
export async function startBot(config: Config, clock: Clock, log: Log): Promise<Bot> {
  const database = openDatabase(config.database);
  await migrate(database);
  const keys = keysIn(database, createVault(config.keyRing), () => clock.now());
  await checkKeyRing(keys, log);
  const logger = slackLogger(log);
  const { botToken: token, apiUrl } = config.slack;
  const deliveries = createDeliveries(config.slack, logger);
  const state: State = {
    ready: false,
    stopping: false,
    events: deliveries.mode === "HTTP" ? undefined : null,
  };
  const unreadiness = readinessOf({
    isStopping: () => state.stopping,
    isVerified: () => state.ready,
    downFor: () => (deliveries.mode === "HTTP" ? 0 : deliveries.receiver.downFor()),
    standingStill: () => worker.standingStill(),
    askDatabase: () => database.all("SELECT max(version) FROM schema_version"),
  });
  const metrics = createMetrics(
    standingOf(unreadiness, () => figuresOf(database, clock.now())),
    config.metricsToken !== undefined,
  );
  const exporter = config.traces && exportTo(config.traces, log);
  const tracer = exporter === undefined ? NO_TRACER : createTracer(exporter.take);
  const watch = watching(metrics, log, tracer);
  const slack = createSlack(token, apiUrl, logger, watch.calledSlack);
  const gcore = createGcore(config.gcoreUrl, clock, undefined, watch.calledGcore);
  const catalogue = createCatalogue(gcore, clock);
  const worker = startWorker((nudge) => ({
    clock,
    newId: () => randomBytes(16).toString("hex"),
    log,
    tracer,
    slack,
    recentGroups: recentGroups(slack, clock),
    gcore: teaching(catalogue, gcore),
    catalogue,
    keys,
    drafts: draftsIn(database),
    plans: plansIn(database),
    requests: requestsIn(database, config.auditChannels, watch.moved),
    history: historyIn(database),
    outbox: outboxIn(database),
    homeTabs: homeTabsIn(database),
    checkpoints: checkpointsIn(database, checkpointSigner(config.keyRing[0]), config.auditChannels),
    preferences: preferencesIn(database),
    policy: config.policy,
    auditChannels: config.auditChannels,
    keepUnusedKeys: config.keepUnusedKeys,
    nudge,
  }));
  const inFlight = new InFlight();

  const connect = async (): Promise<void> => {
    const identity = await identify(slack, log, state);
    if (identity === undefined) return;
    const { receiver } = deliveries;
    createApp(worker.deps, { receiver, identity, token, logger }, inFlight, metrics);
    if (deliveries.mode === "HTTP") state.events = deliveries.receiver.requestListener;
    else await deliveries.receiver.start();
    state.ready = true;
  };

  const { metricsToken } = config;
  const server = createServer(
    routes({
      eventsPath: EVENTS_PATH,
      events: () => state.events,
      isStopping: () => state.stopping,
      unreadiness,
      metrics: metricsToken === undefined ? undefined : { token: metricsToken, text: metrics.text },
    }),
  );
  const url = await listen(server, config);
  return {
    url,
    mode: deliveries.mode,
    ready: connect(),
    database,
    nudge: () => worker.nudge("change"),
    async stop() {
      state.stopping = true;
      state.ready = false;
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      const drain = async (): Promise<void> => {
        if (deliveries.mode === "Socket Mode")
          await deliveries.receiver.stop().catch(() => undefined);
        // The worker first: what people still send meanwhile is answered too.
        await worker.stop();
        await inFlight.idle();
      };
      await Promise.race([drain(), new Promise((done) => setTimeout(done, DRAIN).unref())]);
      server.closeAllConnections();
      await closed;
      await exporter?.stop();
      await database.close();
    },
  };
}

/** A ring that opens nothing is the wrong one: with it everybody would be sent to connect anew. */
async function checkKeyRing(keys: Keys, log: Log): Promise<void> {
  const { kept, opened } = await keys.count();
  if (kept > 0 && opened === 0) {
    throw new Error(
      `KEY_RING opens none of the ${kept} keys that the database keeps. Is it another one?`,
    );
  }
  if (opened < kept) log.warn({ kept, opened }, "KEY_RING does not open all keys that are kept");
}

interface State {
  ready: boolean;
  stopping: boolean;
  /** What takes Slack's deliveries, once there is something that may; null: they come another way. */
  events: RequestListener | undefined | null;
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, done);
  });
  const address = server.address() as AddressInfo;
  return `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`;
}

/** Asks Slack who the bot is until it answers. @throws when Slack refuses the token. */
async function identify(slack: Slack, log: Log, state: State): Promise<Identity | undefined> {
  while (!state.stopping) {
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
