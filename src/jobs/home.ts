import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { closedHomeView, type Home, homeView } from "../blocks/home-view.ts";
import type { Deps } from "../deps.ts";
import { waitingFor } from "../rights/waiting.ts";
import type { Refusal } from "../slack/errors.ts";

/** How long one try may take before somebody else may try, in milliseconds. */
const TURN = 60_000;
const PAUSES = [2_000, 10_000, 30_000, 60_000] as const;

/** Whom Slack no longer shows a home tab; who opens it again is known again. */
const GONE = new Set(["not_enabled", "user_not_found", "user_not_visible", "user_disabled"]);

/** One more than is shown: that there are more is said. */
const RECENT = 6;

/** Publishes the next home tab that is due. @returns whether there was one. */
export async function publishNext(deps: Deps, taken?: () => void): Promise<boolean> {
  const { homeTabs, clock, log, slack } = deps;
  // At the start there may be some that are due.
  if (!slack.isVerified()) return false;
  const tab = await homeTabs.take(clock.now(), clock.now() + TURN);
  if (tab === undefined) return false;
  taken?.();
  const posted = await publish(deps, tab.person).catch((error: unknown): Refusal => {
    log.error({ error }, "A home tab could not be made; it is tried again");
    return { kind: "later", error: "accident", after: null };
  });
  if (posted.kind === "sent") {
    await homeTabs.done(tab, clock.now());
    return true;
  }
  log.warn({ error: posted.error, tries: tab.attempts }, "Slack did not take a home tab");
  if (GONE.has(posted.error)) await homeTabs.forget(tab);
  else {
    const after = posted.kind === "later" ? posted.after : null;
    const pause = PAUSES[Math.min(tab.attempts, PAUSES.length) - 1] ?? PAUSES[0];
    await homeTabs.later(tab, clock.now() + (after ?? pause));
  }
  return true;
}

async function publish(deps: Deps, person: Person): Promise<{ readonly kind: "sent" } | Refusal> {
  const standing = await deps.slack.standing(person);
  if (!standing.ok) return { kind: "later", error: standing.problem, after: null };
  const view =
    standing.value === "member"
      ? homeView(await homeOf(deps, person))
      : closedHomeView(standing.value);
  return await deps.slack.publishHome(person.userId, view);
}

/** Everything in it is this person's own, or theirs to decide. */
async function homeOf(deps: Deps, person: Person): Promise<Home> {
  const { keys, requests, preferences, recentGroups, clock } = deps;
  const [key, waiting, recent, defaults] = await Promise.all([
    keys.scope(person),
    waitingFor(deps, person, "member", recentGroups),
    requests.ofRequester(person, RECENT),
    preferences.defaults(person),
  ]);
  const obstacle = key.ok ? keyProblem(key.value, clock.now()) : undefined;
  return { key, obstacle, waiting, recent, defaults };
}
