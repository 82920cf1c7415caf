import type { Problem } from "../problem.ts";
import {
  type Applying,
  type Approved,
  type ChangeRequest,
  isBulk,
  type Pending,
} from "./change-request.ts";
import type { Entry } from "./ledger.ts";
import type { Person } from "./person.ts";

/** The entry for a request that has come into its state. */
export function entryFor(request: ChangeRequest, at: number): Entry {
  const base = { at, by: request.requester, request: request.id };
  switch (request.state) {
    case "pending": {
      const vote = request.approvals.at(-1);
      if (vote !== undefined) {
        const { by, comment } = vote;
        return { ...base, kind: "approval", by, facts: { comment, lapsed: request.lapsed } };
      }
      const { reason, rule, undoes } = request;
      const what = isBulk(request)
        ? { bulk: request.bulk }
        : { ref: request.ref, rows: request.plan.rows };
      const facts = { ...what, reason, rule: rule.name, undoes };
      return { ...base, kind: "requested", facts };
    }
    case "approved": {
      if (request.attempts > 0) {
        return { ...base, kind: "postponed", facts: { attempts: request.attempts } };
      }
      const { approvals, lapsed, rule, requester } = request;
      const by = approvals.at(-1)?.by ?? requester;
      return { ...base, kind: "approved", by, facts: { rule: rule.name, approvals, lapsed } };
    }
    case "applying":
      return { ...base, kind: "attempted", facts: attemptFacts(request) };
    case "applied": {
      const { lookedUp, snapshot } = request;
      const facts = { lookedUp, name: snapshot.name, tags: snapshot.tags };
      return { ...base, kind: "applied", facts };
    }
    case "conflict":
      return { ...base, kind: "conflict", facts: { found: request.found } };
    case "failed":
    case "unknown":
      return { ...base, kind: request.state, facts: { problem: request.problem } };
    case "rejected": {
      const { by, comment } = request.rejection;
      return { ...base, kind: "rejected", by, facts: { comment } };
    }
    case "held": {
      const { task, since, taskId } = request.lock;
      return { ...base, kind: "held", facts: { task, since, taskId } };
    }
    case "withdrawn":
      // One request has one decision: what was agreed to before is stopped.
      return { ...base, kind: request.decidedAt === undefined ? "withdrawn" : "stopped" };
    case "expired":
      return { ...base, kind: request.state };
    case "running": {
      const { resumedBy, approvals, lapsed, rule, requester, bulk } = request;
      if (resumedBy !== undefined) return { ...base, kind: "resumed", by: resumedBy };
      const by = approvals.at(-1)?.by ?? requester;
      const facts = { rule: rule.name, approvals, lapsed, hash: bulk.hash };
      return { ...base, kind: "approved", by, facts };
    }
    case "paused": {
      const { because, stoodBy: by } = request;
      return {
        ...{ ...base, kind: "paused", by },
        ...(because === undefined ? {} : { facts: { problem: because } }),
      };
    }
    case "stopping":
      return { ...base, kind: request.state, by: request.stoodBy };
    case "finished": {
      const { counts, stoodBy } = request;
      return { ...base, kind: "finished", facts: { counts, stoppedBy: stoodBy } };
    }
    default:
      return request satisfies never;
  }
}

/** With its first attempt an item comes into the ledger: of which plan it is, and what is sent. */
const attemptFacts = ({ attempts, item, ref, plan }: Applying) =>
  item === undefined || attempts > 1
    ? { attempt: attempts }
    : { attempt: attempts, plan: item.id, n: item.n, ref, rows: plan.rows };

/** The entry for a look that did not tell the outcome. */
export const doubtEntry = (request: Applying, at: number): Entry => ({
  at,
  by: request.requester,
  request: request.id,
  kind: "in doubt",
  facts: { attempt: request.attempts, problem: request.trouble },
});

/** The entry for a request that no lock keeps any more. */
export const releaseEntry = ({ requester, id }: Approved, at: number): Entry => ({
  at,
  by: requester,
  request: id,
  kind: "released",
});

/** The entry for a reminder of a request that waits. */
export const reminderEntry = (request: Pending, at: number): Entry => ({
  at,
  by: request.requester,
  request: request.id,
  kind: "reminded",
  facts: { expiresAt: request.expiresAt },
});

/** The entry for an attempt that the bot did not let through: what was asked for, and why not. */
export const refusal = (
  by: Person,
  problem: Problem,
  at: number,
  wish: object = {},
  request?: string,
): Entry => ({
  kind: "refused",
  at,
  by,
  ...(request === undefined ? {} : { request }),
  facts: { problem, ...wish },
});
