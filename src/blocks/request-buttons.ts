import type { Button } from "@slack/types";
import { button, plain } from "./kit.ts";

export const REVIEW_ACTION = "review-request";
export const REVIEW_AGAIN_ACTION = "review-again";
export const REJECT_ACTION = "reject-request";
export const WITHDRAW_ACTION = "withdraw-request";
export const UNDO_ACTION = "undo-change";
export const AGAIN_ACTION = "ask-again";

/** Opens the request with this id: to decide on it, or to see how it stands. */
export const reviewButton = (requestId: string): Button =>
  button(REVIEW_ACTION, "Review", { value: requestId, style: "primary" });

/** Takes back what was agreed to and not made yet. */
export const stopButton = (requestId: string): Button =>
  button(WITHDRAW_ACTION, "Stop waiting", {
    value: requestId,
    confirm: {
      title: plain("Stop waiting?"),
      text: plain("The change is not made then. You can ask again at any time."),
      confirm: plain("Stop waiting"),
      deny: plain("Keep waiting"),
    },
  });

export const withdrawButton = (requestId: string): Button =>
  button(WITHDRAW_ACTION, "Withdraw", {
    value: requestId,
    confirm: {
      title: plain("Withdraw the request?"),
      text: plain("Nobody can approve it then. You can ask again at any time."),
      confirm: plain("Withdraw"),
      deny: plain("Keep it"),
    },
  });

/** Prepares the way back of an applied change, for review like any other. */
export const undoButton = (requestId: string): Button =>
  button(UNDO_ACTION, "Undo", { value: requestId });

/** Prepares the same change once more, from what stands there now. */
export const againButton = (requestId: string): Button =>
  button(AGAIN_ACTION, "Ask again", { value: requestId });
