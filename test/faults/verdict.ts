import { type ChangeRequest, hasEnded, isBulk } from "../../src/approval/change-request.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { judgePlans, type PlanVerdict } from "./plan-verdict.ts";
import type { Clicked, Plan } from "./run.ts";
import type { World } from "./world.ts";

/** What became of a run. Everything in `violations` is 0 in a good one. */
export interface Verdict {
  readonly engine: string;
  readonly seed: number;
  readonly processes: number;
  readonly requests: number;
  readonly clicks: number;
  readonly kills: number;
  readonly gcoreFaults: number;
  readonly slackFaults: number;
  readonly seconds: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly pressedAgain: number;
  readonly announcedTwice: number;
  readonly waitedForLocks: number;
  readonly plans: PlanVerdict["plans"];
  readonly ledgerEntries: number;
  readonly violations: {
    readonly doubleDecisions: number;
    readonly changedTwice: number;
    readonly changedWithoutApproval: number;
    readonly approvedAndLost: number;
    readonly announcementsLost: number;
    readonly clicksUnanswered: number;
    readonly answersThatLie: number;
    readonly brokenChainAt: number;
  } & PlanVerdict["violations"];
}

/** Reads the ledger, Gcore and Slack, and holds them against each other. */
export async function judge(given: {
  readonly plan: Plan;
  readonly world: World;
  readonly database: Database;
  readonly asked: readonly ChangeRequest[];
  readonly clicked: readonly Clicked[];
  readonly seconds: number;
}): Promise<Verdict> {
  const { plan, world, database, asked, clicked, seconds } = given;
  const { gcore, slack, bots } = world;
  const requests = requestsIn(database, []);
  // One after the other: ten thousand at once would wait too long for a connection.
  const ended: (ChangeRequest | undefined)[] = [];
  for (const { id } of asked) ended.push(await requests.request(id));
  const byId = new Map(ended.map((request) => [request?.id, request]));
  const ledger = await readLedger(database);
  const decisions = new Map<string, number>();
  for (const { body } of ledger) {
    const { kind, request } = JSON.parse(body) as { kind: string; request?: string };
    if (request === undefined || !DECISIONS.has(kind)) continue;
    decisions.set(request, (decisions.get(request) ?? 0) + 1);
  }
  const said = slack.messages("#audit").map(({ text, blocks }) => text + JSON.stringify(blocks));
  // A plan is told of by the beginning of its hash.
  const markOf = (request: ChangeRequest): string =>
    isBulk(request) ? request.bulk.hash.slice(0, 12) : request.ref.snapshotId;
  const announced = (request: ChangeRequest): number =>
    said.filter((text) => text.includes(markOf(request))).length;
  const count = (holds: (request: ChangeRequest) => boolean): number =>
    ended.filter((request) => request === undefined || holds(request)).length;
  const changes = (request: ChangeRequest): number =>
    isBulk(request) ? 0 : gcore.effectiveChanges(request.ref.snapshotId);
  const ofPlans = await judgePlans(database, gcore, ended);
  const isMade = (request: ChangeRequest): boolean => "decidedAt" in request;
  const faulty = (verdict: string): boolean => verdict.startsWith("fault");
  return {
    engine: plan.engine,
    seed: plan.seed,
    processes: plan.processes,
    requests: asked.length,
    clicks: clicked.length,
    kills: bots.kills,
    gcoreFaults: gcore.journal.entries.filter(({ fault }) => fault !== undefined).length,
    slackFaults: slack.journal.calls.filter(({ verdict }) => faulty(verdict)).length,
    seconds: Math.round(seconds),
    ends: tally(ended.map((request) => request?.state ?? "gone")),
    pressedAgain: clicked.filter(({ tries }) => tries > 1).length,
    announcedTwice: count((request) => announced(request) > 1),
    waitedForLocks: count((request) => "lockedSince" in request),
    plans: ofPlans.plans,
    ledgerEntries: ledger.length,
    violations: {
      doubleDecisions: count(({ id }) => decisions.get(id) !== 1),
      changedTwice: count((request) => changes(request) > 1),
      changedWithoutApproval: count((request) => !isMade(request) && changes(request) > 0),
      approvedAndLost: count(
        (request) =>
          (request.state === "applied" && changes(request) !== 1) ||
          // What could not be done for ten minutes is told as failed: that is not lost.
          !hasEnded(request),
      ),
      announcementsLost: plan.faults ? count((request) => announced(request) === 0) : 0,
      clicksUnanswered: asked.length * 2 - clicked.length,
      answersThatLie: clicked.filter((one) => lies(one, byId.get(one.click.requestId))).length,
      brokenChainAt: firstBroken(ledger) ?? 0,
      ...ofPlans.violations,
    },
  };
}

const DECISIONS = new Set(["approved", "rejected", "withdrawn", "expired"]);

/** An approval whose answer says that it counts must stand in the request, or be told as late. */
function lies({ answer }: Clicked, request: ChangeRequest | undefined): boolean {
  if (request === undefined || answer.title !== "The request") return true;
  return answer.text.includes("Rejected.") && request.state !== "rejected";
}

const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]),
  );
