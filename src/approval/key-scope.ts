import type { Problem, ProjectName } from "../problem.ts";

/** A role that a person has in Gcore's cloud: in one project, or (null) in all of the account. */
export interface CloudRole {
  readonly role: string;
  readonly projectId: number | null;
}

/**
 * What a Gcore API key may do, as far as Gcore told when it was asked. `null` and `"unknown"` mean
 * that Gcore did not tell, and never that there is nothing. Times are milliseconds since 1970.
 */
export interface KeyScope {
  readonly tokenId: string;
  readonly tokenName: string | null;
  readonly accountId: number;
  readonly accountName: string | null;
  readonly tokenRole: string | null;
  readonly expiry: { readonly at: number } | "never" | "unknown";
  readonly cloudRoles: readonly CloudRole[] | null;
  readonly projects: readonly ProjectName[] | null;
  readonly learntAt: number;
}

/** Roles of a Gcore token that reach no cloud resource (Gcore IAM's roles 3009 and 3022). */
const ROLES_WITHOUT_CLOUD = /^purge and prefetch only/i;

/** The only role of Gcore's cloud that may look and not change ("User roles and rights"). */
export const READ_ONLY_ROLE = "Observer";

/** What keeps a key from being used at all now, or undefined. */
export function keyProblem(scope: KeyScope, now: number): Problem | undefined {
  if (typeof scope.expiry === "object" && scope.expiry.at <= now) {
    return { kind: "key-expired", at: scope.expiry.at };
  }
  if (scope.tokenRole !== null && ROLES_WITHOUT_CLOUD.test(scope.tokenRole)) {
    return { kind: "key-read-only", role: scope.tokenRole };
  }
  return readOnlyProblem(scope.cloudRoles ?? []);
}

/** What keeps a key from changing snapshots of a project now, or undefined. */
export function changeProblem(
  scope: KeyScope,
  projectId: number,
  now: number,
): Problem | undefined {
  const problem = keyProblem(scope, now) ?? projectProblem(scope, projectId);
  if (problem !== undefined) return problem;
  return readOnlyProblem(
    (scope.cloudRoles ?? []).filter(
      (role) => role.projectId === null || role.projectId === projectId,
    ),
  );
}

/** Roles that are known and all of which may only look. */
const readOnlyProblem = (roles: readonly CloudRole[]): Problem | undefined =>
  roles.length > 0 && roles.every(({ role }) => role === READ_ONLY_ROLE)
    ? { kind: "key-read-only", role: READ_ONLY_ROLE }
    : undefined;

/** The problem that a key does not see a project, as far as it is known. */
export function projectProblem(scope: KeyScope, projectId: number): Problem | undefined {
  if (scope.projects === null || scope.projects.some((project) => project.id === projectId)) {
    return undefined;
  }
  return { kind: "key-other-project", projectId, projects: scope.projects };
}
