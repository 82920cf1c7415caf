import { type Fault, FaultPlan, type Received } from "../loopback.ts";
import { methodOf, readRequest } from "./api/request.ts";
import type { Core } from "./core.ts";
import type { JsonObject } from "./json.ts";

/** What may go wrong with a call: on the wire, or as one of Slack's own answers. */
export type SlackFault =
  | Fault
  /** HTTP 429 with this `Retry-After`. */
  | { readonly kind: "rate-limited"; readonly seconds: number }
  /** A page of HTML with this status, as a load balancer sends it. */
  | { readonly kind: "status"; readonly status: number }
  /** `ok: false` with this error. */
  | { readonly kind: "error"; readonly error: string };

const json = (status: number, body: JsonObject, headers: Record<string, string> = {}): Fault => ({
  kind: "answer",
  answer: {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  },
});

const onTheWire = (fault: SlackFault): Fault => {
  switch (fault.kind) {
    case "rate-limited":
      return json(429, { ok: false, error: "ratelimited" }, { "retry-after": `${fault.seconds}` });
    case "status":
      return {
        kind: "answer",
        answer: {
          status: fault.status,
          headers: { "content-type": "text/html" },
          body: "<html><body>upstream connect error</body></html>",
        },
      };
    case "error":
      return json(200, { ok: false, error: fault.error });
    default:
      return fault;
  }
};

const nameOf = (fault: Fault): string =>
  fault.kind === "answer" ? `answer ${fault.answer.status}` : `${fault.kind} before`;

/** What a call that is lost was about, if that can be read at all. */
const argsOf = (request: Received): JsonObject => {
  try {
    return readRequest(request).args;
  } catch {
    return {};
  }
};

/** Faults of the Web API, to be met by the next calls of a method. */
export class SlackFaults extends FaultPlan {
  readonly #core: Core;

  constructor(core: Core) {
    super();
    this.#core = core;
  }

  /** The next `times` calls of `method` (`response_url` for posts to one, `*` for any) meet `fault`. */
  next(method: string, fault: SlackFault, times = 1): void {
    this.add((request) => method === "*" || methodOf(request) === method, onTheWire(fault), times);
  }

  /** The next trigger that the bot wants to open a view with expires just before that. */
  expireTrigger(): void {
    this.#core.triggers.expireNext();
  }

  /** How many triggers are still to expire like that. */
  get triggersToExpire(): number {
    return this.#core.triggers.tooLate;
  }

  /** A call that is never processed leaves its mark in the journal here, and nowhere else. */
  override take(request: Received): Fault | undefined {
    const fault = super.take(request);
    const isLost =
      fault?.kind === "answer" ||
      ((fault?.kind === "cut" || fault?.kind === "hang") && fault.when === "before");
    if (fault === undefined || !isLost) return fault;
    this.#core.journal.calls.push({
      method: methodOf(request),
      args: argsOf(request),
      status: fault.kind === "answer" ? fault.answer.status : 0,
      answer: {},
      verdict: `fault: ${nameOf(fault)}`,
      at: this.#core.clock.now(),
    });
    return fault;
  }
}
