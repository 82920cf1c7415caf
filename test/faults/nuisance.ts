import type { Received } from "../../playground/loopback.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** How often each thing goes wrong, of one. */
const GCORE = { error: 0.08, lost: 0.1, busy: 0.04 } as const;
const SLACK = { limited: 0.04, lost: 0.06, broken: 0.03 } as const;
/** One in so many changes takes longer than the bot waits for, and is made all the same. */
const TOO_SLOW_IN = 400;
const LONGER_THAN_PATIENCE = 25_000;

/** Lets things go wrong at Gcore and at Slack, as often as the seed says. */
export function faultsFor({ slack, gcore }: World, changes: number, random: Random): void {
  const patch = (part: number) => (request: Received) =>
    request.method === "PATCH" && random.chance(part);
  const any = (part: number) => (_request: Received) => random.chance(part);
  const { plan } = gcore.faults;
  const always = Number.MAX_SAFE_INTEGER;
  plan.add(
    patch(0.02),
    { kind: "delay", ms: LONGER_THAN_PATIENCE },
    Math.ceil(changes / TOO_SLOW_IN),
  );
  plan.add(patch(GCORE.lost), { kind: "cut", when: "after" }, always);
  plan.add(any(GCORE.error), refusal(500), always);
  plan.add(any(GCORE.busy), refusal(429, { "retry-after": "5" }), always);
  const post = (part: number) => (request: Received) =>
    /chat\.(postMessage|update)$/.test(request.path) && random.chance(part);
  const limited = { ok: false, error: "ratelimited" };
  slack.faults.add(post(SLACK.limited), answer(429, limited, { "retry-after": "3" }), always);
  slack.faults.add(post(SLACK.lost), { kind: "cut", when: "after" }, always);
  slack.faults.add(any(SLACK.broken), answer(503, {}), always);
}

/** One of so many snapshots is held by a task, which ends at some time. */
const LOCKED = 0.15;
const LOOK_EVERY = 300;
/** Most tasks end minutes later, so that dozens of changes meet one. */
const ENDS = 0.003;

/** Tasks hold some of the snapshots. @returns ends all that are still at work */
export function locksFor(
  { gcore }: World,
  snapshotIds: readonly string[],
  random: Random,
): () => void {
  let tasks = snapshotIds.filter(() => random.chance(LOCKED)).map((id) => gcore.lock(id));
  const endSome = (part: number): void => {
    tasks = tasks.filter((task) => {
      const ends = random.chance(part);
      if (ends) gcore.finishTask(task);
      return !ends;
    });
  };
  const timer = setInterval(() => endSome(ENDS), LOOK_EVERY);
  return () => {
    clearInterval(timer);
    endSome(1);
  };
}

const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  ({
    kind: "answer",
    answer: {
      status,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    },
  }) as const;

const refusal = (status: number, headers: Record<string, string> = {}) =>
  answer(status, { exception_class: "HTTPError", message: `HTTP ${status}` }, headers);
