import { isDeepStrictEqual } from "node:util";
import { overLimit } from "../approval/bulk.ts";
import {
  type ChangeRequest,
  type Held,
  hasEnded,
  isUnderWay,
  type Pending,
  type UnderWay,
  type Vote,
  type Withdrawn,
} from "../approval/change-request.ts";
import { expire, isOver, onTimer, type Shown, type ShownMany } from "../approval/decide.ts";
import { entryFor, refusal, reminderEntry } from "../approval/entries.ts";
import type { Entry } from "../approval/ledger.ts";
import type { Refused, RequestNotice } from "../approval/notice.ts";
import { noticesFor, refusalNotices, reminderFor } from "../approval/notices.ts";
import type { Person } from "../approval/person.ts";
import type { BulkLimits, Rule } from "../approval/policy.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { putAsked } from "./ask.ts";
import { type Attempts, attemptsIn } from "./attempts.ts";
import { appendEntry } from "./ledger-table.ts";
import { type Moved, tellingMoves } from "./moves.ts";
import { putNotices, putShown } from "./outbox-notices.ts";
import { isWhole } from "./plans.ts";
import { find, heldOf, lastOf, read, timedOut } from "./request-table.ts";
import { finishRun } from "./run-end.ts";
import { openItems, type Runs, runsIn } from "./runs.ts";
import type { Database } from "./sql.ts";
import { step } from "./step.ts";

/** What became of a click on a request. */
export type Decided =
  | { readonly kind: "done"; readonly request: ChangeRequest }
  /** It was decided, withdrawn or over before. */
  | { readonly kind: "late"; readonly request: ChangeRequest }
  | { readonly kind: "refused"; readonly request: ChangeRequest; readonly problem: Problem }
  | { readonly kind: "gone" };

/** Change requests. A request, its ledger entry and its notices change in one transaction. */
export interface Requests extends Attempts, Runs {
  /**
   * Makes a request of a draft, once: whoever comes second with the same draft gets the request as
   * it is by then. With a `vote` it is decided at the same time. The view in which it was asked
   * follows it from here on.
   */
  ask(shown: Shown, viewId: string, vote: Vote | null, now: number): Promise<ChangeRequest>;
  /**
   * The same of a plan, unless its items were forgotten with its draft meanwhile, or whoever asks
   * would have more under way than the policy allows.
   */
  askMany(
    shown: ShownMany,
    viewId: string,
    vote: Vote | null,
    now: number,
    limits: BulkLimits,
  ): Promise<Result<ChangeRequest, Problem>>;
  /**
   * The one place where a request that waits is decided: `choose` gets it as it is, alone, and says
   * what becomes of it. One that is over has expired, whether or not the clock came to it before.
   */
  decide(
    id: string,
    now: number,
    choose: (request: Pending) => Result<ChangeRequest, Problem>,
  ): Promise<Decided>;
  /** The same for what can still be taken back: a request that waits for a decision, or for a lock. */
  withdraw(
    id: string,
    now: number,
    choose: (request: Pending | Held) => Result<Withdrawn, Problem>,
  ): Promise<Decided>;
  /** The same for many that were agreed to, and are not at their end. */
  steer(
    id: string,
    now: number,
    choose: (request: UnderWay) => Result<UnderWay, Problem>,
  ): Promise<Decided>;
  /** Reminds of the next request whose time for it has come, or ends it. @returns whether there was one. */
  onTimer(now: number): Promise<boolean>;
  request(id: string): Promise<ChangeRequest | undefined>;
  /** Those that wait for a decision, the oldest first. */
  pending(): Promise<readonly Pending[]>;
  /** What somebody asked for and a lock keeps waiting, the oldest first. */
  held(requester: Person): Promise<readonly Held[]>;
  /** The last requests of somebody that no longer wait, the newest first. */
  ofRequester(person: Person, most: number): Promise<readonly ChangeRequest[]>;
  /**
   * From now on the open view follows its request. Where that is no longer as it was `shown` in it,
   * the view is due at once.
   */
  watch(view: RequestNotice, shown: ChangeRequest, now: number): Promise<void>;
  /** Records something that is no step of a request. */
  record(entry: Entry): Promise<void>;
  /** Records an attempt without the right, and has it said where the rule wants that. */
  refuse(refused: Refused, at: number, rule?: Rule, requestId?: string): Promise<void>;
}

/** @param moved is told of each state that a request comes to */
export function requestsIn(
  whole: Database,
  auditChannels: readonly string[],
  moved: Moved = () => undefined,
): Requests {
  const database = tellingMoves(whole, moved);
  /** What becomes of a request, decided alone; it is too late where `choose` says nothing. */
  const choosing = (
    id: string,
    now: number,
    choose: (request: ChangeRequest) => Result<ChangeRequest, Problem> | undefined,
  ): Promise<Decided> =>
    database.transaction(async (sql): Promise<Decided> => {
      const request = await find(sql, id);
      if (request === undefined) return { kind: "gone" };
      const over = request.state === "pending" && isOver(request, now);
      const chosen = over ? ok(expire(request, now)) : choose(request);
      if (chosen === undefined) return { kind: "late", request };
      if (!chosen.ok) return { kind: "refused", request, problem: chosen.problem };
      const next = chosen.value;
      if (next === request) return { kind: "late", request };
      const notices = noticesFor(next, auditChannels);
      const moved = await step(sql, request, next, entryFor(next, now), notices);
      if (!moved) throw new Error("a request changed while it was being decided");
      const ended = await finishRun(sql, next, auditChannels, now);
      // What was decided on may be one item of a plan that is over with it.
      return { kind: over ? "late" : "done", request: ended?.id === id ? ended : next };
    });

  return {
    ...attemptsIn(database, auditChannels),
    ...runsIn(database, auditChannels),
    ask: (shown, viewId, vote, now) =>
      database.transaction((sql) => putAsked(sql, auditChannels, shown, viewId, vote, now)),
    askMany: (shown, viewId, vote, now, limits) =>
      database.transaction(async (sql) => {
        const known = await find(sql, shown.id);
        if (known !== undefined) return ok(known);
        const { size } = shown.preview.bulk;
        if (!(await isWhole(sql, shown.id, size))) return err({ kind: "preview-gone" });
        const tooMany = overLimit(limits, await openItems(sql, shown.person), size);
        if (tooMany !== undefined) return err(tooMany);
        return ok(await putAsked(sql, auditChannels, shown, viewId, vote, now));
      }),
    decide: (id, now, choose) =>
      choosing(id, now, (request) => (request.state === "pending" ? choose(request) : undefined)),
    withdraw: (id, now, choose) =>
      choosing(id, now, (request) =>
        request.state === "pending" || request.state === "held" ? choose(request) : undefined,
      ),
    steer: (id, now, choose) =>
      choosing(id, now, (request) => (isUnderWay(request) ? choose(request) : undefined)),
    async onTimer(now) {
      if ((await timedOut(database, now)) === undefined) return false;
      return await database.transaction(async (sql) => {
        const request = await timedOut(sql, now);
        if (request === undefined) return false;
        const next = onTimer(request, now);
        const [entry, notices] =
          next.state === "pending"
            ? [reminderEntry(next, now), [reminderFor(next)]]
            : [entryFor(next, now), noticesFor(next, auditChannels)];
        return await step(sql, request, next, entry, notices);
      });
    },
    request: (id) => find(database, id),
    async pending() {
      const rows = await database.all(
        "SELECT body FROM request WHERE state = 'pending' ORDER BY asked_at",
      );
      return rows.map(read).filter((request) => request.state === "pending");
    },
    held: (requester) => heldOf(database, requester),
    ofRequester: (person, most) => lastOf(database, person, most),
    watch: (view, shown, now) =>
      database.transaction(async (sql) => {
        const current = await find(sql, view.requestId);
        const isAsShown = isDeepStrictEqual(current, shown);
        // Nothing more becomes of it that the view would have to follow.
        if (isAsShown && hasEnded(shown)) return;
        await putShown(sql, view, isAsShown ? null : now);
      }),
    record: (entry) =>
      database.transaction(async (sql) => {
        await appendEntry(sql, entry);
      }),
    refuse: (refused, at, rule, requestId) =>
      database.transaction(async (sql) => {
        const { by, problem, ...wish } = refused;
        const seq = await appendEntry(sql, refusal(by, problem, at, wish, requestId));
        await putNotices(sql, refusalNotices(refused, seq, auditChannels, rule), seq, at);
      }),
  };
}
