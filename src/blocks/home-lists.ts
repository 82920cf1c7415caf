import type { KnownBlock } from "@slack/types";
import type { ChangeRequest } from "../approval/change-request.ts";
import { historyBlocks } from "./history-message.ts";
import { heading, paragraph } from "./kit.ts";
import { reviewButton, withdrawButton } from "./request-buttons.ts";
import { heldBlocks, pendingBlocks, underWayBlocks, type WaitingLists } from "./request-lists.ts";

/** What waits, as one person sees it. */
export interface HomeLists extends WaitingLists {
  /** Of how many requests Slack did not tell who may decide. */
  readonly unclear: number;
}

/** So many of each list: a home tab holds 100 blocks. */
const MOST = 5;

/** What the person may decide. */
export const decideBlocks = ({ toDecide, unclear }: HomeLists): KnownBlock[] => [
  heading("Yours to decide"),
  ...(toDecide.length + unclear === 0 ? [paragraph(["Nothing waits for you."])] : []),
  ...toDecide
    .slice(0, MOST)
    .flatMap((request) => pendingBlocks(request, "home-decide", reviewButton(request.id))),
  ...andMore(toDecide.length - MOST),
  ...(unclear === 0
    ? []
    : [
        paragraph([
          `Slack did not tell me who may decide on ${unclear} more. Open this tab again in a minute.`,
        ]),
      ]),
];

/** What the person asked for, and waits: for a decision, or for a task to end. */
export const openBlocks = ({ own, held, runs }: HomeLists): KnownBlock[] => [
  heading("Your open requests"),
  ...runs.slice(0, MOST).flatMap(underWayBlocks),
  ...andMore(runs.length - MOST),
  ...held.slice(0, MOST).flatMap((request) => heldBlocks(request, "home-held")),
  ...andMore(held.length - MOST),
  ...(own.length + held.length + runs.length === 0 ? [paragraph(["You have none."])] : []),
  ...own
    .slice(0, MOST)
    .flatMap((request) =>
      pendingBlocks(request, "home-own", reviewButton(request.id), withdrawButton(request.id)),
    ),
  ...andMore(own.length - MOST),
];

const andMore = (count: number): KnownBlock[] =>
  count > 0 ? [paragraph([`and ${count} more: `, { code: "/snapshot pending" }])] : [];

/** What became of the person's changes. `requests` may hold more than fit. */
export const recentBlocks = (requests: readonly ChangeRequest[]): KnownBlock[] => [
  heading("Your recent changes"),
  ...(requests.length === 0 ? [paragraph(["You have changed nothing through me yet."])] : []),
  ...requests.slice(0, MOST).flatMap((request) => historyBlocks(request, true)),
  ...(requests.length > MOST
    ? [paragraph(["and more: ", { code: "/snapshot history by:me" }])]
    : []),
];
