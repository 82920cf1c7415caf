import { App, HTTPReceiver } from "@slack/bolt";
import type { JsonObject } from "../../playground/slack/json.ts";
import { silent } from "../playground/slack/bolt.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";

/** The page with a small Bolt app in place of the bot. */
export interface AppStage extends Stage {
  readonly app: App;
  /** What the app was told so far, of one type: `block_actions`. */
  told(type: string): readonly JsonObject[];
}

/** Starts everything, with Ada at the page, and an app that has no listeners yet. */
export async function openAppStage(options: StageOptions = {}): Promise<AppStage> {
  const stage = await openStage(options);
  const { slack } = stage.playground;
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
  const payloads = () => slack.journal.deliveries.map(({ payload }) => payload);
  return {
    ...stage,
    app,
    told: (type) => payloads().filter((one) => one.type === type),
    end: async () => {
      await app.stop();
      return await stage.end();
    },
  };
}

export const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: true });
export const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
