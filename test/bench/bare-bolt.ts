import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { REJECT_VIEW } from "../../src/blocks/review-view.ts";

/*
 * The least that a Bolt app can be: it checks the signature and answers with a view. What the bot is
 * measured against. Says its address in one line.
 */
const receiver = new HTTPReceiver({ signingSecret: process.argv[2] ?? "" });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: "xoxb-none", botId: "B0BARE", botUserId: "U0BARE" }),
  logLevel: LogLevel.ERROR,
  convoStore: false,
});
const view = { type: "modal", title: { type: "plain_text", text: "Done" }, blocks: [] } as const;
app.view(REJECT_VIEW, ({ ack }) =>
  ack({ response_action: "update", view: { ...view, blocks: [] } }),
);
const server = await app.start({ port: 0, host: "127.0.0.1" });
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
