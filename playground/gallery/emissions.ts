import type { ModalView } from "@slack/types";
import { checkingView, connectedView, connectView } from "../../src/blocks/connect-view.ts";
import { formView } from "../../src/blocks/form-view.ts";
import type { Message } from "../../src/blocks/kit.ts";
import * as plain from "../../src/blocks/plain-views.ts";
import { previewView } from "../../src/blocks/preview-view.ts";
import * as replies from "../../src/blocks/replies.ts";
import * as requests from "../../src/blocks/request-messages.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import type { Foreign } from "./foreign.ts";
import { faultsWith, problemsWith } from "./problems.ts";
import { appliedOf, CHANNEL, DRAFT_ID, requestsOf } from "./requests.ts";
import * as samples from "./samples.ts";

/** Something that the bot can send to Slack, and the builder that made it. */
export type Emission = { readonly builder: string; readonly name: string } & (
  | { readonly kind: "message"; readonly body: Message }
  | { readonly kind: "view"; readonly body: ModalView }
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
  return {
    formView: {
      empty: formView(DRAFT_ID, EMPTY_FORM),
      filled: formView(DRAFT_ID, samples.inputWith(foreign)),
    },
    previewView: {
      "to be applied": previewView(DRAFT_ID, shown),
      locked: previewView(DRAFT_ID, shown, problems.locked),
      "nothing changes": previewView(DRAFT_ID, samples.nothing(shown)),
    },
    requestView: each(requestsOf(shown, problems), plain.requestView),
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

/** Every message that the bot can post, in the same order of things. */
function messagesWith(foreign: Foreign): Cases<Cases<Message>> {
  const problems = problemsWith(foreign);
  const before = samples.snapshotWith(foreign);
  const all = requestsOf(samples.previewOf(before, foreign), problems);
  const applied = appliedOf(all);
  const project = { id: 1186668, name: foreign.text(300, "Production") };
  const detour = { channelId: CHANNEL, error: "not_in_channel" };
  const seq = 12_345;
  return {
    summaryMessage: {
      ...each(applied, (one) => requests.summaryMessage(one, seq, project)),
      ...each(applied, (one) => requests.summaryMessage(one, seq, undefined, detour), ", detour"),
    },
    announcementMessage: each(all, (one) => requests.announcementMessage(one, seq, project)),
    wordMessage: each(all, (one) => requests.wordMessage(one, seq)),
    channelRefusesMessage: each(all, (one) => requests.channelRefusesMessage(one, detour)),
    snapshotMessage: {
      "with its project's name": replies.snapshotMessage(before, project),
      bare: replies.snapshotMessage(samples.bare(before), undefined),
    },
    keyMessage: { always: replies.keyMessage(samples.scopeWith(foreign)) },
    disconnectedMessage: {
      "had one": replies.disconnectedMessage("removed"),
      "being read": replies.disconnectedMessage("leaving"),
      "had none": replies.disconnectedMessage("none"),
    },
    helpMessage: { always: replies.helpMessage() },
    commandFaultMessage: each(faultsWith(foreign), replies.commandFaultMessage),
    problemMessage: each(problems, replies.problemMessage),
    accidentMessage: { always: replies.accidentMessage("abcdefgh") },
  };
}

/** Every view and message that the bot can send. */
export const emissions = (foreign: Foreign): readonly Emission[] => [
  ...listed(viewsWith(foreign)).map((one) => ({ kind: "view", ...one }) as const),
  ...listed(messagesWith(foreign)).map((one) => ({ kind: "message", ...one }) as const),
];

const listed = <Body>(byBuilder: Cases<Cases<Body>>) =>
  Object.entries(byBuilder).flatMap(([builder, cases]) =>
    Object.entries(cases).map(([name, body]) => ({ builder, name, body })),
  );
