import type { ActionsBlockElement, KnownBlock } from "@slack/types";
import { option, plain } from "./app-stage.ts";

const size = [option("Small"), option("Large")];

/** Everything in which something is chosen, each with an action id of its own. */
export const choosers: readonly ActionsBlockElement[] = [
  { type: "static_select", action_id: "one", placeholder: plain("One size"), options: size },
  {
    type: "multi_static_select",
    action_id: "some",
    placeholder: plain("Some sizes"),
    options: size,
  },
  {
    ...{ type: "external_select", action_id: "city", min_query_length: 1 },
    placeholder: plain("A city"),
  },
  {
    ...{ type: "multi_external_select", action_id: "cities", min_query_length: 1 },
    placeholder: plain("Some cities"),
  },
  { type: "users_select", action_id: "person", placeholder: plain("A person") },
  { type: "multi_users_select", action_id: "people", placeholder: plain("Some people") },
  { type: "channels_select", action_id: "channel", placeholder: plain("A channel") },
  { type: "multi_channels_select", action_id: "channels", placeholder: plain("Some channels") },
  { type: "conversations_select", action_id: "talk", placeholder: plain("A conversation") },
  {
    ...{ type: "multi_conversations_select", action_id: "talks" },
    placeholder: plain("Some conversations"),
  },
  { type: "checkboxes", action_id: "boxes", options: size },
  { type: "radio_buttons", action_id: "way", options: [option("Left"), option("Right")] },
  { type: "datepicker", action_id: "day", placeholder: plain("A day") },
  { type: "timepicker", action_id: "time", placeholder: plain("A time") },
] as ActionsBlockElement[];

/** Everything that is only read, and what stands beside a text. */
export const readers: readonly KnownBlock[] = [
  { type: "header", text: plain("A header") },
  {
    type: "section",
    block_id: "words",
    text: {
      type: "mrkdwn",
      text: "*bold* _slanted_ ~gone~ `code` <@U0ADA000001> <#C0OPS000001> <https://snapshot-cloud.slack.com/a|a link> &lt;!channel&gt;",
    },
    fields: [plain("left"), plain("right")],
    accessory: {
      type: "overflow",
      action_id: "more",
      options: [option("First"), { ...option("Docs"), url: "https://docs.example" }],
    },
  },
  {
    type: "section",
    block_id: "picture",
    text: plain("Beside a picture"),
    accessory: { type: "image", image_url: "https://example.com/a.png", alt_text: "a cat" },
  },
  { type: "divider" },
  {
    type: "context",
    elements: [
      { type: "image", image_url: "https://example.com/b.png", alt_text: "a dog" },
      { type: "mrkdwn", text: "small *print*" },
    ],
  },
  { type: "image", image_url: "https://example.com/c.png", alt_text: "a bird" },
  {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: "<img src=x> ", style: { bold: true } },
          { type: "user", user_id: "U0BEN000001" },
          { type: "link", url: "https://snapshot-cloud.slack.com/b", text: "another link" },
        ],
      },
      {
        type: "rich_text_list",
        style: "ordered",
        elements: [
          { type: "rich_text_section", elements: [{ type: "text", text: "first point" }] },
          { type: "rich_text_section", elements: [{ type: "text", text: "second point" }] },
        ],
      },
      { type: "rich_text_quote", elements: [{ type: "text", text: "as was said" }] },
      { type: "rich_text_preformatted", elements: [{ type: "text", text: "as it is" }] },
    ],
  },
];

/** A button that asks before, and one that opens an address. */
export const buttons: KnownBlock = {
  type: "actions",
  block_id: "buttons",
  elements: [
    {
      type: "button",
      action_id: "ask",
      value: "yes",
      style: "danger",
      text: plain("Ask"),
      confirm: {
        ...{ title: plain("Really?"), text: plain("It cannot be undone.") },
        ...{ confirm: plain("Yes"), deny: plain("No") },
      },
    },
    { type: "button", action_id: "go", text: plain("Open"), url: "https://docs.example/go" },
  ],
};

/** One block for each of the choosers. */
export const asActions: readonly KnownBlock[] = choosers.map((element) => ({
  type: "actions",
  block_id: `b-${element.action_id}`,
  elements: [element],
}));

/** The same as fields of a form, each called after its placeholder. */
export const asInputs = choosers.map((element) => ({
  type: "input" as const,
  block_id: `b-${element.action_id}`,
  optional: true,
  label:
    "placeholder" in element && element.placeholder ? element.placeholder : plain(nameOf(element)),
  element,
})) as KnownBlock[];

function nameOf({ action_id }: ActionsBlockElement): string {
  return action_id === "boxes" ? "Boxes" : "Way";
}
