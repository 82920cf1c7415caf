import type { ModalView } from "@slack/types";
import type { KeyScope } from "../approval/key-scope.ts";
import type { Problem } from "../problem.ts";
import { keyCard } from "./key-card.ts";
import { bullets, paragraph, plain } from "./kit.ts";
import { plainOf } from "./phrase.ts";
import { problemWords } from "./problem-words.ts";
import { readText, type ViewState } from "./view-state.ts";
import { clip } from "./visible.ts";

export const CONNECT_VIEW = "connect-key";
export const CONNECTED_VIEW = "key-connected";
export const KEY_FIELD = "key";

/** Longest API key that is taken. Gcore publishes no length; known ones have under 200 characters. */
const KEY_LENGTH = 500;

/**
 * Asks for the person's own API key. `draftId` is the change that waits for it, if one does;
 * `problem` says why a key is asked for.
 */
export function connectView(draftId: string | undefined, problem?: Problem): ModalView {
  return {
    type: "modal",
    callback_id: CONNECT_VIEW,
    ...(draftId === undefined ? {} : { private_metadata: draftId }),
    title: plain("Connect your key"),
    submit: plain("Connect"),
    close: plain("Cancel"),
    blocks: [
      ...(problem === undefined ? [] : [paragraph(problemWords(problem).what)]),
      paragraph([
        "Changes are made with your own Gcore API key, so that you can do here what you may do in Gcore, and nothing more.",
      ]),
      {
        type: "input",
        block_id: KEY_FIELD,
        label: plain("Gcore API key"),
        hint: plain("You make one in the Gcore portal, under your profile: API tokens."),
        element: {
          type: "plain_text_input",
          action_id: KEY_FIELD,
          max_length: KEY_LENGTH,
        },
      },
      bullets([
        [
          "Slack does not hide what you paste here, and it passes through Slack on its way. Mind who can see your screen.",
        ],
        [
          "A narrow key is better: one that expires soon, with the smallest role that may edit snapshots.",
        ],
        [
          "I check it with Gcore now, keep it sealed so that it opens for you alone, and never show it again.",
        ],
      ]),
    ],
  };
}

/** The key that was typed. */
export const readConnectView = (state: ViewState): string => readText(state, KEY_FIELD).trim();

/** A problem with the key, under its field. */
export const connectErrors = (problem: Problem): Record<string, string> => {
  const { what, next } = problemWords(problem);
  return { [KEY_FIELD]: clip(`${plainOf(what)} ${plainOf(next)}`, 500) };
};

/** While Gcore is asked about the key. */
export const checkingView = (draftId: string | undefined): ModalView => ({
  type: "modal",
  callback_id: CONNECTED_VIEW,
  ...(draftId === undefined ? {} : { private_metadata: draftId }),
  title: plain("One moment"),
  close: plain("Close"),
  blocks: [paragraph(["Checking the key with Gcore…"])],
});

/** The key is connected; with a change waiting, the way on leads to its form. */
export const connectedView = (scope: KeyScope, draftId: string | undefined): ModalView => ({
  type: "modal",
  callback_id: CONNECTED_VIEW,
  ...(draftId === undefined ? {} : { private_metadata: draftId, submit: plain("Go to the form") }),
  title: plain("Key connected"),
  close: plain("Close"),
  blocks: keyCard(scope),
});
