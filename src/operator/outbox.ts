import { type Notice, noticeId } from "../approval/notice.ts";
import { visible } from "../blocks/visible.ts";
import { type Untaken, untaken } from "../store/outbox-table.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { DATABASE_OPTION, withDatabase } from "./database.ts";
import { say, sayJson } from "./say.ts";

/** What the bot has to say and Slack has not taken so far. */
export const outbox: Command = {
  name: "outbox",
  summary: "list what Slack has refused, or not taken yet, with its answer",
  options: { database: DATABASE_OPTION, json: JSON_OPTION },
  async run(given, world) {
    const waiting = await withDatabase(given, world, untaken);
    if (given.flag("json")) sayJson(world, waiting.map(datum));
    else if (waiting.length === 0) say(world, "Slack has taken everything that was tried.");
    else for (const one of waiting) say(world, line(one));
    return waiting.length === 0 ? 0 : 1;
  },
};

function datum({ waiting, error, dueAt }: Untaken) {
  const { notice, ledgerSeq, attempts } = waiting;
  return {
    id: noticeId(notice),
    what: notice.kind,
    target: notice.target,
    ledger: ledgerSeq,
    error,
    tries: attempts,
    next: new Date(dueAt).toISOString(),
  };
}

function line(untakenNotice: Untaken): string {
  const { target, error, tries, next, ledger } = datum(untakenNotice);
  const what = WHAT[untakenNotice.waiting.notice.kind];
  const times = tries === 1 ? "1 try" : `${tries} tries`;
  return `${target} does not take ${what} (ledger no. ${ledger}): ${visible(error)}, ${times}, next ${next}`;
}

const WHAT: Readonly<Record<Notice["kind"], string>> = {
  card: "the card of a request",
  view: "an open view",
  review: "an open review",
  invitation: "the word to an approver",
  reminder: "a reminder",
  summary: "the summary of a change",
  announcement: "an announcement",
  word: "the word to a requester",
  refusal: "the announcement of a refused attempt",
  checkpoint: "a checkpoint",
  "key-expiry": "the warning that a key expires soon",
  "key-forgotten": "the word that a key was forgotten",
  undelivered: "the word that something else was not taken",
};
