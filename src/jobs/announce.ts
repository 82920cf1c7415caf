import { type Applied, type ChangeRequest, hasEnded, isBulk } from "../approval/change-request.ts";
import { isOfRequest, type Notice, type UndeliveredNotice } from "../approval/notice.ts";
import { isDirect, whenUndelivered } from "../approval/notices.ts";
import { checkpointMessage } from "../blocks/checkpoint-message.ts";
import type { Message } from "../blocks/kit.ts";
import { cardMessage, invitationMessage } from "../blocks/request-card.ts";
import {
  announcementMessage,
  refusalMessage,
  reminderMessage,
  summaryMessage,
  wordMessage,
} from "../blocks/request-messages.ts";
import { type Detour, undeliveredMessage } from "../blocks/undelivered.ts";
import type { Deps } from "../deps.ts";
import { during } from "../log-context.ts";
import type { ProjectName } from "../problem.ts";
import type { Posted } from "../slack/messages.ts";
import type { Waiting } from "../store/outbox-table.ts";
import { NEEDLESS, warnOwner } from "./key-expiry.ts";
import { tellForgotten } from "./key-forgetting.ts";
import { progressOf, troublesOf } from "./progress.ts";
import { redraw } from "./redraw.ts";

/** How long one try may take before somebody else may try, in milliseconds. */
const TURN = 60_000;
const PAUSES = [2_000, 10_000, 30_000, 60_000, 300_000, 900_000] as const;
const AFTER_A_REFUSAL = [3_600_000, 4 * 3_600_000, 24 * 3_600_000] as const;

/** How long Slack takes answers at a command's own address: 30 minutes, less a margin. */
const ANSWER_FOR = 28 * 60_000;

/** What became of something that was to be said; `gone`: there is no longer a place for it. */
export type Said = Posted | { readonly kind: "gone" };

/** Says the next thing that waits in the outbox. @returns whether there was one. */
export async function announceNext(deps: Deps, taken?: () => void): Promise<boolean> {
  const { outbox, clock } = deps;
  const waiting = await outbox.take(clock.now(), clock.now() + TURN);
  if (waiting === undefined) return false;
  taken?.();
  const id = requestIdOf(waiting.notice);
  await during(id === undefined ? {} : { request: id }, () =>
    deps.tracer.during(`say ${waiting.notice.kind}`, "internal", () => announce(deps, waiting, id)),
  );
  return true;
}

async function announce(deps: Deps, waiting: Waiting, id: string | undefined): Promise<void> {
  const { outbox, clock, log } = deps;
  const request = id === undefined ? undefined : await deps.requests.request(id);
  const said = await say(deps, waiting, request).catch((error: unknown): Said => {
    log.error({ error, notice: waiting.id }, "A notice could not be said; it is tried again");
    return { kind: "later", error: "accident", after: null };
  });
  if (said.kind === "gone") await outbox.forget(waiting);
  else if (said.kind === "sent") await outbox.done(waiting, clock.now(), said.place);
  else await tryLater(deps, waiting, request, said);
  if (said.kind === "sent" && said !== NEEDLESS) log.info({ notice: waiting.notice.kind }, "Said");
}

/** What Slack did not take comes again; what it refuses is told to whom it concerns. */
async function tryLater(
  { outbox, clock, log, nudge, auditChannels }: Deps,
  waiting: Waiting,
  request: ChangeRequest | undefined,
  said: Exclude<Posted, { readonly kind: "sent" }>,
): Promise<void> {
  const { notice, attempts } = waiting;
  log.warn({ notice: waiting.id, error: said.error, tries: attempts }, "Slack did not take it");
  const dueAt = clock.now() + pauseFor(said, attempts);
  const follow =
    said.kind === "refused" ? whenUndelivered(notice, said.error, request, auditChannels) : [];
  await outbox.later(waiting, dueAt, said.error, follow);
  if (follow.length > 0) nudge("say");
}

/** What Slack refuses comes again the more seldom, up to once a day, until that place takes something. */
function pauseFor(said: Exclude<Posted, { readonly kind: "sent" }>, attempts: number): number {
  if (said.kind === "later" && said.after !== null) return said.after;
  const pauses = said.kind === "later" ? PAUSES : [...PAUSES, ...AFTER_A_REFUSAL];
  return pauses[Math.min(attempts, pauses.length) - 1] ?? PAUSES[0];
}

function requestIdOf(notice: Notice): string | undefined {
  const told = notice.kind === "undelivered" ? notice.of : notice;
  return isOfRequest(told) ? told.requestId : undefined;
}

async function say(
  deps: Deps,
  waiting: Waiting,
  request: ChangeRequest | undefined,
): Promise<Said> {
  const { notice, ledgerSeq, place } = waiting;
  const { slack } = deps;
  if (notice.kind === "refusal") {
    return slack.post(notice.target, refusalMessage(notice.refused, ledgerSeq));
  }
  if (notice.kind === "checkpoint") {
    return slack.post(notice.target, checkpointMessage(notice.checkpoint));
  }
  if (notice.kind === "undelivered") return sayUndelivered(deps, notice, ledgerSeq, request);
  if (notice.kind === "key-expiry") return warnOwner(deps, notice);
  if (notice.kind === "key-forgotten") return tellForgotten(deps, notice);
  if (request === undefined) return NEEDLESS;
  const put = (message: Message): Promise<Said> =>
    place === null ? slack.post(notice.target, message) : change(deps, place, message);
  switch (notice.kind) {
    case "card":
      return put(cardMessage(request, await progressOf(deps, request)));
    case "invitation":
      // Whoever was not asked in time need not hear how it came out.
      return place === null && request.state !== "pending"
        ? NEEDLESS
        : put(invitationMessage(request));
    case "view":
    case "review":
      return { kind: (await redraw(deps, notice, request)) === "gone" ? "gone" : "sent" };
    case "reminder": {
      if (request.state !== "pending") return NEEDLESS;
      const card = await deps.outbox.card(request.id);
      return slack.post(card?.channel ?? notice.target, reminderMessage(request), card?.ts);
    }
    case "summary": {
      if (request.state !== "applied") return NEEDLESS;
      const project = await projectOf(deps, request);
      const posted = await slack.post(notice.target, summaryMessage(request, ledgerSeq, project));
      // Nobody can invite the bot into a conversation of two: there its place is with who asked.
      return posted.kind === "refused" && isDirect(notice.target)
        ? tellSummary(deps, request, ledgerSeq, { target: notice.target, error: posted.error })
        : posted;
    }
    case "announcement":
      return hasEnded(request)
        ? slack.post(
            notice.target,
            announcementMessage(request, ledgerSeq, await projectOf(deps, request)),
          )
        : NEEDLESS;
    case "word":
      // A younger word makes an older one needless: only the one for the state as it is now is said.
      return notice.state === request.state
        ? tell(deps, request, wordMessage(request, ledgerSeq, await troublesOf(deps, request)))
        : NEEDLESS;
    default:
      return notice satisfies never;
  }
}

/** The requester gets a summary itself in place of the word that it could not be posted. */
async function sayUndelivered(
  deps: Deps,
  notice: UndeliveredNotice,
  ledgerSeq: number,
  request: ChangeRequest | undefined,
): Promise<Posted> {
  const { target, of, error } = notice;
  const message = undeliveredMessage(notice, request);
  if (request === undefined || target !== request.requester.userId) {
    return deps.slack.post(target, message);
  }
  return of.kind === "summary" && request.state === "applied"
    ? tellSummary(deps, request, ledgerSeq, { target: of.target, error })
    : tell(deps, request, message);
}

const tellSummary = async (
  deps: Deps,
  request: Applied,
  ledgerSeq: number,
  detour: Detour,
): Promise<Posted> =>
  tell(deps, request, summaryMessage(request, ledgerSeq, await projectOf(deps, request), detour));

/** A message that somebody has deleted need not follow any more. */
async function change({ slack }: Deps, place: NonNullable<Waiting["place"]>, message: Message) {
  const posted = await slack.update(place, message);
  return posted.kind === "refused" && GONE.has(posted.error) ? ({ kind: "gone" } as const) : posted;
}
const GONE = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/** To the requester alone: where they asked while Slack takes it there, else in a direct message. */
async function tell(deps: Deps, request: ChangeRequest, message: Message): Promise<Posted> {
  const { responseUrl, at } = request.origin;
  if (responseUrl !== null && deps.clock.now() < at + ANSWER_FOR) {
    const posted = await deps.slack.respond(responseUrl, message);
    if (posted.kind !== "refused") return posted;
  }
  return deps.slack.post(request.requester.userId, message);
}

async function projectOf(deps: Deps, request: ChangeRequest): Promise<ProjectName | undefined> {
  if (isBulk(request)) return undefined;
  const scope = await deps.keys.scope(request.requester);
  return scope.ok
    ? scope.value.projects?.find((project) => project.id === request.ref.projectId)
    : undefined;
}
