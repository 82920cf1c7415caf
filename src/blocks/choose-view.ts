import type { ModalView, PlainTextOption } from "@slack/types";
import type { MentionedSnapshot } from "../snapshot/mentioned.ts";
import { paragraph, plain } from "./kit.ts";
import { readOption, type ViewState } from "./view-state.ts";
import { clip, visible } from "./visible.ts";

export const CHOOSE_VIEW = "choose-snapshot";
const FIELD = "snapshot";

/** So many options Slack takes in one menu. */
const MOST = 100;
const OPTION = 75;

/** A message speaks of several snapshots: which one is meant? */
export const chooseView = (
  draftId: string,
  mentioned: readonly MentionedSnapshot[],
): ModalView => ({
  type: "modal",
  callback_id: CHOOSE_VIEW,
  private_metadata: draftId,
  title: plain("Which snapshot?"),
  submit: plain("Go to the form"),
  close: plain("Cancel"),
  blocks: [
    paragraph([
      `I found ${mentioned.length} ids in that message. Some may be ids of other things.`,
      mentioned.length > MOST ? ` The first ${MOST} of them are here.` : "",
    ]),
    {
      type: "input",
      block_id: FIELD,
      label: plain("Snapshot"),
      element: {
        type: "static_select",
        action_id: FIELD,
        options: mentioned.slice(0, MOST).map(option),
      },
    },
  ],
});

/** The id that was chosen. */
export const readChooseView = (state: ViewState): string => readOption(state, FIELD);

/** The id, and as much of what stands before it as fits. */
const option = ({ snapshotId, before }: MentionedSnapshot): PlainTextOption => {
  const room = OPTION - snapshotId.length - 1;
  const words = clip(visible(before.trim()), room);
  return { text: plain(words === "" ? snapshotId : `${words} ${snapshotId}`), value: snapshotId };
};
