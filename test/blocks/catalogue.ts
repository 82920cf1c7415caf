import type { ModalView } from "@slack/types";
import type {
  Applying,
  Approved,
  ChangeRequest,
  Draft,
  Pending,
  Preview,
} from "../../src/approval/change-request.ts";
import { claim, doubt, end, postpone } from "../../src/approval/claim.ts";
import { approve, ask, expire, reject, withdraw } from "../../src/approval/decide.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { ANNOUNCE_AGREED, REQUESTER_CONFIRMS, type Rule } from "../../src/approval/policy.ts";
import * as connect from "../../src/blocks/connect-view.ts";
import { canBeShown } from "../../src/blocks/difference.ts";
import * as form from "../../src/blocks/form-view.ts";
import type { Message } from "../../src/blocks/kit.ts";
import * as plain from "../../src/blocks/plain-views.ts";
import * as preview from "../../src/blocks/preview-view.ts";
import * as replies from "../../src/blocks/replies.ts";
import * as card from "../../src/blocks/request-card.ts";
import * as lists from "../../src/blocks/request-lists.ts";
import * as requests from "../../src/blocks/request-messages.ts";
import * as review from "../../src/blocks/review-view.ts";
import type { Problem } from "../../src/problem.ts";
import type { CommandFault } from "../../src/snapshot/command.ts";
import { EMPTY_FORM, FIELD_LENGTH, type FormInput } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";

/** Something that the bot can send to Slack, and the builder that made it. */
export type Emission = { readonly builder: string; readonly name: string } & (
  | { readonly kind: "message"; readonly body: Message }
  | { readonly kind: "view"; readonly body: ModalView }
);

/** Where foreign text comes from: ordinary, the longest there can be, or hostile. */
export interface Foreign {
  /** A text of at most `most` characters. */
  text(most: number): string;
  /** How many tags a snapshot has. */
  readonly tags: number;
}

export const ordinary: Foreign = { text: (most) => "nightly db backup".slice(0, most), tags: 4 };
export const longest: Foreign = {
  text: (most) => "W".repeat(Math.min(most, 10_000)),
  tags: 300,
};
export const hostile: Foreign = {
  text: (most) =>
    "<!channel> <@U0NOBODY00> <https://evil.example|bank> &lt;!here&gt; *b* `c` \u202e\u200b\u0007\n@here 👩‍💻"
      .repeat(1 + Math.ceil(most / 100))
      .slice(0, most),
  tags: 30,
};

const PERSON = { enterpriseId: null, teamId: "T0LOCAL1", userId: "U0ADA000001" };
const ID = "5ed275b8-7eed-4722-8c98-777191d4e003";
const NOW = Date.UTC(2026, 10, 21, 12);
const BEN = { ...PERSON, userId: "U0BEN000001" };
const DRAFT_ID = "x".repeat(22);

/** Every view and message that the bot can send, once for each case that it tells apart. */
export function emissions(foreign: Foreign): readonly Emission[] {
  const { text } = foreign;
  const problems = problemsWith(text);
  const scope = scopeWith(foreign);
  const before = snapshotWith(foreign);
  const shown = previewOf(before, text);
  const input = inputWith(text);
  const { waiting, "waiting, one approval": approvedOnce } = requestsOf(shown, problems);
  if (waiting?.state !== "pending" || approvedOnce?.state !== "pending") throw new Error("waiting");
  const seenNow = shown.plan.rows.map(() => before.name);
  const project = { id: 1186668, name: text(300) };
  const views: [string, string, ModalView][] = [
    ["formView", "empty", form.formView(DRAFT_ID, EMPTY_FORM)],
    ["formView", "filled", form.formView(DRAFT_ID, input)],
    ["previewView", "to be applied", preview.previewView(DRAFT_ID, shown)],
    ["previewView", "locked", preview.previewView(DRAFT_ID, shown, problems.locked)],
    ["previewView", "nothing changes", preview.previewView(DRAFT_ID, nothing(shown))],
    ["previewView", "to be asked for", preview.previewView(DRAFT_ID, asking(shown, text))],
    ["lookingView", "", plain.lookingView(DRAFT_ID)],
    ["openingView", "", plain.openingView()],
    ["reviewView", "", review.reviewView(waiting, seenNow)],
    [
      "reviewView",
      "with one approval",
      review.reviewView(
        approvedOnce,
        waiting.plan.rows.map(({ before: was }) => was),
      ),
    ],
    ["reviewView", "Gcore away", review.reviewView(waiting, undefined, problems["key-refused"])],
    ["rejectView", "", review.rejectView(DRAFT_ID)],
    ["accidentView", "", plain.accidentView("abcdefgh")],
    ["connectView", "first", connect.connectView(undefined)],
    ["checkingView", "", connect.checkingView(DRAFT_ID)],
    ["connectedView", "alone", connect.connectedView(scope, undefined)],
    ["connectedView", "with a form waiting", connect.connectedView(unknownScope(scope), DRAFT_ID)],
    ...Object.entries(problems).flatMap(([kind, problem]): [string, string, ModalView][] => [
      ["obstacleView", kind, plain.obstacleView(DRAFT_ID, problem)],
      ["problemView", kind, plain.problemView(problem)],
      ["connectView", kind, connect.connectView(DRAFT_ID, problem)],
    ]),
    ...Object.entries(requestsOf(shown, problems)).map(
      ([state, request]): [string, string, ModalView] => [
        "requestView",
        state,
        plain.requestView(request, PERSON),
      ],
    ),
  ];
  const detour = { channelId: "C0OPS000001", error: "not_in_channel" };
  const pending = Array.from({ length: 9 }, (_, index) => ({ ...waiting, id: `r${index}` }));
  const past = Object.values(requestsOf(shown, problems)).map((request, index) => ({
    ...request,
    id: `r${index}`,
  }));
  const messages: [string, string, Message][] = [
    ["pendingMessage", "nothing", lists.pendingMessage([], [])],
    ["pendingMessage", "many", lists.pendingMessage(pending, pending)],
    ["historyMessage", "nothing", lists.historyMessage(ID, [])],
    ["historyMessage", "many", lists.historyMessage(ID, past)],
    ["historyMessage", "the others", lists.historyMessage(ID, past.toReversed())],
    ["reminderMessage", "", requests.reminderMessage(approvedOnce)],
    ...(["ask", "approve", "reject", "withdraw"] as const).map(
      (what): [string, string, Message] => [
        "refusalMessage",
        what,
        requests.refusalMessage(
          {
            by: BEN,
            what,
            problem: problems["not-an-approver"],
            ref: shown.ref,
            snapshotName: before.name,
            rows: shown.plan.rows,
          },
          12_345,
        ),
      ],
    ),
    ["helpMessage", "", replies.helpMessage()],
    ["accidentMessage", "", replies.accidentMessage("abcdefgh")],
    ["snapshotMessage", "with its project's name", replies.snapshotMessage(before, project)],
    ["snapshotMessage", "bare", replies.snapshotMessage(bare(before), undefined)],
    ["keyMessage", "", replies.keyMessage(scope)],
    ["disconnectedMessage", "had one", replies.disconnectedMessage("removed")],
    ["disconnectedMessage", "being read", replies.disconnectedMessage("leaving")],
    ["disconnectedMessage", "had none", replies.disconnectedMessage("none")],
    ...Object.entries(faultsWith(text)).map(([kind, fault]): [string, string, Message] => [
      "commandFaultMessage",
      kind,
      replies.commandFaultMessage(fault),
    ]),
    ...Object.entries(problems).map(([kind, problem]): [string, string, Message] => [
      "problemMessage",
      kind,
      replies.problemMessage(problem),
    ]),
    ...Object.entries(requestsOf(shown, problems)).flatMap(
      ([state, request]): [string, string, Message][] => [
        ["cardMessage", state, card.cardMessage(request)],
        ["invitationMessage", state, card.invitationMessage(request)],
        ["announcementMessage", state, requests.announcementMessage(request, 12_345, project)],
        ["wordMessage", state, requests.wordMessage(request, 12_345)],
        ["channelRefusesMessage", state, requests.channelRefusesMessage(request, detour)],
        ...(request.state === "applied"
          ? ([
              ["summaryMessage", state, requests.summaryMessage(request, 12_345, project)],
              [
                "summaryMessage",
                `${state}, on a detour`,
                requests.summaryMessage(request, 12_345, undefined, detour),
              ],
            ] as [string, string, Message][])
          : []),
      ],
    ),
  ];
  return [
    ...views.map(([builder, name, body]) => ({ kind: "view", builder, name, body }) as const),
    ...messages.map(([builder, name, body]) => ({ kind: "message", builder, name, body }) as const),
  ];
}

const inputWith = (text: Foreign["text"]): FormInput => ({
  project: "1186668",
  region: "148",
  snapshot: text(FIELD_LENGTH),
  name: text(FIELD_LENGTH),
  set: text(FIELD_LENGTH),
  remove: text(FIELD_LENGTH),
  clear: true,
  reason: text(FIELD_LENGTH),
});

function snapshotWith({ text, tags }: Foreign): Snapshot {
  return {
    projectId: 1186668,
    regionId: 148,
    snapshotId: ID,
    name: text(1024),
    description: text(4000),
    status: text(100),
    sizeGib: 120,
    region: text(200),
    volumeId: ID,
    createdAt: NOW - 86_400_000,
    updatedAt: NOW,
    tags: [
      { key: "bootable", value: "False", readOnly: false },
      { key: "volume_name", value: text(1024), readOnly: false },
      { key: `${text(255)} read-only`, value: text(1024), readOnly: true },
      ...Array.from({ length: tags }, (_, index) => ({
        key: `key-${index}-${text(200).replaceAll(/[\s=]/g, "_")}`,
        value: text(1024) || "v",
        readOnly: false,
      })),
    ],
    creatorTaskId: ID,
    taskId: null,
  };
}

const bare = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  description: null,
  volumeId: null,
  createdAt: null,
  updatedAt: null,
  tags: [],
  creatorTaskId: null,
  taskId: ID,
});

/** As large a change as may still be shown. */
function previewOf(before: Snapshot, text: Foreign["text"]): Preview {
  const own = before.tags.filter(({ key }) => key.startsWith("key-"));
  const reason = text(500) || null;
  const { projectId, regionId, snapshotId } = before;
  const ref = { projectId, regionId, snapshotId };
  for (let count = own.length; ; count -= 1) {
    const plan = planChange(before, {
      name: "A new name",
      set: own.slice(0, Math.ceil(count / 2)).map(({ key }) => ({ key, value: text(255) || "w" })),
      remove: own.slice(Math.ceil(count / 2), count).map(({ key }) => key),
      others: "keep",
    });
    if (!plan.ok) throw new Error(plan.problem.kind);
    if (canBeShown(plan.value.rows)) {
      const rule = REQUESTER_CONFIRMS;
      return { ref, before, plan: plan.value, reason, rule, approvers: [] };
    }
  }
}

/** The same change where others must approve it, as many as a rule can name. */
function asking(shown: Preview, text: Foreign["text"]): Preview {
  const users = Array.from({ length: 15 }, () => ["U0BEN000001", "U0CLEO00001"]).flat();
  const rule: Rule = {
    name: text(100) || "two pairs of eyes",
    when: {},
    verdict: {
      kind: "approve",
      approvals: 2,
      users,
      groups: ["S0APPROVERS"],
      selfApproval: false,
      directMessage: true,
      expiresAfter: 86_400_000,
    },
    announce: ANNOUNCE_AGREED,
  };
  return { ...shown, rule, approvers: users };
}

const nothing = (shown: Preview): Preview => ({
  ...shown,
  plan: {
    patch: {},
    rows: [],
    stays: shown.before.tags,
    inverse: {},
    warnings: [
      { kind: "nothing-changes" },
      { kind: "tag-not-there", key: shown.before.name },
      { kind: "tag-cannot-go", key: shown.before.name },
      { kind: "name-cannot-return", fault: { kind: "name-length", length: 75 } },
      ...shown.plan.rows
        .slice(0, 2)
        .flatMap((row) => [
          { kind: "changed-since", row, now: shown.before.name } as const,
          { kind: "cannot-be-put-back", row } as const,
        ]),
      {
        kind: "tag-cannot-return",
        key: shown.before.name,
        fault: { kind: "key-characters", key: shown.before.name },
      },
    ],
  },
});

const scopeWith = ({ text, tags }: Foreign): KeyScope => ({
  tokenId: "42",
  tokenName: text(500),
  accountId: 7_350_925,
  accountName: text(500),
  tokenRole: text(100),
  expiry: { at: NOW },
  cloudRoles: Array.from({ length: tags }, () => ({ role: text(100), projectId: 1 })),
  projects: Array.from({ length: tags }, (_, id) => ({ id, name: text(500) })),
  learntAt: NOW,
});

const unknownScope = (scope: KeyScope): KeyScope => ({
  ...scope,
  tokenName: null,
  accountName: null,
  tokenRole: null,
  expiry: "unknown",
  cloudRoles: null,
  projects: null,
});

/** The compiler sees to it that no problem is forgotten. */
function problemsWith(text: Foreign["text"]): { [K in Problem["kind"]]: Problem & { kind: K } } {
  const projects = Array.from({ length: 40 }, (_, id) => ({ id, name: text(500) }));
  return {
    "no-key": { kind: "no-key" },
    "key-malformed": { kind: "key-malformed" },
    "key-in-text": { kind: "key-in-text" },
    "key-unreadable": { kind: "key-unreadable" },
    "key-refused": { kind: "key-refused" },
    "key-expired": { kind: "key-expired", at: NOW },
    "key-read-only": { kind: "key-read-only", role: text(1000) },
    "key-other-project": { kind: "key-other-project", projectId: 1, projects },
    "no-cloud": { kind: "no-cloud", status: text(1000) },
    "not-permitted": { kind: "not-permitted", detail: text(1000) },
    "snapshot-not-found": { kind: "snapshot-not-found" },
    locked: { kind: "locked", task: text(1000), since: NOW, taskId: ID },
    "tag-read-only": { kind: "tag-read-only", keys: Array.from({ length: 300 }, () => text(255)) },
    "change-refused": { kind: "change-refused", detail: text(1000) },
    "too-much-to-show": { kind: "too-much-to-show", rows: 300 },
    "prefill-too-long": { kind: "prefill-too-long", field: "Set tags" },
    "not-all-taken": {
      kind: "not-all-taken",
      fields: Array.from({ length: 300 }, () => text(255)),
    },
    "gcore-busy": { kind: "gcore-busy", retryAfter: 1000 },
    "gcore-unavailable": { kind: "gcore-unavailable", detail: text(1000), maybeDone: true },
    "gcore-unclear": { kind: "gcore-unclear", detail: text(1000) },
    "policy-denies": { kind: "policy-denies", rule: text(100), because: text(300) },
    "policy-silent": { kind: "policy-silent" },
    "policy-changed": { kind: "policy-changed" },
    "group-unresolved": { kind: "group-unresolved", group: "S0APPROVERS", error: text(100) },
    "too-few-approvers": { kind: "too-few-approvers", rule: text(100), needed: 2, able: 1 },
    "not-a-member": { kind: "not-a-member", standing: "guest" },
    "not-an-approver": { kind: "not-an-approver", rule: text(100) },
    "own-request": { kind: "own-request", rule: text(100) },
    "approved-already": { kind: "approved-already", at: NOW },
    "not-the-requester": { kind: "not-the-requester" },
    "slack-unavailable": { kind: "slack-unavailable", error: text(100) },
    "request-gone": { kind: "request-gone" },
    "place-unknown": { kind: "place-unknown" },
    "preview-gone": { kind: "preview-gone" },
    "form-late": { kind: "form-late" },
  };
}

function faultsWith(text: Foreign["text"]): {
  [K in CommandFault["kind"]]: CommandFault & { kind: K };
} {
  return {
    "key-in-text": { kind: "key-in-text", usage: "connect" },
    "quote-open": { kind: "quote-open", usage: "change" },
    word: { kind: "word", word: text(3000), usage: "show" },
    option: { kind: "option", option: text(3000), nearest: "name", usage: "change" },
    "option-value": { kind: "option-value", option: "name", usage: "change" },
    "option-twice": { kind: "option-twice", option: "name", usage: "change" },
    number: { kind: "number", option: "project", value: text(3000), usage: "change" },
    "snapshot-none": { kind: "snapshot-none", usage: "show" },
    "snapshot-many": { kind: "snapshot-many", usage: "change" },
    "clear-with-tags": { kind: "clear-with-tags", usage: "change" },
    "replace-without-tags": { kind: "replace-without-tags", usage: "change" },
  };
}

/** A request in each of its states, and in each way of coming there that is told differently. */
function requestsOf(
  shown: Preview,
  problems: { readonly [K in Problem["kind"]]: Problem },
): Record<string, ChangeRequest> {
  const text = (most: number): string => (shown.reason ?? "").slice(0, most);
  const draft: Draft & { readonly preview: Preview } = {
    id: DRAFT_ID,
    person: PERSON,
    origin: { channelId: "C0OPS000001", responseUrl: null, at: NOW },
    input: EMPTY_FORM,
    createdAt: NOW,
    preview: shown,
    lookUp: null,
    formId: null,
    requestId: null,
    undoes: null,
  };
  const comment = text(500) || null;
  const waiting = ask({ ...draft, preview: asking(shown, text) }, NOW);
  const once = approve(waiting, { by: BEN, at: NOW, comment });
  const twice = approve(once as Pending, {
    by: { ...BEN, userId: "U0CLEO00001" },
    at: NOW,
    comment,
  });
  const approved = approve(ask(draft, NOW), { by: PERSON, at: NOW, comment: null }) as Approved;
  const applying: Applying = claim(approved, "owner", NOW);
  const inDoubt = doubt(applying, NOW, NOW);
  const snapshot = { ...shown.before, name: shown.before.name };
  const found = shown.plan.rows.map((row) => ({ row, now: shown.before.name }));
  return {
    waiting,
    "waiting, one approval": once,
    "approved by two": twice,
    rejected: reject(waiting, { by: BEN, at: NOW, comment }),
    withdrawn: withdraw(waiting, NOW),
    expired: expire(waiting, NOW),
    "applied after approval": end(
      claim(twice as Approved, "owner", NOW),
      { kind: "applied", snapshot: shown.before, lookedUp: false },
      NOW,
    ),
    approved,
    postponed: postpone(applying, NOW),
    applying,
    "in doubt": inDoubt,
    "in doubt, no key": doubt(applying, NOW, NOW, problems["key-refused"]),
    applied: end(applying, { kind: "applied", snapshot, lookedUp: false }, NOW),
    "applied, looked up": end(inDoubt, { kind: "applied", snapshot, lookedUp: true }, NOW),
    failed: end(applying, { kind: "failed", problem: problems["change-refused"] }, NOW),
    "failed in part": end(applying, { kind: "failed", problem: problems["not-all-taken"] }, NOW),
    conflict: end(applying, { kind: "conflict", found }, NOW),
    "conflict after a lost answer": end(inDoubt, { kind: "conflict", found }, NOW),
    unknown: end(inDoubt, { kind: "unknown", problem: problems["key-refused"] }, NOW),
  };
}
