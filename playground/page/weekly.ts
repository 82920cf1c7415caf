import type { Snapshot } from "../gcore/model.ts";
import type { Playground } from "./playground.ts";

/** So many snapshots to be changed at once. */
const COUNT = 300;
/** Which of them somebody else changes, and which a task locks: a few here and there. */
const EDITED = [41, 97, 153, 209, 265];
const LOCKED = [12, 68, 124, 180, 236];

interface Weekly {
  readonly ids: readonly string[];
  readonly tasks: string[];
}
const known = new WeakMap<Playground, Weekly>();

/** Adds them; when they are there already they become again what they were at first. */
export function addWeekly(playground: Playground): void {
  letGo(playground);
  known.set(playground, { ids: playground.gcore.fill(COUNT, { prefix: "weekly" }), tasks: [] });
}

/** Somebody else changes a few of them. */
export function editWeekly(playground: Playground, change: (snapshot: Snapshot) => void): void {
  for (const id of some(playground, EDITED)) playground.gcore.update(id, change);
}

/** A task locks a few of them, or lets them go. */
export function lockWeekly(playground: Playground): void {
  if (letGo(playground)) return;
  const ids = some(playground, LOCKED);
  known.get(playground)?.tasks.push(...ids.map((id) => playground.gcore.lock(id)));
}

/** How things stand with them, in words. */
export const weeklyStanding = (playground: Playground): readonly (readonly [boolean, string])[] => {
  const { tasks = [] } = known.get(playground) ?? {};
  return [[tasks.length > 0, `${tasks.length} of the 300 are locked`]];
};

/** Those with these numbers, from 1. They are added when they are not there. */
function some(playground: Playground, numbers: readonly number[]): readonly string[] {
  if (!known.has(playground)) addWeekly(playground);
  const { ids } = known.get(playground) ?? { ids: [] };
  return ids.filter((_, index) => numbers.includes(index + 1));
}

/** @returns whether there was a task to end. */
function letGo(playground: Playground): boolean {
  const { tasks = [] } = known.get(playground) ?? {};
  const ended = tasks.splice(0);
  for (const task of ended) playground.gcore.finishTask(task);
  return ended.length > 0;
}
