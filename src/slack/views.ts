import type { HomeView, ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { type Refusal, readError, SlackError } from "./errors.ts";

/** The modals that people have open, and their home tabs. */
export interface Views {
  /** Opens a modal; `late` when the three seconds for it are over. @throws SlackError */
  openView(triggerId: string, view: ModalView): Promise<Opened>;
  /** Opens a modal over the one that is open. @throws SlackError */
  pushView(triggerId: string, view: ModalView): Promise<Opened>;
  /** Changes an open modal; `gone` when the person has closed it. @throws SlackError */
  updateView(viewId: string, view: ModalView): Promise<"updated" | "gone">;
  /** Shows a person their home tab, in place of what stood there. */
  publishHome(userId: string, view: HomeView): Promise<{ readonly kind: "sent" } | Refusal>;
}

export type Opened = { readonly viewId: string } | "late";

const LATE = new Set(["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]);

/** Modals through this client. */
export function viewsThrough(client: WebClient): Views {
  const opened = async (
    method: "open" | "push",
    triggerId: string,
    view: ModalView,
  ): Promise<Opened> => {
    try {
      const answer = await client.views[method]({ trigger_id: triggerId, view });
      return { viewId: answer.view?.id ?? "" };
    } catch (error) {
      const { error: word } = readError(error);
      if (LATE.has(word)) return "late";
      throw new SlackError(`views.${method}: ${word}`);
    }
  };
  return {
    openView: (triggerId, view) => opened("open", triggerId, view),
    pushView: (triggerId, view) => opened("push", triggerId, view),
    async updateView(viewId, view) {
      // The same view twice is the same view: this one call is tried again.
      for (const last of [false, true]) {
        try {
          await client.views.update({ view_id: viewId, view });
          return "updated";
        } catch (error) {
          const { kind, error: word } = readError(error);
          if (word === "not_found") return "gone";
          if (last || kind !== "later") throw new SlackError(`views.update: ${word}`);
        }
      }
      return "gone";
    },
    async publishHome(userId, view) {
      try {
        await client.views.publish({ user_id: userId, view });
        return { kind: "sent" };
      } catch (error) {
        return readError(error);
      }
    },
  };
}
