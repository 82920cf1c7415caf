import { HTTPReceiver, type Logger } from "@slack/bolt";
import { SocketReceiver } from "./socket-receiver.ts";

/** How deliveries come from Slack: HTTP, or Socket Mode when there is a token for it. */
export type Deliveries =
  | { readonly mode: "HTTP"; readonly receiver: HTTPReceiver }
  | { readonly mode: "Socket Mode"; readonly receiver: SocketReceiver };

/** The path that takes everything Slack sends over HTTP. */
export const EVENTS_PATH = "/slack/events";

/** Bolt's receiver for these settings. Over HTTP the signature of every delivery is checked. */
export function createDeliveries(
  settings: {
    readonly appToken: string | undefined;
    readonly signingSecret: string | undefined;
    readonly apiUrl: string;
  },
  logger: Logger,
): Deliveries {
  const { appToken, signingSecret = "", apiUrl } = settings;
  if (appToken === undefined) {
    const receiver = new HTTPReceiver({ signingSecret, endpoints: EVENTS_PATH, logger });
    return { mode: "HTTP", receiver };
  }
  return { mode: "Socket Mode", receiver: new SocketReceiver({ appToken, apiUrl }, logger) };
}
