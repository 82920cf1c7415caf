import { type ChangeRequest, hasEnded } from "../approval/change-request.ts";
import type { Notice } from "../approval/notices.ts";
import type { Message } from "../blocks/kit.ts";
import {
  announcementMessage,
  channelRefusesMessage,
  type Detour,
  summaryMessage,
  wordMessage,
} from "../blocks/request-messages.ts";
import type { Deps } from "../deps.ts";
import type { ProjectName } from "../problem.ts";
import type { Posted } from "../slack/slack.ts";
import type { Waiting } from "../store/outbox-table.ts";

/** How long one try may take before somebody else may try, in milliseconds. */
const TURN = 60_000;
const PAUSES = [2_000, 10_000, 30_000, 60_000, 300_000, 900_000] as const;

/** How long Slack takes answers at a command's own address: 30 minutes, less a margin. */
const ANSWER_FOR = 28 * 60_000;

/** Says the next thing that waits in the outbox. @returns whether there was one. */
export async function announceNext(deps: Deps): Promise<boolean> {
  const { outbox, requests, clock, log, nudge } = deps;
  const waiting = await outbox.take(clock.now(), clock.now() + TURN);
  if (waiting === undefined) return false;
  const request = await requests.request(waiting.notice.requestId);
  if (request === undefined || isOutdated(waiting.notice, request)) {
    await outbox.done(waiting.id);
    return true;
  }
  const posted = await say(deps, waiting, request).catch((error: unknown): Posted => {
    log.error({ error, notice: waiting.id }, "A notice could not be said; it is tried again");
    return { kind: "later", error: "accident", after: null };
  });
  if (posted.kind === "sent") {
    await outbox.done(waiting.id);
    return true;
  }
  const { notice } = waiting;
  log.warn(
    { notice: waiting.id, error: posted.error, tries: waiting.attempts },
    "Slack did not take it",
  );
  const pause = PAUSES[Math.min(waiting.attempts, PAUSES.length) - 1] ?? PAUSES[0];
  const wait = posted.kind === "later" ? (posted.after ?? pause) : pause;
  const follow = posted.kind === "refused" ? reportOf(notice, request, posted.error) : undefined;
  await outbox.later(waiting, clock.now() + wait, posted.error, follow);
  if (follow !== undefined) nudge();
  return true;
}

/** A younger word makes an older one needless: only the one for the state as it is now is said. */
const isOutdated = (notice: Notice, request: ChangeRequest): boolean =>
  notice.kind === "word" && notice.state !== request.state;

async function say(deps: Deps, waiting: Waiting, request: ChangeRequest): Promise<Posted> {
  const { notice, ledgerSeq } = waiting;
  const project = await projectOf(deps, request);
  switch (notice.kind) {
    case "summary": {
      if (request.state !== "applied") return { kind: "sent" };
      const posted = await deps.slack.post(
        notice.target,
        summaryMessage(request, ledgerSeq, project),
      );
      if (posted.kind !== "refused") return posted;
      const detour: Detour = { channelId: notice.target, error: posted.error };
      return tell(deps, request, summaryMessage(request, ledgerSeq, project, detour));
    }
    case "announcement":
      return hasEnded(request)
        ? deps.slack.post(notice.target, announcementMessage(request, ledgerSeq, project))
        : { kind: "sent" };
    case "word":
      return tell(deps, request, wordMessage(request, ledgerSeq));
    case "channel-refuses":
      return notice.about === undefined
        ? { kind: "sent" }
        : tell(deps, request, channelRefusesMessage(request, notice.about));
    default:
      return notice.kind satisfies never;
  }
}

/** To the requester alone: where they asked while Slack takes it there, else in a direct message. */
async function tell(deps: Deps, request: ChangeRequest, message: Message): Promise<Posted> {
  const { responseUrl, at } = request.origin;
  if (responseUrl !== null && deps.clock.now() < at + ANSWER_FOR) {
    const posted = await deps.slack.respond(responseUrl, message);
    if (posted.kind !== "refused") return posted;
  }
  return deps.slack.post(request.requester.userId, message);
}

const reportOf = (notice: Notice, request: ChangeRequest, error: string): Notice | undefined =>
  notice.kind === "announcement"
    ? {
        kind: "channel-refuses",
        requestId: request.id,
        state: request.state,
        target: request.requester.userId,
        about: { channelId: notice.target, error },
      }
    : undefined;

async function projectOf(deps: Deps, request: ChangeRequest): Promise<ProjectName | undefined> {
  const scope = await deps.keys.scope(request.requester);
  return scope.ok
    ? scope.value.projects?.find((project) => project.id === request.ref.projectId)
    : undefined;
}
