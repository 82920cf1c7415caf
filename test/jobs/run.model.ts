import { expect } from "@jest/globals";
import fc from "fast-check";
import { itemId, pause, resume, stop } from "../../src/approval/bulk-run.ts";
import {
  type Applying,
  hasEnded,
  isBulk,
  type UnderWay,
} from "../../src/approval/change-request.ts";
import { LEASE } from "../../src/approval/claim.ts";
import { BULK_LIMITS, DEFAULT_POLICY } from "../../src/approval/policy.ts";
import type { Deps } from "../../src/deps.ts";
import { applyNext } from "../../src/jobs/apply.ts";
import { itemRunner } from "../../src/jobs/bulk.ts";
import { lookAtNextLock } from "../../src/jobs/locks.ts";
import { ok } from "../../src/problem.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { draftOf, HOUR, MARIA, previewOf, TOM, voteOf } from "../approval/samples.ts";
import { shownOf } from "../store/plan-samples.ts";
import { Killed, type StrictGcore, type Weather } from "./strict-gcore.ts";

/** What is known of a plan by the simplest of accounts. */
interface Known {
  readonly size: number;
  asked: "to run" | "to pause" | "to stop";
}
export interface Model {
  readonly plans: Map<string, Known>;
  singles: number;
}
export interface Real {
  readonly database: Database;
  readonly gcore: StrictGcore;
  readonly snapshotIds: readonly string[];
  /** Before each id, so that runs do not meet. */
  readonly run: string;
  readonly clock: { at: number; owners: number; meddled: number };
  readonly seen: Set<string>;
}

export const AUDIT = ["CAUDIT00001", "CAUDIT00002"];
export type Command = fc.AsyncCommand<Model, Real>;

/** After each of them all is checked that must hold at any time. */
const command = (
  name: string,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command => ({
  check,
  run: async (model, real) => {
    const before = await begunOf(model, real);
    // Nothing may be begun of those that were not to run when this began.
    for (const [id, { asked }] of model.plans) if (asked === "to run") before.delete(id);
    await run(model, real);
    await holdsNow(model, real, before);
  },
  toString: () => name,
});

const parts = ({ database }: Real) => ({
  plans: plansIn(database),
  requests: requestsIn(database, AUDIT),
});

/** A process does one thing: it may die over it, or stand still until its claim is somebody else's. */
type How = Weather | "stands still before" | "stands still after";

function depsOf(real: Real, how: How = "fine"): Deps {
  const { gcore, clock } = real;
  const { requests, plans } = parts(real);
  const standsStill = async (): Promise<void> => {
    const { attempt } = gcore;
    clock.at += LEASE;
    await itemRunner(depsOf(real))();
    gcore.attempt = attempt;
  };
  const begun = (claimed: Applying | undefined): Applying | undefined => {
    if (claimed !== undefined) gcore.attempt = claimed.id;
    return claimed;
  };
  const calls: Deps["gcore"] = {
    ...(gcore.deps.gcore as Deps["gcore"]),
    async getSnapshot(caller, ref) {
      const look = await gcore.deps.gcore.getSnapshot(caller, ref);
      if (how === "stands still before") await standsStill();
      return look;
    },
    async updateSnapshot(caller, ref, patch) {
      if (how === "stands still before") throw new Error("sent after its claim had run out");
      const answer = await gcore.deps.gcore.updateSnapshot(caller, ref, patch);
      if (how === "stands still after") await standsStill();
      return answer;
    },
  };
  return {
    ...gcore.deps,
    gcore: calls,
    plans,
    requests: {
      ...requests,
      claim: async (...parameters: Parameters<typeof requests.claim>) =>
        begun(await requests.claim(...parameters)),
      // One after the other, so that it is known whose attempt it is.
      claimItems: async (owner: string, now: number) => {
        const claimed = await requests.claimItems(owner, now, 1);
        begun(claimed[0]);
        return claimed;
      },
    },
    clock: { now: () => clock.at },
    log: { info: () => undefined },
    policy: DEFAULT_POLICY,
    newId: () => `owner-${clock.owners++}`,
    nudge: () => undefined,
  } as unknown as Deps;
}

const idOf = (real: Real, nth: number): string => `${real.run}-plan-${nth}`;

/** Makes a plan for some of the snapshots, and agrees to it. */
const starts = (which: readonly number[]): Command =>
  command(
    `a plan for ${which}`,
    ({ plans }) => plans.size < 4,
    async (model, real) => {
      const id = idOf(real, model.plans.size);
      const items = which.map((at, index) => {
        const before = real.gcore.at(real.snapshotIds[at] ?? "");
        const change = { set: [{ key: "team", value: id }] };
        return { n: index + 1, before, plan: previewOf(before, change).plan };
      });
      const { plans, requests } = parts(real);
      await plans.put(id, items);
      const now = real.clock.at;
      const vote = voteOf(MARIA, now);
      const shown = shownOf(id, items.length);
      const asked = await requests.askMany(shown, id, vote, now, BULK_LIMITS);
      expect(asked.ok && asked.value.state).toBe("running");
      model.plans.set(id, { size: items.length, asked: "to run" });
    },
  );

/** Somebody changes one of the snapshots alone, by the bot. */
const changes = (snapshot: number, weather: Weather): Command =>
  command(
    `a change of ${snapshot} alone: ${weather}`,
    ({ singles }) => singles < 4,
    async (model, real) => {
      const id = `${real.run}-single-${model.singles++}`;
      const before = real.gcore.at(real.snapshotIds[snapshot] ?? "");
      const preview = previewOf(before, { set: [{ key: "team", value: id }] });
      await parts(real).requests.ask(draftOf(id, preview), id, voteOf(), real.clock.at);
      await attempt(real, weather, () => applyNext(depsOf(real), id));
    },
  );

async function attempt(real: Real, how: How, act: () => Promise<unknown>): Promise<void> {
  const standsStill = how === "stands still before" || how === "stands still after";
  Object.assign(real.gcore, { weather: standsStill ? "fine" : how });
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    real.seen.add(how);
  }
}

/** A lane of some process does one thing. */
const works = (how: How): Command =>
  command(
    `a lane works: ${how}`,
    ({ plans }) => plans.size > 0,
    async (model, real) => {
      await attempt(real, how, async () => {
        if (await itemRunner(depsOf(real, how))()) real.seen.add(`${how} worked`);
      });
      await pausesByItself(model, real, how);
    },
  );

/** A run whose key is gone is paused without a click, and no other one is. */
async function pausesByItself(model: Model, real: Real, how: How): Promise<void> {
  for (const [id, known] of model.plans) {
    const request = await parts(real).requests.request(id);
    if (request?.state !== "paused" || known.asked !== "to run") continue;
    expect([how, request.because?.kind]).toEqual(["key gone", "no-key"]);
    known.asked = "to pause";
    real.seen.add("paused by itself");
  }
}

const looks = (weather: Weather): Command =>
  command(
    `the locks are looked at: ${weather}`,
    () => true,
    async (_model, real) =>
      attempt(real, weather, async () => {
        while (await lookAtNextLock(depsOf(real))) real.seen.add("a lock looked at");
      }),
  );

/** A click on the buttons of a run; what is told must be what the account says. */
const steers = (which: number, what: Known["asked"]): Command =>
  command(
    `plan ${which} is asked ${what}`,
    ({ plans }) => plans.size > 0,
    async (model, real) => {
      const id = idOf(real, which % model.plans.size);
      const known = model.plans.get(id);
      const { requests } = parts(real);
      if (known === undefined) throw new Error(`there is no ${id}`);
      const isOver = (await requests.request(id))?.state === "finished";
      const now = real.clock.at;
      const decided = await requests.steer(id, now, (run) => ok(turned(run, what, now)));
      const before = known.asked;
      const changes = before !== what && before !== "to stop";
      expect(decided.kind).toBe(isOver || !changes ? "late" : "done");
      if (decided.kind === "done") known.asked = what;
      real.seen.add(`${what}: ${decided.kind}`);
    },
  );

function turned(run: UnderWay, what: Known["asked"], now: number): UnderWay {
  if (what === "to pause") return run.state === "running" ? pause(run, TOM, now) : run;
  if (what === "to run") return run.state === "paused" ? resume(run, TOM, now) : run;
  return run.state === "stopping" ? run : stop(run, TOM, now);
}

const passes = (ms: number): Command =>
  command(
    `${ms} ms pass`,
    () => true,
    async (_model, { clock }) => {
      clock.at += ms;
    },
  );

/** A task takes a snapshot, or lets it go. */
const locks = (snapshot: number): Command =>
  command(
    `a task takes ${snapshot} or lets it go`,
    () => true,
    async (_model, { gcore, snapshotIds }) => {
      const before = gcore.at(snapshotIds[snapshot] ?? "");
      const taskId = before.taskId === null ? "task" : null;
      gcore.snapshots.set(before.snapshotId, { ...before, taskId });
    },
  );

/** Somebody else changes the tag, each time to something new. */
const meddles = (snapshot: number): Command =>
  command(
    `somebody changes ${snapshot}`,
    () => true,
    async (_model, { gcore, clock, snapshotIds }) => {
      const before = gcore.at(snapshotIds[snapshot] ?? "");
      const tag = { key: "team", value: `meddled-${clock.meddled++}`, readOnly: false };
      gcore.snapshots.set(before.snapshotId, { ...before, tags: [tag] });
    },
  );

const SNAPSHOTS = 5;
const snapshot = fc.nat({ max: SNAPSHOTS - 1 });
const weather = fc.constantFrom<Weather>(
  ...(["fine", "fine", "look fails", "key gone", "refused", "busy"] as const),
  ...(["lost, done", "lost, not done", "dies before", "dies after"] as const),
);
const work = fc
  .oneof(weather, fc.constantFrom("stands still before", "stands still after"))
  .map((how) => works(how as How));
export const COMMANDS = [
  fc.uniqueArray(snapshot, { minLength: 1, maxLength: SNAPSHOTS }).map(starts),
  fc.tuple(snapshot, weather).map(([at, how]) => changes(at, how)),
  ...[work, work, work],
  fc
    .tuple(fc.nat({ max: 3 }), fc.constantFrom<Known["asked"]>("to run", "to pause", "to stop"))
    .map(([which, what]) => steers(which, what)),
  fc.constantFrom(1_000, 5_000, LEASE, HOUR, 24 * HOUR).map(passes),
  snapshot.map(locks),
  fc.constantFrom<Weather>("fine", "fine", "look fails", "key gone").map(looks),
  snapshot.map(meddles),
];
/** Lives in which all of it happens, which chance may leave out. */
export const STORIES: readonly (readonly Command[])[] = [
  [
    starts([0, 1, 2, 3]),
    ...[steers(0, "to pause"), steers(0, "to run")],
    ...[works("key gone"), steers(0, "to run"), steers(0, "to run")],
    ...[works("busy"), steers(0, "to stop"), works("fine"), steers(0, "to stop")],
  ],
  [
    starts([0, 1, 2, 3, 4]),
    ...(["lost, done", "dies before", "dies after"] as const).map(works),
    ...(["stands still before", "stands still after"] as const).map(works),
  ],
  [
    ...[starts([0, 1, 2, 3]), works("refused"), meddles(1), works("fine")],
    ...[locks(2), works("fine"), passes(HOUR), looks("fine")],
  ],
];
export const snapshotsOf = (run: string): readonly string[] =>
  Array.from({ length: SNAPSHOTS }, (_, at) => `${run}-${at}`);

/** How many items of each plan were begun. */
async function begunOf(model: Model, { database }: Real): Promise<Map<string, number>> {
  const begun = new Map<string, number>();
  for (const id of model.plans.keys()) {
    const [row] = await database.all("SELECT count(*) AS n FROM request WHERE plan_id = ?", id);
    begun.set(id, Number(row?.n));
  }
  return begun;
}

/** What must hold for every plan at any time. @param before how many items were begun of those that begin none */
async function holdsNow(model: Model, real: Real, before: Map<string, number>): Promise<void> {
  const { database, gcore } = real;
  const { requests } = parts(real);
  const begun = await begunOf(model, real);
  for (const [id, known] of model.plans) {
    if (before.has(id)) expect(begun.get(id)).toBe(before.get(id));
    const request = await requests.request(id);
    if (request === undefined || !isBulk(request)) throw new Error(`${id} is lost`);
    const counts = await requests.counts(request);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(known.size);
    const [open] = await database.all(
      `SELECT count(*) AS n FROM request
       WHERE plan_id = ? AND state IN ('approved', 'applying', 'held')`,
      id,
    );
    const isLeft = known.asked !== "to stop" && (begun.get(id) ?? 0) < known.size;
    expect([id, request.state === "finished"]).toEqual([id, Number(open?.n) === 0 && !isLeft]);
    for (let n = 1; n <= known.size; n += 1) {
      const item = itemId(id, n);
      expect(gcore.effects.filter((one) => one === item).length).toBeLessThanOrEqual(1);
    }
  }
}

/** In the end all goes well for long enough. What must hold for every item then. */
export async function holdsAtTheEnd(model: Model, real: Real): Promise<void> {
  const { database, gcore, clock } = real;
  const { requests } = parts(real);
  for (const [id, known] of model.plans) {
    if (known.asked !== "to pause") continue;
    await requests.steer(id, clock.at, (run) => ok(turned(run, "to run", clock.at)));
  }
  Object.assign(gcore, { weather: "fine" });
  for (const [id, one] of gcore.snapshots) gcore.snapshots.set(id, { ...one, taskId: null });
  for (let round = 0; round < 8; round += 1) {
    clock.at += LEASE + HOUR;
    while (await lookAtNextLock(depsOf(real)));
    while (await applyNext(depsOf(real)));
    while (await itemRunner(depsOf(real))());
  }
  for (const [id, known] of model.plans) {
    const request = await requests.request(id);
    if (request?.state !== "finished") throw new Error(`${id} is ${request?.state}`);
    expect(request.counts).toEqual(await requests.counts(request));
    for (let n = 1; n <= known.size; n += 1) {
      const item = await requests.request(itemId(id, n));
      const effects = gcore.effects.filter((one) => one === itemId(id, n)).length;
      if (item === undefined) expect([known.asked, effects]).toEqual(["to stop", 0]);
      else if (!hasEnded(item)) throw new Error(`${item.id} is ${item.state}`);
      else if (item.state === "applied") expect(effects).toBe(1);
      else if (item.state === "failed" || item.state === "withdrawn") expect(effects).toBe(0);
      if (item !== undefined) real.seen.add(`item ${item.state}`);
    }
    const said = await database.all(
      "SELECT target FROM outbox WHERE id LIKE ? ORDER BY target",
      `${id}/announcement/%`,
    );
    // What was only taken back is not announced, as with a single change.
    const isTold = request.counts.stopped < known.size;
    expect(said.map(({ target }) => target)).toEqual(isTold ? AUDIT : []);
  }
}
