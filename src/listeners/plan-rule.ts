import { overLimit } from "../approval/bulk.ts";
import type { BulkPreview } from "../approval/change-request.ts";
import type { Person } from "../approval/person.ts";
import { REQUESTER_CONFIRMS, type Rule } from "../approval/policy.ts";
import { strictest } from "../approval/strictest.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { approversUnder } from "../rights/approvers.ts";

/**
 * The rule that a plan of so many is asked for under, as strict as all that its items meet, and who may
 * approve by it; or what keeps it from being asked for.
 */
export async function planRule(
  deps: Deps,
  person: Person,
  size: number,
  rules: readonly Rule[],
): Promise<Result<Pick<BulkPreview, "rule" | "approvers">, Problem>> {
  const tooMany = overLimit(deps.policy.bulk, await deps.requests.openItems(person), size);
  if (tooMany !== undefined) return err(tooMany);
  if (size === 0) return ok({ rule: REQUESTER_CONFIRMS, approvers: [] });
  const rule = strictest(rules, deps.auditChannels);
  const approvers = await approversUnder(deps, person, rule);
  return approvers.ok ? ok({ rule, approvers: approvers.value }) : approvers;
}
