import { expect } from "@jest/globals";
import fc from "fast-check";
import {
  type ChangeRequest,
  type Held,
  hasEnded,
  isBulk,
  type Pending,
  type Withdrawn,
} from "../../src/approval/change-request.ts";
import { LEASE } from "../../src/approval/claim.ts";
import { approve, reject, withdraw } from "../../src/approval/decide.ts";
import type { Person } from "../../src/approval/person.ts";
import { DEFAULT_POLICY } from "../../src/approval/policy.ts";
import { decisionProblem } from "../../src/approval/rights.ts";
import type { Deps } from "../../src/deps.ts";
import { applyNext } from "../../src/jobs/apply.ts";
import { lookAtNextLock } from "../../src/jobs/locks.ts";
import { err, ok, type Problem, type Result } from "../../src/problem.ts";
import { undoOf } from "../../src/snapshot/undo.ts";
import type { Requests } from "../../src/store/requests.ts";
import {
  ANN,
  approversNeeded,
  draftOf,
  HOUR,
  MARIA,
  previewOf,
  TOM,
  teamOf,
  voteOf,
} from "../approval/samples.ts";
import { Killed, type StrictGcore, type Weather } from "./strict-gcore.ts";

/** What is known of a request by the simplest of accounts. */
interface Known {
  readonly needed: number;
  readonly expiresAt: number;
  readonly approvals: Set<string>;
  fate: "waits" | "approved" | "rejected" | "withdrawn" | "expired" | "stopped";
}
export interface Model {
  readonly requests: Map<string, Known>;
}
export interface Real {
  readonly requests: Requests;
  readonly gcore: StrictGcore;
  readonly snapshotIds: readonly string[];
  /** Before each id, so that runs do not meet. */
  readonly run: string;
  /** The time, and how many attempts were begun and tags changed by somebody else. */
  readonly clock: { at: number; owners: number; meddled: number };
  readonly seen: Set<string>;
}

const APPROVERS = [TOM.userId, ANN.userId];
type Command = fc.AsyncCommand<Model, Real>;
const command = (
  name: string,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command => ({ check, run, toString: () => name });

const idOf = (real: Real, nth: number): string => `${real.run}-${nth}`;
const knownAt = (model: Model, nth: number): [number, Known] | undefined =>
  [...model.requests.values()].map((known, index): [number, Known] => [index, known])[
    nth % Math.max(1, model.requests.size)
  ];

/** Asks for another value of a snapshot's tag; with no approval needed the requester confirms. */
const asks = (needed: number, snapshot: number): Command =>
  command(
    `ask for ${needed} on ${snapshot}`,
    ({ requests }) => requests.size < 5,
    async (model, real) => {
      const nth = model.requests.size;
      const before = real.gcore.at(real.snapshotIds[snapshot] ?? "");
      const change = { set: [{ key: "team", value: `v${nth}` }] };
      await put(model, real, nth, needed, previewOf(before, change, ruleOf(needed)), null);
    },
  );

const ruleOf = (needed: number) => (needed === 0 ? undefined : approversNeeded(needed));

async function put(
  model: Model,
  real: Real,
  nth: number,
  needed: number,
  preview: ReturnType<typeof previewOf>,
  undoes: string | null,
): Promise<void> {
  const now = real.clock.at;
  const vote = needed === 0 ? voteOf(MARIA, now) : null;
  const request = await real.requests.ask(
    { ...draftOf(idOf(real, nth), preview), undoes },
    `V${nth}`,
    vote,
    now,
  );
  expect(request.state).toBe(needed === 0 ? "approved" : "pending");
  const fate = needed === 0 ? "approved" : "waits";
  model.requests.set(request.id, {
    needed,
    expiresAt: now + 24 * HOUR,
    approvals: new Set(),
    fate,
  });
}

/** Prepares the way back of an applied change, and confirms it. */
const undoes = (which: number): Command =>
  command(
    `undo ${which}`,
    ({ requests }) => requests.size > 0 && requests.size < 7,
    async (model, real) => {
      const found = knownAt(model, which);
      const request = found && (await real.requests.request(idOf(real, found[0])));
      if (request?.state !== "applied") return;
      const now = real.gcore.at(request.ref.snapshotId);
      const { change, left } = undoOf(request.plan.rows, now);
      const preview = previewOf(now, change);
      if (teamOf(now) !== teamOf(request.snapshot)) {
        // Somebody changed it since: there is nothing of ours to take back.
        expect(preview.plan.rows).toEqual([]);
        expect(left.length + (teamOf(now) === teamOf(request.before) ? 1 : 0)).toBe(1);
        return;
      }
      expect(preview.plan.rows.map(({ after }) => after)).toEqual([teamOf(request.before)]);
      real.seen.add("undone");
      await put(model, real, model.requests.size, 0, preview, request.id);
    },
  );

/** A person's click on a request; what they are told must be what the account says. */
const clicks = (
  which: number,
  who: "MARIA" | "TOM" | "ANN",
  what: "approve" | "reject" | "withdraw",
): Command =>
  command(
    `${who} wants to ${what} ${which}`,
    ({ requests }) => requests.size > 0,
    async (model, real) => {
      const found = knownAt(model, which);
      if (found === undefined) return;
      const [nth, known] = found;
      const by = { MARIA, TOM, ANN }[who];
      const now = real.clock.at;
      const id = idOf(real, nth);
      const isHeld = (await real.requests.request(id))?.state === "held";
      const decided =
        what === "withdraw"
          ? await real.requests.withdraw(id, now, (request) => takenBack(request, by, now))
          : await real.requests.decide(id, now, (request) => chosen(request, by, what, now));
      const expected = accountOf(known, by, what, now, isHeld);
      expect(decided.kind).toBe(expected);
      real.seen.add(`${what} ${expected}${isHeld ? " while locked" : ""}`);
    },
  );

/** Whoever asked for what is locked first of all no longer wants to wait. */
const stops: Command = command(
  "stop waiting for a lock",
  ({ requests }) => requests.size > 0,
  async (model, real) => {
    for (const [nth, known] of [...model.requests.values()].entries()) {
      const id = idOf(real, nth);
      if ((await real.requests.request(id))?.state !== "held") continue;
      const now = real.clock.at;
      const decided = await real.requests.withdraw(id, now, (one) => takenBack(one, MARIA, now));
      expect(decided.kind).toBe(accountOf(known, MARIA, "withdraw", now, true));
      real.seen.add("stopped");
      return;
    }
  },
);

const takenBack = (request: Pending | Held, by: Person, now: number): Result<Withdrawn, Problem> =>
  by === MARIA ? ok(withdraw(request, now)) : err({ kind: "not-the-requester" });

function chosen(
  request: Pending,
  by: Person,
  what: string,
  now: number,
): Result<ChangeRequest, Problem> {
  const problem = decisionProblem(request, by, "member", APPROVERS);
  if (problem !== undefined) return err(problem);
  const vote = voteOf(by, now);
  return ok(what === "approve" ? approve(request, vote) : reject(request, vote));
}

/** The account's own word for what becomes of a click, which it notes down. */
function accountOf(
  known: Known,
  by: Person,
  what: string,
  now: number,
  isHeld: boolean,
): "done" | "late" | "refused" {
  if (known.fate === "approved" && isHeld && what === "withdraw") {
    if (by !== MARIA) return "refused";
    known.fate = "stopped";
    return "done";
  }
  if (known.fate !== "waits") return "late";
  if (now >= known.expiresAt) {
    known.fate = "expired";
    return "late";
  }
  if (what === "withdraw") {
    if (by !== MARIA) return "refused";
    known.fate = "withdrawn";
    return "done";
  }
  if (by === MARIA || known.approvals.has(by.userId)) return "refused";
  if (what === "reject") known.fate = "rejected";
  else if (known.approvals.add(by.userId).size === known.needed) known.fate = "approved";
  return "done";
}

/** Time goes by, and the clock does what is due. */
const passes = (ms: number): Command =>
  command(
    `${ms} ms pass`,
    () => true,
    async (model, real) => {
      real.clock.at += ms;
      while (await real.requests.onTimer(real.clock.at));
      for (const known of model.requests.values()) {
        if (known.fate === "waits" && real.clock.at >= known.expiresAt) known.fate = "expired";
      }
    },
  );

const depsOf = ({ gcore, clock, requests }: Real): Deps =>
  ({
    ...gcore.deps,
    requests,
    clock: { now: () => clock.at },
    log: { info: () => undefined },
    policy: DEFAULT_POLICY,
    newId: () => `owner-${clock.owners++}`,
    nudge: () => undefined,
  }) as unknown as Deps;

/** A task takes a snapshot, or lets it go. */
const locks = (snapshot: number): Command =>
  command(
    `a task takes ${snapshot} or lets it go`,
    () => true,
    async (_model, { gcore, snapshotIds }) => {
      const id = snapshotIds[snapshot] ?? "";
      const before = gcore.at(id);
      gcore.snapshots.set(id, { ...before, taskId: before.taskId === null ? "task" : null });
    },
  );

/** The locked snapshots are looked at that are due for it. */
const looks = (weather: Weather): Command =>
  command(
    `the locks are looked at: ${weather}`,
    () => true,
    async (_model, real) => {
      Object.assign(real.gcore, { weather });
      while (await lookAtNextLock(depsOf(real))) real.seen.add("a lock looked at");
    },
  );

/** One attempt at one request, in this weather; the process may die over it. */
const attempts = (which: number, weather: Weather): Command =>
  command(
    `apply ${which}: ${weather}`,
    ({ requests }) => requests.size > 0,
    async (model, real) => {
      const found = knownAt(model, which);
      if (found === undefined) return;
      const id = idOf(real, found[0]);
      const { gcore } = real;
      Object.assign(gcore, { weather, attempt: id });
      try {
        const next = await applyNext(depsOf(real), id);
        // Only what was approved is ever taken up.
        if (next !== undefined) expect(found[1].fate).toBe("approved");
        const locked =
          next !== undefined && !isBulk(next) && gcore.at(next.ref.snapshotId).taskId !== null;
        real.seen.add(`${weather} ${next?.state}${locked ? " while locked" : ""}`);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        real.seen.add(weather);
      }
    },
  );

/**
 * Somebody else changes the tag, each time to something new: whoever puts back exactly what stood
 * there before a lost PATCH cannot be told from a PATCH that was not done.
 */
const meddles = (snapshot: number): Command =>
  command(
    `somebody changes ${snapshot}`,
    () => true,
    async (_model, { gcore, clock, snapshotIds }) => {
      const id = snapshotIds[snapshot] ?? "";
      const before = gcore.at(id);
      gcore.snapshots.set(id, {
        ...before,
        tags: [{ key: "team", value: `meddled-${clock.meddled++}`, readOnly: false }],
      });
    },
  );

const nth = fc.nat({ max: 6 });
const weather = fc.constantFrom<Weather>(
  ...(["fine", "fine", "fine", "look fails", "key gone", "refused", "busy", "busy"] as const),
  ...(["lost, done", "lost, not done", "dies before", "dies after"] as const),
);
export const COMMANDS = [
  fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 1 })).map(([needed, at]) => asks(needed, at)),
  fc
    .tuple(
      nth,
      fc.constantFrom("MARIA", "TOM", "ANN"),
      fc.constantFrom("approve", "approve", "reject", "withdraw"),
    )
    .map(([which, who, what]) => clicks(which, who, what)),
  fc.constantFrom(1_000, LEASE, HOUR, 13 * HOUR, 24 * HOUR).map(passes),
  fc.tuple(nth, weather).map(([which, how]) => attempts(which, how)),
  fc.tuple(nth, weather).map(([which, how]) => attempts(which, how)),
  nth.map(undoes),
  fc.nat({ max: 1 }).map(locks),
  fc.constant(stops),
  fc.constantFrom<Weather>("fine", "fine", "look fails", "key gone").map(looks),
  fc.nat({ max: 1 }).map(meddles),
];

/** What must hold for every request at the end, whatever happened. */
export async function holdsAtTheEnd(model: Model, { requests, gcore }: Real): Promise<void> {
  for (const [id, known] of model.requests) {
    const request = await requests.request(id);
    if (request === undefined) throw new Error(`${id} is lost`);
    const decidedAgainst = ["rejected", "withdrawn", "expired"] as const;
    if (known.fate === "waits") expect(request.state).toBe("pending");
    else if (known.fate === "stopped") expect(request.state).toBe("withdrawn");
    else if (known.fate !== "approved") expect(request.state).toBe(known.fate);
    else expect(["pending", ...decidedAgainst]).not.toContain(request.state);
    const effects = gcore.effects.filter((one) => one === id).length;
    expect(effects).toBeLessThanOrEqual(1);
    if (known.fate === "stopped") expect(effects).toBe(0);
    else if (known.fate !== "approved") expect(gcore.patches).not.toContain(id);
    if (request.state === "applied") expect(effects).toBe(1);
    if (request.state === "failed") expect(effects).toBe(0);
    if (hasEnded(request))
      expect(await requests.claim("late", Number.MAX_SAFE_INTEGER, id)).toBeUndefined();
  }
}
