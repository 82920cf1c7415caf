import type { CloudRole, KeyScope } from "../approval/key-scope.ts";
import { err, ok, type Problem, type ProjectName, type Result } from "../problem.ts";
import { tokenIdOf } from "../snapshot/api-key-text.ts";
import { readGcoreTime } from "./gcore-time.ts";
import type { Send } from "./http.ts";
import { readAll } from "./pages.ts";
import { readShape } from "./read-shape.ts";
import { AccountShape, AssignmentShape, ProjectShape, TokenShape } from "./shapes.ts";

/**
 * Asks Gcore what a key is: its account, its own record, the person's cloud roles, the projects that
 * it sees. Only the account must answer; what else Gcore keeps to itself is unknown in the scope.
 * @returns the scope, or why the key cannot be used.
 */
export async function checkKey(
  send: Send,
  apiKey: string,
  now: number,
): Promise<Result<KeyScope, Problem>> {
  const tokenId = tokenIdOf(apiKey);
  if (tokenId === undefined) return err({ kind: "key-malformed" });
  const account = await readAccount(send);
  if (!account.ok) return account;
  const { id, currentUser, capabilities, serviceStatuses, status } = account.value;
  const lacksCloud = capabilities != null && !capabilities.includes("CLOUD");
  if (lacksCloud || serviceStatuses?.CLOUD?.enabled === false) {
    return err({ kind: "no-cloud", status: status ?? "unknown" });
  }

  const [token, cloudRoles, projects] = await Promise.all([
    readToken(send, id, tokenId),
    currentUser == null ? null : readRoles(send, currentUser),
    listProjects(send),
  ]);
  const refusal = [token, projects].find((one) => !one.ok && mustStop(one.problem));
  if (refusal !== undefined && !refusal.ok) return refusal;
  const record = token.ok ? token.value : undefined;
  const expiresAt = readGcoreTime(record?.exp_date);
  if (record?.expired || record?.deleted) return err({ kind: "key-expired", at: expiresAt });
  return ok({
    tokenId,
    tokenName: record?.name ?? null,
    accountId: id,
    accountName: account.value.companyName || account.value.name || null,
    tokenRole: record?.client_user?.role?.name ?? null,
    expiry:
      expiresAt !== null ? { at: expiresAt } : record?.exp_date === null ? "never" : "unknown",
    cloudRoles,
    projects: projects.ok ? projects.value : null,
    learntAt: now,
  });
}

/** What is not a plain "you may not read this" stops the check: the key was not checked then. */
const mustStop = (problem: Problem): boolean =>
  problem.kind !== "not-permitted" && problem.kind !== "snapshot-not-found";

async function readAccount(send: Send) {
  const answer = await send({ method: "GET", path: "/iam/clients/me" });
  if (answer.ok) return readShape(AccountShape, answer.value);
  // There is always an account: "no such snapshot" would be the wrong word for its lack.
  return answer.problem.kind === "snapshot-not-found"
    ? err({ kind: "gcore-unclear", detail: "HTTP 404" } as const)
    : answer;
}

async function readToken(send: Send, accountId: number, tokenId: string) {
  const path = `/iam/v2/clients/${accountId}/tokens/${tokenId}`;
  const answer = await send({ method: "GET", path });
  return answer.ok ? readShape(TokenShape, answer.value) : answer;
}

async function readRoles(send: Send, userId: number): Promise<readonly CloudRole[] | null> {
  const path = `/cloud/v1/users/assignments?user_id=${userId}`;
  const roles = await readAll(send, path, AssignmentShape, true);
  return roles.ok
    ? roles.value.map(({ role, project_id }) => ({ role, projectId: project_id }))
    : null;
}

/** All projects that the key sees. */
export const listProjects = (send: Send): Promise<Result<readonly ProjectName[], Problem>> =>
  readAll(send, "/cloud/v1/projects?", ProjectShape, true);
