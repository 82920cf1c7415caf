import { STATUS_CODES } from "node:http";
import { type Answer, type Fault, FaultPlan, type Received } from "../loopback.ts";
import type { Change, ConcurrentEdits, EditMoment } from "./concurrent-edits.ts";
import { type ErrorShape, Refusal } from "./errors.ts";
import type { Journal } from "./journal.ts";

/** Which requests: every part that is left out matches everything. */
export interface Where {
  readonly method?: string;
  readonly path?: RegExp;
  /** How often; once, unless told otherwise. */
  readonly times?: number;
}

const matcher =
  (where: Where) =>
  (request: Received): boolean =>
    (where.method === undefined || where.method === request.method) &&
    (where.path === undefined || request.path.search(where.path) !== -1);

const nameOf = (fault: Fault): string => {
  if (fault.kind === "answer") return `answer ${fault.answer.status}`;
  return fault.kind === "delay" ? "delay" : `${fault.kind} ${fault.when}`;
};

// A plan that words its refusals for the request that they meet and leaves a note in the journal.
class NotedPlan extends FaultPlan {
  readonly refusals = new WeakMap<Fault, (request: Received) => Answer>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    super();
    this.#journal = journal;
  }

  override take(request: Received): Fault | undefined {
    const taken = super.take(request);
    if (taken === undefined) return undefined;
    const refusal = this.refusals.get(taken);
    const fault: Fault = refusal ? { kind: "answer", answer: refusal(request) } : taken;
    this.#journal.of(request).fault = nameOf(fault);
    if (fault.kind === "answer") {
      this.#journal.answered(request, fault.answer.status, fault.answer.body);
    }
    return fault;
  }
}

/** How an overloaded or broken server answers. */
export interface StatusOptions extends Where {
  /** Seconds, an HTTP date, or any text at all; left out, there is no such header. */
  readonly retryAfter?: number | Date | string;
  /** The shape of the body; left out, the one that the knobs ask for. */
  readonly shape?: ErrorShape;
  readonly message?: string;
}

/** Words a refusal for a request. */
export type Wording = (request: Received, refusal: Refusal, shape?: ErrorShape) => Answer;

/** What goes wrong on request. Faults meet the requests in the order in which they were asked for. */
export class Faults {
  /** What the server asks before each request. */
  readonly plan: FaultPlan;
  readonly #noted: NotedPlan;
  readonly #edits: ConcurrentEdits;
  readonly #wording: Wording;

  constructor(journal: Journal, edits: ConcurrentEdits, wording: Wording) {
    this.#wording = wording;
    this.#noted = new NotedPlan(journal);
    this.plan = this.#noted;
    this.#edits = edits;
  }

  /** The next requests that match meet this fault. */
  next(where: Where, fault: Fault, times = where.times ?? 1): void {
    this.#noted.add(matcher(where), fault, times);
  }

  /** The next request is answered with this status and not processed. */
  status(status: number, options: StatusOptions = {}): void {
    const { retryAfter, shape } = options;
    const message = options.message ?? `HTTP ${status}: ${STATUS_CODES[status] ?? "Unknown"}`;
    const refusal = new Refusal(status, "HTTPError", message);
    const text = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
    const more = text === undefined ? {} : { "retry-after": String(text) };
    const fault: Fault = { kind: "answer", answer: { status, body: "" } };
    this.#noted.refusals.set(fault, (request) => {
      const answer = this.#wording(request, refusal, shape);
      return { ...answer, headers: { ...answer.headers, ...more } };
    });
    this.next(options, fault);
  }

  /** The next PATCH is processed and the connection cut before the answer. */
  answerLost(where: Where = { method: "PATCH" }): void {
    this.next(where, { kind: "cut", when: "after" });
  }

  /** The next request is cut off and not processed. */
  cut(where: Where = {}): void {
    this.next(where, { kind: "cut", when: "before" });
  }

  /** The next request never gets an answer; with `after` it was processed all the same. */
  hang(when: "before" | "after", where: Where = {}): void {
    this.next(where, { kind: "hang", when });
  }

  /** The next request waits before it is processed. */
  slow(ms: number, where: Where = {}): void {
    this.next(where, { kind: "delay", ms });
  }

  /**
   * Somebody else changes the snapshot: as soon as the next GET of it was read, or with the
   * moment `beforePatch` so late that no GET before the PATCH could tell.
   */
  concurrentEdit(
    change: Change,
    options: { readonly moment?: EditMoment; readonly id?: string } = {},
  ): void {
    this.#edits.add(change, options);
  }

  /** How many are still waiting: a test that asked for a fault wants it to have happened. */
  get waiting(): number {
    return this.#noted.left + this.#edits.waiting;
  }

  clear(): void {
    this.#noted.clear();
    this.#edits.clear();
  }
}
