import type { InputBlock, ModalView } from "@slack/types";

/** An input of a form, for one line of text. */
export const textInput = (
  label: string,
  id: string,
  more: Partial<InputBlock> = {},
): InputBlock => ({
  type: "input",
  block_id: id,
  label: { type: "plain_text", text: label },
  element: { type: "plain_text_input", action_id: "typed" },
  ...more,
});

/** A modal with these blocks and a button that sends it. */
export const modal = (
  title: string,
  blocks: ModalView["blocks"] = [textInput("Name", "name")],
  more: Partial<ModalView> = {},
): ModalView => ({
  type: "modal",
  callback_id: title.toLowerCase(),
  title: { type: "plain_text", text: title },
  submit: { type: "plain_text", text: "Save" },
  blocks,
  ...more,
});

/** A section that says something. */
export const section = (text: string) => ({
  type: "section" as const,
  text: { type: "mrkdwn" as const, text },
});
