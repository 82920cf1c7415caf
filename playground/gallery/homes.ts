import type { HomeView } from "@slack/types";
import { isUnderWay } from "../../src/approval/change-request.ts";
import { closedHomeView, homeView } from "../../src/blocks/home-view.ts";
import type { Foreign } from "./foreign.ts";
import * as homeSamples from "./home-samples.ts";
import { problemsWith } from "./problems.ts";
import { heldOf, pendingOf, requestsOf } from "./requests.ts";
import { runsOf } from "./runs.ts";
import * as samples from "./samples.ts";

type Homes = Readonly<Record<string, HomeView>>;

/** Every home tab, by its builder. */
export const homesWith = (foreign: Foreign): Readonly<Record<string, Homes>> => ({
  homeView: homesOf(foreign),
  closedHomeView: {
    "to a guest": closedHomeView("guest"),
    "to somebody of another organisation": closedHomeView("outsider"),
    "to a deactivated account": closedHomeView("deactivated"),
    "to a bot": closedHomeView("bot"),
  },
});

/** Of somebody who has nothing yet, of somebody at work, and of somebody with a lot. */
function homesOf(foreign: Foreign): Homes {
  const problems = problemsWith(foreign);
  const all = requestsOf(
    samples.previewOf(samples.snapshotWith(foreign), foreign),
    problems,
    foreign,
  );
  const numbered = <R extends object>(requests: readonly R[]) =>
    requests.map((request, index) => ({ ...request, id: `request-${index}` }));
  const pending = Object.values(pendingOf(all));
  const many = numbered(Array.from({ length: 4 }, () => pending).flat());
  const runs = Object.values(runsOf(foreign)).filter(isUnderWay);
  const held = Object.values(heldOf(all));
  const manyRuns = numbered(Array.from({ length: 4 }, () => runs).flat());
  const manyHeld = numbered(Array.from({ length: 4 }, () => held).flat());
  const ended = Object.values(all).filter(({ state }) => state !== "pending" && state !== "held");
  const scope = samples.scopeWith(foreign);
  const nothing = {
    key: { ok: false, problem: problems["no-key"] },
    obstacle: undefined,
    waiting: { own: [], held: [], runs: [], toDecide: [], unclear: 0 },
    recent: [],
    defaults: { project: null, region: null },
  } as const;
  const atWork = {
    ...nothing,
    key: { ok: true, value: scope },
    waiting: {
      own: pending.slice(0, 1),
      held: held.slice(0, 1),
      runs: runs.slice(0, 1),
      toDecide: pending.slice(0, 1),
      unclear: 0,
    },
    recent: numbered(ended).slice(0, 3),
    defaults: homeSamples.defaultsWith(foreign),
  } as const;
  return {
    "nothing yet": homeView(nothing),
    "at work": homeView(atWork),
    "more than fits": homeView({
      ...atWork,
      waiting: { own: many, held: manyHeld, runs: manyRuns, toDecide: many, unclear: 3 },
      recent: numbered(ended),
    }),
    "an expired key": homeView({ ...atWork, obstacle: problems["key-expired"] }),
    "a key of which little is known": homeView({
      ...nothing,
      key: { ok: true, value: samples.unknownScope(scope) },
    }),
  };
}
