import type { HomeView, ModalView } from "@slack/types";
import type { PlanPage } from "../../src/approval/bulk-page.ts";
import { isUnderWay } from "../../src/approval/change-request.ts";
import { bulkPreviewView, bulkReviewView, SAMPLES } from "../../src/blocks/bulk-views.ts";
import { checkpointMessage } from "../../src/blocks/checkpoint-message.ts";
import { chooseView } from "../../src/blocks/choose-view.ts";
import { checkingView, connectedView, connectView } from "../../src/blocks/connect-view.ts";
import { askingView, defaultsView, savedView } from "../../src/blocks/defaults-view.ts";
import { formView, NO_ID_NOTE } from "../../src/blocks/form-view.ts";
import { keyExpiryMessage } from "../../src/blocks/key-expiry-message.ts";
import { keyForgottenMessage } from "../../src/blocks/key-forgotten-message.ts";
import type { Message } from "../../src/blocks/kit.ts";
import { noTagRulesMessage } from "../../src/blocks/lint-message.ts";
import * as plain from "../../src/blocks/plain-views.ts";
import { PLAN_ROWS, planView } from "../../src/blocks/plan-view.ts";
import { previewView } from "../../src/blocks/preview-view.ts";
import * as replies from "../../src/blocks/replies.ts";
import { cardMessage, invitationMessage } from "../../src/blocks/request-card.ts";
import { pendingMessage } from "../../src/blocks/request-lists.ts";
import * as requests from "../../src/blocks/request-messages.ts";
import { rejectView, reviewView } from "../../src/blocks/review-view.ts";
import { ruleHints } from "../../src/blocks/rule-hints.ts";
import { undeliveredMessage } from "../../src/blocks/undelivered.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { bulkErrorsWith, bulkFormsWith } from "./bulk.ts";
import type { Foreign } from "./foreign.ts";
import * as homeSamples from "./home-samples.ts";
import { homesWith } from "./homes.ts";
import { lintsWith } from "./lints.ts";
import { exportsBegun, exportsWith, historiesWith, listsWith, noPlacesWith } from "./looking.ts";
import { breachesWith, faultsWith, problemsWith } from "./problems.ts";
import { appliedOf, BEN, CHANNEL, DRAFT_ID, PERSON, pendingOf, requestsOf } from "./requests.ts";
import { askedWith, bulkPreviewWith, bulkWith, COUNTS, planPageWith, runsOf } from "./runs.ts";
import * as samples from "./samples.ts";
import { undeliveredOf } from "./undelivered.ts";

/** Something that the bot can send to Slack, and the builder that made it. */
export type Emission = { readonly builder: string; readonly name: string } & (
  | { readonly kind: "message"; readonly body: Message }
  /** `errors`: what stands under its fields, by block. */
  | {
      readonly kind: "view";
      readonly body: ModalView;
      readonly errors: Readonly<Record<string, string>>;
    }
  | { readonly kind: "home"; readonly body: HomeView }
);

type Cases<Body> = Readonly<Record<string, Body>>;

/** One body for each of `all`, under the same name, with `more` after it. */
const each = <Given, Body>(
  all: Cases<Given>,
  build: (given: Given) => Body,
  more = "",
): Cases<Body> =>
  Object.fromEntries(Object.entries(all).map(([name, given]) => [name + more, build(given)]));

/** Every view that the bot can open, by its builder, once for each case that it tells apart. */
function viewsWith(foreign: Foreign): Cases<Cases<ModalView>> {
  const problems = problemsWith(foreign);
  const shown = samples.previewOf(samples.snapshotWith(foreign), foreign);
  const scope = samples.scopeWith(foreign);
  const all = { ...requestsOf(shown, problems, foreign), ...runsOf(foreign) };
  const choices = homeSamples.choicesWith(foreign);
  const chosen = homeSamples.defaultsWith(foreign);
  const now = shown.plan.rows.map(({ before }) => before);
  const known = samples.placesWith(foreign);
  const planPage = planPageWith(shown.before, shown, Object.values(all), [
    { kind: "already" },
    { kind: "name-part-missing", part: "volume" },
    { kind: "no-way-back", left: shown.plan.warnings },
    ...Object.values(problems),
  ]);
  const shortPage = { ...planPage, rows: planPage.rows.slice(0, PLAN_ROWS) };
  const place = { planId: DRAFT_ID, bulk: bulkWith(foreign), page: shortPage } as const;
  return {
    formView: {
      empty: formView({ id: DRAFT_ID, input: EMPTY_FORM }, known),
      typed: formView({ id: DRAFT_ID, input: samples.inputWith(foreign) }, known),
      "filled from a snapshot": formView(samples.filledWith(foreign, DRAFT_ID), known),
      "with a snapshot that cannot be read": formView(
        { id: DRAFT_ID, input: { ...samples.inputWith(foreign), snapshot: samples.ID } },
        { ...known, problem: problems["snapshot-not-found"] },
      ),
      "with tag rules": formView(
        { id: DRAFT_ID, input: EMPTY_FORM },
        { ...known, hints: ruleHints(samples.tagRulesWith(foreign), EMPTY_FORM) },
      ),
      "from a message without an id": formView(
        { id: DRAFT_ID, input: EMPTY_FORM },
        { ...known, note: NO_ID_NOTE },
      ),
    },
    bulkFormView: bulkFormsWith(foreign, problems),
    chooseView: { always: chooseView(DRAFT_ID, homeSamples.mentionedWith(foreign)) },
    previewView: {
      "to be applied": previewView(DRAFT_ID, shown),
      "to be asked for": previewView(DRAFT_ID, samples.asking(shown, foreign)),
      locked: previewView(DRAFT_ID, shown, problems.locked),
      "nothing changes": previewView(
        DRAFT_ID,
        samples.nothing(shown, Object.values(breachesWith(foreign))),
      ),
    },
    requestView: {
      ...each(
        runsOf(foreign),
        (one) => plain.requestView(one, PERSON, progress),
        ", with its counts",
      ),
      ...each(all, (one) => plain.requestView(one, PERSON)),
      ...each(all, (one) => plain.requestView(one, BEN), ", to somebody else"),
    },
    reviewView: {
      ...each(pendingOf(all), (one) => reviewView(one, BEN, now)),
      ...each(
        pendingOf(all),
        (one) => reviewView(one, BEN, now.toReversed()),
        ", changed meanwhile",
      ),
      ...each(pendingOf(all), (one) => reviewView(one, PERSON, now), ", one's own"),
      ...each(
        pendingOf(all),
        (one) => reviewView(one, BEN, null, problems["gcore-unavailable"]),
        ", Gcore away",
      ),
    },
    bulkPreviewView: {
      "to be changed": bulkPreviewView(DRAFT_ID, bulkPreviewWith(foreign), samplesOf(planPage)),
      "to be asked for": bulkPreviewView(
        DRAFT_ID,
        samples.asking(bulkPreviewWith(foreign), foreign),
        samplesOf(planPage),
      ),
      "nothing to change": bulkPreviewView(DRAFT_ID, bulkPreviewWith(foreign, { size: 0 }), []),
    },
    bulkReviewView: {
      "another's": bulkReviewView(askedWith(foreign), BEN, samplesOf(planPage)),
      "one's own": bulkReviewView(askedWith(foreign), PERSON, samplesOf(planPage)),
    },
    planView: {
      "before it is asked for": planView({ ...place, part: "change", counts: undefined }),
      "what came of it": planView({ ...place, part: "trouble", counts: COUNTS }),
    },
    planningView: { always: plain.planningView(DRAFT_ID) },
    defaultsView: {
      "none chosen": defaultsView(choices, { project: null, region: null }),
      "both chosen": defaultsView(choices, chosen),
    },
    askingView: { always: askingView() },
    savedView: { always: savedView(chosen) },
    rejectView: { always: rejectView(DRAFT_ID) },
    openingView: { always: plain.openingView() },
    lookingView: { always: plain.lookingView(DRAFT_ID) },
    obstacleView: each(problems, (problem) => plain.obstacleView(DRAFT_ID, problem)),
    problemView: each(problems, plain.problemView),
    accidentView: { always: plain.accidentView("abcdefgh") },
    connectView: {
      first: connectView(undefined),
      ...each(problems, (problem) => connectView(DRAFT_ID, problem)),
    },
    checkingView: { always: checkingView(DRAFT_ID) },
    connectedView: {
      alone: connectedView(scope, undefined),
      "with a form waiting": connectedView(samples.unknownScope(scope), DRAFT_ID),
    },
  };
}

/** How far a run has come. */
const progress = { counts: COUNTS, now: samples.NOW };

const samplesOf = ({ rows }: PlanPage) => rows.slice(0, SAMPLES);

const ATTEMPTS = {
  ask: "ask",
  approve: "approve",
  reject: "reject",
  withdraw: "withdraw",
  steer: "steer",
} as const;

/** Every message that the bot can post, in the same order of things. */
function messagesWith(foreign: Foreign): Cases<Cases<Message>> {
  const problems = problemsWith(foreign);
  const before = samples.snapshotWith(foreign);
  const single = requestsOf(samples.previewOf(before, foreign), problems, foreign);
  const all = { ...single, ...runsOf(foreign) };
  const many = Array.from({ length: 3 }, () => Object.values(all))
    .flat()
    .map((request, index) => ({ ...request, id: `request-${index}` }));
  const pending = many.filter((request) => request.state === "pending");
  const runs = many.filter(isUnderWay);
  const held = many.filter((request) => request.state === "held");
  const applied = appliedOf(all);
  const project = { id: 1186668, name: foreign.text(300, "Production") };
  const detour = { target: CHANNEL, error: "not_in_channel" };
  const refused = {
    by: BEN,
    what: "approve",
    problem: problems["not-an-approver"],
    ref: { projectId: 1186668, regionId: 148, snapshotId: samples.ID },
    snapshotName: before.name,
    rows: Object.values(pendingOf(all))[0]?.plan.rows ?? [],
  } as const;
  const seq = 12_345;
  return {
    summaryMessage: {
      ...each(applied, (one) => requests.summaryMessage(one, seq, project)),
      ...each(applied, (one) => requests.summaryMessage(one, seq, undefined, detour), ", detour"),
    },
    cardMessage: {
      ...each(all, (one) => cardMessage(one)),
      ...each(runsOf(foreign), (one) => cardMessage(one, progress), ", with its counts"),
    },
    invitationMessage: each(all, invitationMessage),
    outcomeMessage: each(all, requests.outcomeMessage),
    reminderMessage: each(pendingOf(all), requests.reminderMessage),
    pendingMessage: {
      nothing: pendingMessage({ own: [], held: [], runs: [], toDecide: [] }),
      one: pendingMessage({
        own: pending.slice(0, 1),
        held: [],
        runs: runs.slice(0, 1),
        toDecide: [],
      }),
      many: pendingMessage({ own: pending, held, runs, toDecide: pending }),
    },
    historyMessage: historiesWith(foreign, all, many),
    exportBegunMessage: exportsBegun(),
    exportMessage: exportsWith(foreign),
    listMessage: listsWith(foreign, problems),
    noSuchPlaceMessage: noPlacesWith(foreign),
    refusalMessage: each(ATTEMPTS, (what) => requests.refusalMessage({ ...refused, what }, seq)),
    checkpointMessage: { always: checkpointMessage(samples.CHECKPOINT) },
    announcementMessage: each(all, (one) => requests.announcementMessage(one, seq, project)),
    wordMessage: each(all, (one) => requests.wordMessage(one, seq)),
    undeliveredMessage: each(undeliveredOf(refused), (one) => undeliveredMessage(one, all.applied)),
    snapshotMessage: {
      "with its project's name": replies.snapshotMessage(before, project, DRAFT_ID),
      bare: replies.snapshotMessage(samples.bare(before), undefined, null),
    },
    keyMessage: {
      "in order": replies.keyMessage(samples.scopeWith(foreign)),
      expired: replies.keyMessage(samples.scopeWith(foreign), problems["key-expired"]),
    },
    keyExpiryMessage: each(homeSamples.ENDINGS, (ending) =>
      keyExpiryMessage(ending, samples.scopeWith(foreign)),
    ),
    keyForgottenMessage: each(homeSamples.forgottenWith(foreign), keyForgottenMessage),
    disconnectedMessage: {
      "had one": replies.disconnectedMessage("removed"),
      "being read": replies.disconnectedMessage("leaving"),
      "had none": replies.disconnectedMessage("none"),
    },
    lintMessage: lintsWith(foreign, before),
    noTagRulesMessage: { always: noTagRulesMessage() },
    helpMessage: { always: replies.helpMessage() },
    commandFaultMessage: each(faultsWith(foreign), replies.commandFaultMessage),
    problemMessage: each(problems, replies.problemMessage),
    accidentMessage: { always: replies.accidentMessage("abcdefgh") },
  };
}

/** Every view and message that the bot can send. */
export const emissions = (foreign: Foreign): readonly Emission[] => [
  ...viewEmissions(foreign),
  ...listed(homesWith(foreign)).map((one) => ({ kind: "home", ...one }) as const),
  ...listed(messagesWith(foreign)).map((one) => ({ kind: "message", ...one }) as const),
];

function viewEmissions(foreign: Foreign): readonly Emission[] {
  const shown: Cases<Cases<Readonly<Record<string, string>>>> = {
    bulkFormView: bulkErrorsWith(foreign),
  };
  return listed(viewsWith(foreign)).map((one) => {
    const errors = shown[one.builder]?.[one.name] ?? {};
    return { kind: "view", ...one, errors } as const;
  });
}

const listed = <Body>(byBuilder: Cases<Cases<Body>>) =>
  Object.entries(byBuilder).flatMap(([builder, cases]) =>
    Object.entries(cases).map(([name, body]) => ({ builder, name, body })),
  );
