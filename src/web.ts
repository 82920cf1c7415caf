import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";

/** What the bot answers over HTTP. */
export interface Web {
  /** The path for all that Slack sends over HTTP. */
  readonly eventsPath: string;
  /** Takes what Slack sends; undefined: not yet, null: it comes another way. */
  readonly events: () => RequestListener | undefined | null;
  readonly isStopping: () => boolean;
  /** Why it is not ready; undefined: it is. */
  readonly unreadiness: () => Promise<string | undefined>;
  /** The metrics, and the token that opens them; undefined: there are none. */
  readonly metrics: { readonly token: string; readonly text: () => Promise<string> } | undefined;
}

/** Answers by path. Nothing but Slack's deliveries is read. */
export const routes =
  (web: Web): RequestListener =>
  (request, response) => {
    // A connection that is still open from before may bring one more request. It is answered, and the
    // connection ends with it: a probe that came again and again would hold it until the bot is gone.
    if (web.isStopping()) response.setHeader("connection", "close");
    // Not `new URL`: it throws on what anybody may send.
    const [pathname] = (request.url ?? "/").split("?");
    if (pathname === "/healthz") return answer(response, 200, "alive");
    if (pathname === "/readyz") {
      void web.unreadiness().then((why) => {
        if (why === undefined) answer(response, 200, "ready");
        else answer(response, 503, `not ready: ${why}`);
      });
      return;
    }
    if (pathname === "/metrics" && request.method === "GET" && web.metrics !== undefined) {
      const { token, text } = web.metrics;
      if (!isBearerOf(token, request.headers.authorization)) {
        response.setHeader("www-authenticate", "Bearer");
        return answer(response, 401, "the token of METRICS_TOKEN is needed");
      }
      text().then(
        (all) => response.writeHead(200, { "content-type": PROMETHEUS }).end(all),
        () => answer(response, 500, "the metrics could not be read"),
      );
      return;
    }
    const events = web.events();
    const isEvent = pathname === web.eventsPath && request.method === "POST" && events !== null;
    if (!isEvent) return answer(response, 404, "not here");
    if (events === undefined) return answer(response, 503, "not ready");
    events(request, response);
  };

const PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
};

/** Compared by hash: it takes as long whatever was sent. */
const isBearerOf = (token: string, header = ""): boolean =>
  timingSafeEqual(hashOf(`Bearer ${token}`), hashOf(header));

const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
