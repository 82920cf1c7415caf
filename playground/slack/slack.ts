import { type Clock, wallClock } from "../clock.ts";
import { listen } from "../loopback.ts";
import type { Methods } from "./api/method.ts";
import { WebApi } from "./api/web-api.ts";
import { createCore, type Secrets } from "./core.ts";
import { Courier } from "./delivery/courier.ts";
import { SocketMode } from "./delivery/socket-mode.ts";
import { SlackFaults } from "./faults.ts";
import { everyFeature, type Features } from "./features.ts";
import { answerUpload } from "./file-upload.ts";
import { UPLOAD_PATH } from "./files.ts";
import { LocalSlack, type Parts } from "./local-slack.ts";
import { answerResponsePost } from "./response-post.ts";
import { defaultWorkspace, type WorkspaceSeed } from "./seed.ts";

export type { ActionResult } from "./client/act.ts";
export type { CommandResult } from "./client/command.ts";
export type { OpenModal } from "./client/modal.ts";
export type { Person } from "./client/person.ts";
export type { SubmitResult } from "./client/submit.ts";
export type { SlackFault } from "./faults.ts";
export type { LocalSlack } from "./local-slack.ts";
export type { Message } from "./messages.ts";
export { bot, channels, people } from "./seed.ts";

/** How a local Slack is to be; every part has a default. */
export interface SlackOptions {
  readonly clock?: Clock;
  readonly port?: number;
  readonly signingSecret?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Where the bot takes deliveries; it can be told later, by `deliverTo`. */
  readonly eventsUrl?: string;
  /** What the bot was granted. */
  readonly scopes?: readonly string[];
  /** What the app-level token may do. */
  readonly appScopes?: readonly string[];
  /** The slash commands that the app registered. */
  readonly commands?: readonly string[];
  /** Whether names in the text of commands are written as ids. */
  readonly shouldEscape?: boolean;
  /** What else the app's manifest says; everything, if it is not said. */
  readonly features?: Features;
  readonly workspace?: WorkspaceSeed;
}

/** Put together so that no scanner takes them for real ones. */
const fakes: Secrets = {
  botToken: ["xoxb", "local", "bot", "token"].join("-"),
  appToken: ["xapp", "local", "app", "token"].join("-"),
  // As Slack's: 32 hexadecimal digits.
  signingSecret: Buffer.from("a local secret..").toString("hex"),
};

/** Starts a Slack on 127.0.0.1. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const core = createCore({
    clock: options.clock ?? wallClock,
    secrets: {
      botToken: options.botToken ?? fakes.botToken,
      appToken: options.appToken ?? fakes.appToken,
      signingSecret: options.signingSecret ?? fakes.signingSecret,
    },
    scopes: options.scopes ?? [
      "commands",
      "chat:write",
      "users:read",
      "usergroups:read",
      "files:write",
      "channels:read",
      "groups:read",
    ],
    appScopes: options.appScopes ?? ["connections:write"],
    features: options.features ?? everyFeature,
    workspace: options.workspace ?? defaultWorkspace,
  });
  const socket = new SocketMode(core.workspace.appId, () => core.changes.tell({ kind: "socket" }));
  const courier = new Courier(core, socket, options.eventsUrl);
  const faults = new SlackFaults(core);
  const watching: Parts["watching"] = { watcher: undefined };
  let url = "";
  const socketMethods: Methods = {
    "apps.connections.open": {
      token: "app",
      scopes: ["connections:write"],
      required: [],
      run: () => ({ url: socket.newAddress(url) }),
    },
  };
  const api = new WebApi(core, socketMethods);
  const loopback = await listen({
    ...(options.port === undefined ? {} : { port: options.port }),
    faults,
    watcher: () => watching.watcher,
    handle: (request) => {
      if (request.path.startsWith("/api/")) return api.answer(request);
      if (request.path.startsWith(UPLOAD_PATH)) return answerUpload(core, request);
      return answerResponsePost(core, request);
    },
  });
  url = loopback.url;
  core.responseUrls.listenAt(url);
  core.files.listenAt(url);
  socket.attach(loopback.server);
  return new LocalSlack({
    ...{ url, core, courier, socket, faults, watching },
    commands: options.commands ?? ["/snapshot"],
    shouldEscape: options.shouldEscape ?? false,
    stopListening: () => loopback.stop(),
  });
}
