import { signed } from "../../playground/slack/delivery/signature.ts";
import { bot, people } from "../../playground/slack/seed.ts";
import { REJECT_VIEW, REVIEW_VIEW } from "../../src/blocks/review-view.ts";

/** What an approver does with a request, in the view that they have open. */
export interface Click {
  readonly requestId: string;
  readonly by: "ben" | "cleo";
  readonly act: "approve" | "reject";
}

/** How a click was answered: with a view of this title, or (null) not at all, as the process died. */
export type ClickAnswer = { readonly title: string; readonly text: string } | null;

const TEAM = "T0LOCAL1";
/** The client gives up after this long. Milliseconds. */
const PATIENCE = 20_000;

/** The submission of a review as Slack sends it. */
export function bodyOf({ requestId, by, act }: Click): string {
  const payload = {
    type: "view_submission",
    team: { id: TEAM, domain: "snapshot-cloud" },
    user: { id: people[by], username: by, name: by, team_id: TEAM },
    api_app_id: bot.appId,
    token: "unused",
    trigger_id: "1.2.abc",
    view: {
      id: `V0${by.toUpperCase()}${requestId.toUpperCase()}`,
      team_id: TEAM,
      type: "modal",
      callback_id: act === "approve" ? REVIEW_VIEW : REJECT_VIEW,
      private_metadata: requestId,
      blocks: [],
      hash: "1.abc",
      state: { values: { comment: { comment: { type: "plain_text_input", value: "because" } } } },
    },
    response_urls: [],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** Sends the submission of a review, signed, and reads the view in the answer. */
export async function sendClick(
  url: string,
  secret: string,
  now: number,
  click: Click,
): Promise<ClickAnswer> {
  const body = bodyOf(click);
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    ...signed(secret, body, now),
  };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { method: "POST", headers, body, signal });
    if (!response.ok) return null;
    const text = await response.text();
    const answer = JSON.parse(text) as { view?: { title?: { text?: string } } };
    return { title: answer.view?.title?.text ?? "", text };
  } catch {
    return null;
  }
}
