import type {
  Approved,
  BulkPreview,
  ChangeRequest,
  Conflicted,
  Draft,
  Expired,
  Found,
  Held,
  One,
  Pending,
  Preview,
  Rejected,
  Running,
  Vote,
  Withdrawn,
} from "./change-request.ts";
import type { Rule } from "./policy.ts";

/** Something in the making that was shown, and can be asked for. */
export type Shown = Pick<Draft, "id" | "person" | "origin" | "undoes"> & {
  readonly preview: Preview | BulkPreview;
};
/** The same about many. */
export type ShownMany = Shown & { readonly preview: BulkPreview };

/** The request that it becomes when the person asks for what they were shown. */
export function ask(draft: Shown, now: number): Pending {
  const { id, person, origin, preview, undoes } = draft;
  const { verdict } = preview.rule;
  return {
    ...preview,
    id,
    requester: person,
    origin,
    askedAt: now,
    expiresAt: verdict.kind === "approve" ? now + verdict.expiresAfter : null,
    approvals: [],
    undoes,
    state: "pending",
    reminded: 0,
  };
}

/** How many different people must approve a change that meets this rule. */
export const approvalsNeeded = ({ verdict }: Rule): number =>
  verdict.kind === "approve" ? verdict.approvals : 1;

/** What is left of the approvals when only those who may still give one count. */
export function lapse(request: Pending, mayStill: (vote: Vote) => boolean): Pending {
  const lapsed = request.approvals.filter((vote) => !mayStill(vote));
  return lapsed.length === 0
    ? request
    : {
        ...request,
        approvals: request.approvals.filter(mayStill),
        lapsed: [...(request.lapsed ?? []), ...lapsed],
      };
}

/** Counts one more person's approval; the last one that is needed approves the request. */
export function approve(request: Pending, vote: Vote): Pending | Approved | Running {
  const approvals = [...request.approvals, vote];
  if (approvals.length < approvalsNeeded(request.rule)) return { ...request, approvals };
  const { at } = vote;
  const asked = endOf(request);
  if ("bulk" in asked) {
    return { ...asked, approvals, state: "running", decidedAt: at, since: at, ranFor: 0 };
  }
  return {
    ...asked,
    approvals,
    state: "approved",
    decidedAt: at,
    dueAt: at,
    attempts: 0,
    sentAt: null,
  };
}

/** One approver's no ends a request. */
export const reject = (request: Pending, rejection: Vote): Rejected => ({
  ...endOf(request),
  state: "rejected",
  endedAt: rejection.at,
  rejection,
});

/** It is taken back: before it was decided, or when it was and surely nothing was sent. */
export const withdraw = (request: Pending | Held | Approved, now: number): Withdrawn => ({
  ...(request.state === "pending" ? endOf(request) : agreedTo(request)),
  state: "withdrawn",
  endedAt: now,
});

export const expire = (request: Pending, now: number): Expired => ({
  ...endOf(request),
  state: "expired",
  endedAt: now,
});

/** A look before the decision showed that somebody else changed what this change touches. */
export function findStale(
  request: Pending & One,
  found: readonly Found[],
  now: number,
): Conflicted {
  const { reminded: _reminded, ...asked } = request;
  return { ...asked, state: "conflict", endedAt: now, found, sentAt: null };
}

function endOf(request: Pending) {
  const { reminded: _reminded, ...asked } = request;
  return asked;
}

function agreedTo(request: Held | Approved) {
  const { lockedSince: _since, releasedAt: _released, ...rest } = request;
  const { lock: _lock, ...decided } = { lock: undefined, ...rest };
  const { dueAt: _due, attempts: _attempts, sentAt: _sent, ...agreed } = decided;
  return agreed;
}

/** When within a request's life it is reminded of, as parts of it. */
const REMINDERS = [0.5, 0.9] as const;

export const isOver = (request: Pending, now: number): boolean =>
  request.expiresAt !== null && now >= request.expiresAt;

/** When something is due for a request that waits: the next reminder, else its end; null: nothing is. */
export function nextTimer({ askedAt, expiresAt, reminded }: Pending): number | null {
  if (expiresAt === null) return null;
  const part = REMINDERS[reminded];
  return part === undefined ? expiresAt : Math.floor(askedAt + (expiresAt - askedAt) * part);
}

/** What the clock does to a request whose timer is due. Reminders that were slept through are one. */
export function onTimer(request: Pending, now: number): Pending | Expired {
  if (isOver(request, now)) return expire(request, now);
  let next = request;
  for (let timer = nextTimer(next); timer !== null && timer <= now; timer = nextTimer(next)) {
    next = { ...next, reminded: next.reminded + 1 };
  }
  return next;
}

/**
 * Ids of the people whose lists a step changes. While a decision is waited for (`waits`) these are
 * also all who may decide; who joins a group of approvers later sees it when they look.
 */
export const concernedBy = (
  { requester, approvers, approvals }: ChangeRequest,
  waits: boolean,
): readonly string[] => [
  requester.userId,
  ...(waits ? [...approvers, ...approvals.map(({ by }) => by.userId)] : []),
];
