import type { Viewer } from "../approval/history.ts";
import { type KeyScope, keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";

/** The person's key, when it is good for looking: one that may not change will do. */
export async function lookingKey(
  { keys, clock }: Deps,
  person: Person,
): Promise<Result<{ readonly apiKey: string; readonly scope: KeyScope }, Problem>> {
  const key = await keys.get(person);
  if (!key.ok) return key;
  const problem = keyProblem(key.value.scope, clock.now());
  return problem === undefined || problem.kind === "key-read-only" ? ok(key.value) : err(problem);
}

/** Whose requests this person may see: their own, and those in projects that their key sees. */
export const viewerOf = (person: Person, { projects }: KeyScope): Viewer => ({
  person,
  projectIds: (projects ?? []).map(({ id }) => id),
});
