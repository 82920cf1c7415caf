import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { type LocalSlack, type SlackOptions, startSlack } from "../../../playground/slack/slack.ts";

/** A real Bolt app with no listeners yet, and the local Slack that it is connected to. */
export interface Scene {
  readonly slack: LocalSlack;
  readonly app: App;
  /** Stops both; fails if anything happened that should not have. */
  readonly end: () => Promise<void>;
}

const nothing = (): void => undefined;

/** Bolt has much to say about the mistakes that are made here on purpose. */
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

const finish = async (slack: LocalSlack, app: App): Promise<void> => {
  await app.stop();
  await slack.stop();
  if (slack.violations().length > 0) throw new Error(slack.violations().join("\n"));
};

/** Bolt behind an HTTP address of its own, which checks the signature of everything. */
export async function httpScene(options: SlackOptions = {}): Promise<Scene> {
  const slack = await startSlack(options);
  const app = new App({
    token: slack.botToken,
    receiver: new HTTPReceiver({ signingSecret: slack.signingSecret, logger: silent }),
    logger: silent,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent },
  });
  await app.init();
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return { slack, app, end: () => finish(slack, app) };
}

/** Bolt on the other end of a socket. */
export async function socketScene(options: SlackOptions = {}): Promise<Scene> {
  const slack = await startSlack(options);
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent },
  });
  await app.init();
  await app.start();
  return { slack, app, end: () => finish(slack, app) };
}
