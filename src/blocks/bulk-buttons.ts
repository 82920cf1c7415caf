import type { Button } from "@slack/types";
import { button, plain } from "./kit.ts";

export const SEE_PLAN_ACTION = "see-plan";
export const PAUSE_ACTION = "pause-run";
export const GO_ON_ACTION = "go-on-with-run";
export const STOP_ACTION = "stop-run";
export const RETRY_ACTION = "retry-rest";

/** Opens the plan with this id, item by item. */
export const seePlanButton = (planId: string): Button =>
  button(SEE_PLAN_ACTION, "See each snapshot", { value: planId });

export const pauseButton = (planId: string): Button =>
  button(PAUSE_ACTION, "Pause", { value: planId });

export const goOnButton = (planId: string): Button =>
  button(GO_ON_ACTION, "Go on", { value: planId, style: "primary" });

export const stopRunButton = (planId: string): Button =>
  button(STOP_ACTION, "Stop", {
    value: planId,
    style: "danger",
    confirm: {
      title: plain("Stop here?"),
      text: plain(
        "What is changed stays changed, and nothing more is begun. You can take back later what is changed.",
      ),
      confirm: plain("Stop"),
      deny: plain("Keep it running"),
      style: "danger",
    },
  });

/** Makes a plan of what came out otherwise than applied. */
export const retryButton = (planId: string): Button =>
  button(RETRY_ACTION, "Try the rest again", { value: planId });
