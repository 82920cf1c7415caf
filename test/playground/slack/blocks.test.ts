import { describe, expect, test } from "@jest/globals";
import type { Button, InputBlock, KnownBlock, View } from "@slack/types";
import type { Surface } from "../../../playground/slack/blocks/check.ts";
import {
  complaintsAboutMessage,
  complaintsAboutView,
  isTooLarge,
  messageError,
  worded,
} from "../../../playground/slack/blocks/validate.ts";
import type { Json, JsonObject } from "../../../playground/slack/json.ts";

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** What Slack says about blocks on a surface. */
const about = (blocks: unknown, surface: Surface = "message"): string[] => {
  if (surface === "message") return worded(complaintsAboutMessage(asJson(blocks)));
  const view = surface === "home" ? { type: "home", blocks } : { ...aModal, blocks };
  return worded(complaintsAboutView(asJson(view), surface));
};

const letters = (count: number): string => "x".repeat(count);
const plain = (text: string) => ({ type: "plain_text" as const, text });
const mrkdwn = (text: string) => ({ type: "mrkdwn" as const, text });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const option = (text: string, value = text) => ({ text: plain(text), value });
const aButton: Button = { type: "button", action_id: "go", text: plain("Go") };
const actions = (...elements: object[]) => [{ type: "actions", elements }];
const input = (element: object, more: object = {}) => [
  { type: "input", label: plain("Label"), element, ...more },
];
const aModal = { type: "modal", title: plain("Title"), submit: plain("Save"), blocks: [] };
const confirm = {
  title: plain("Sure?"),
  text: plain("Really?"),
  confirm: plain("Yes"),
  deny: plain("No"),
};

test("blocks as the official types describe them are taken", () => {
  const forMessages: KnownBlock[] = [
    { type: "header", text: plain(letters(150)) },
    { type: "section", text: mrkdwn(letters(3000)), accessory: { ...aButton, confirm } },
    { type: "section", fields: many(10, () => mrkdwn(letters(2000))), expand: true },
    {
      type: "section",
      text: plain("Image"),
      accessory: { type: "image", image_url: "https://img.example", alt_text: "x" },
    },
    { type: "context", elements: many(10, () => mrkdwn("x")) },
    { type: "divider", block_id: letters(255) },
    { type: "image", image_url: "https://img.example", alt_text: "x", title: plain("T") },
    { type: "actions", elements: many(25, (n) => ({ ...aButton, action_id: `${n}` })) },
    {
      type: "actions",
      elements: [
        { type: "overflow", options: [option("One")] },
        { type: "datepicker", initial_date: "2026-11-21" },
        { type: "timepicker", initial_time: "23:59" },
        { type: "datetimepicker", initial_date_time: 1_700_000_000 },
        { type: "static_select", options: [option("One")], initial_option: option("One") },
        { type: "external_select", min_query_length: 0, placeholder: plain("Pick") },
        { type: "radio_buttons", options: [{ text: mrkdwn("*One*"), value: "1" }] },
      ],
    },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "<!channel>", style: { bold: true, code: true } },
            { type: "user", user_id: "U0ADA000001" },
            { type: "date", timestamp: 1, format: "{date}", fallback: "then" },
            { type: "emoji", name: "wave" },
          ],
        },
        {
          type: "rich_text_list",
          style: "bullet",
          indent: 1,
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "x" }] }],
        },
        { type: "rich_text_quote", elements: [{ type: "text", text: "x" }] },
        { type: "rich_text_preformatted", border: 1, elements: [{ type: "text", text: "x" }] },
      ],
    },
    {
      type: "table",
      column_settings: [{ align: "right", is_wrapped: true }],
      rows: [
        [
          { type: "raw_text", text: "a" },
          { type: "raw_number", value: 1, text: "1" },
        ],
      ],
    },
    { type: "markdown", text: "# Hi" },
  ];
  const elements: InputBlock["element"][] = [
    { type: "plain_text_input", multiline: true, min_length: 0, max_length: 3000 },
    { type: "number_input", is_decimal_allowed: false, min_value: "1", max_value: "9" },
    { type: "email_text_input", focus_on_load: true },
    { type: "url_text_input", placeholder: plain(letters(150)) },
    { type: "checkboxes", options: many(10, (n) => option(`${n}`)) },
    { type: "multi_static_select", options: [option("One")], max_selected_items: 1 },
    {
      type: "static_select",
      option_groups: [{ label: plain("Group"), options: [option("One")] }],
      initial_option: option("One"),
    },
    { type: "users_select" },
    { type: "conversations_select", filter: { include: ["public"] } },
    { type: "file_input", max_files: 1 },
  ];
  const forForms: InputBlock[] = elements.map((element) => ({
    type: "input",
    label: plain("Label"),
    hint: plain("Hint"),
    element,
  }));

  expect(about(forMessages)).toEqual([]);
  expect(
    about([...forForms, { type: "alert", text: mrkdwn("x"), level: "info" }], "modal"),
  ).toEqual([]);
});

test.each<[rule: string, blocks: object[], complaint: string]>([
  ["an unknown block", [{ type: "card" }], "unsupported type: card [json-pointer:/blocks/0/type]"],
  [
    "a block called like something that every object has",
    [{ type: "constructor" }],
    "unsupported type: constructor [json-pointer:/blocks/0/type]",
  ],
  ["no type", [{}], "missing required field: type [json-pointer:/blocks/0]"],
  [
    "an unknown property",
    [{ type: "divider", style: "thick" }],
    "invalid additional property: style [json-pointer:/blocks/0]",
  ],
  [
    "a long block id",
    [{ type: "divider", block_id: letters(256) }],
    "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
  ],
  [
    "the same block id twice",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    "51 blocks",
    many(51, () => ({ type: "divider" })),
    "no more than 50 items allowed [json-pointer:/blocks]",
  ],
  [
    "a long header",
    [{ type: "header", text: plain(letters(151)) }],
    "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "a header that is marked up",
    [{ type: "header", text: mrkdwn("x") }],
    "must be a valid enum value [json-pointer:/blocks/0/text/type]",
  ],
  [
    "a text that is a string",
    [{ type: "section", text: "x" }],
    "must provide an object [json-pointer:/blocks/0/text]",
  ],
  [
    "an empty text",
    [{ type: "section", text: mrkdwn("") }],
    "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "a long text",
    [{ type: "section", text: mrkdwn(letters(3001)) }],
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "emoji in mrkdwn",
    [{ type: "section", text: { ...mrkdwn("x"), emoji: true } }],
    "invalid additional property: emoji [json-pointer:/blocks/0/text]",
  ],
  [
    "a section without anything",
    [{ type: "section" }],
    "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
  ],
  [
    "eleven fields",
    [{ type: "section", fields: many(11, () => plain("x")) }],
    "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
  ],
  [
    "no fields",
    [{ type: "section", fields: [] }],
    "no fewer than 1 items allowed [json-pointer:/blocks/0/fields]",
  ],
  [
    "a long field",
    [{ type: "section", fields: [plain(letters(2001))] }],
    "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
  ],
  [
    "an input as an accessory",
    [{ type: "section", text: plain("x"), accessory: { type: "plain_text_input" } }],
    "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
  ],
  [
    "eleven elements of a context",
    [{ type: "context", elements: many(11, () => plain("x")) }],
    "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
  ],
  [
    "a button in a context",
    [{ type: "context", elements: [aButton] }],
    "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
  ],
  [
    "26 actions",
    actions(...many(26, (n) => ({ ...aButton, action_id: `${n}` }))),
    "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
  ],
  [
    "the same action id twice in a block",
    actions(aButton, aButton),
    '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    "an image that nobody can hear",
    [{ type: "image", image_url: "https://img.example" }],
    "missing required field: alt_text [json-pointer:/blocks/0]",
  ],
  [
    "a long button",
    actions({ ...aButton, text: plain(letters(76)) }),
    "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
  ],
  [
    "a long value",
    actions({ ...aButton, value: letters(2001) }),
    "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
  ],
  [
    "a style that is none",
    actions({ ...aButton, style: "warning" }),
    "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
  ],
  [
    "a long address",
    actions({ ...aButton, url: letters(3001) }),
    "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
  ],
  [
    "a long question",
    actions({ ...aButton, confirm: { ...confirm, text: plain(letters(301)) } }),
    "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
  ],
  [
    "a question without a no",
    actions({ ...aButton, confirm: { title: plain("T"), text: plain("t"), confirm: plain("Y") } }),
    "missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]",
  ],
  [
    "null in place of nothing",
    actions({ type: "static_select", options: [option("One")], initial_option: null }),
    "must provide an object [json-pointer:/blocks/0/elements/0/initial_option]",
  ],
  [
    "101 options",
    actions({ type: "static_select", options: many(101, (n) => option(`${n}`)) }),
    "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "no options",
    actions({ type: "static_select", options: [] }),
    "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "options and groups",
    actions({
      type: "static_select",
      options: [option("One")],
      option_groups: [{ label: plain("G"), options: [option("One")] }],
    }),
    "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
  ],
  [
    "a long option",
    actions({ type: "static_select", options: [option(letters(76), "v")] }),
    "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
  ],
  [
    "a long value of an option",
    actions({ type: "static_select", options: [option("One", letters(151))] }),
    "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
  ],
  [
    "a first choice that is not on offer",
    actions({
      type: "static_select",
      options: [option("One", "1")],
      initial_option: option("One", "2"),
    }),
    "must exactly match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
  ],
  [
    "six entries of a small menu",
    actions({ type: "overflow", options: many(6, (n) => option(`${n}`)) }),
    "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "eleven radio buttons",
    actions({ type: "radio_buttons", options: many(11, (n) => option(`${n}`)) }),
    "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "a date that is none",
    actions({ type: "datepicker", initial_date: "21.11.2026" }),
    "must be a valid date [json-pointer:/blocks/0/elements/0/initial_date]",
  ],
  [
    "a form in a message",
    input({ type: "plain_text_input" }),
    "unsupported type: input [json-pointer:/blocks/0/type]",
  ],
  [
    "rich text without a text",
    [
      {
        type: "rich_text",
        elements: [{ type: "rich_text_section", elements: [{ type: "text" }] }],
      },
    ],
    "missing required field: text [json-pointer:/blocks/0/elements/0/elements/0]",
  ],
  [
    "101 rows",
    [{ type: "table", rows: many(101, () => [{ type: "raw_text", text: "x" }]) }],
    "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
  ],
  [
    "21 cells",
    [{ type: "table", rows: [many(21, () => ({ type: "raw_text", text: "x" }))] }],
    "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
  ],
])("%s is refused in a message", (_, blocks, complaint) => {
  expect(about(blocks)).toEqual([complaint]);
});

test.each<[rule: string, blocks: object[], complaint: string]>([
  [
    "101 blocks",
    many(101, () => ({ type: "divider" })),
    "no more than 100 items allowed [json-pointer:/view/blocks]",
  ],
  [
    "a table",
    [{ type: "table", rows: [[{ type: "raw_text", text: "x" }]] }],
    "unsupported type: table [json-pointer:/view/blocks/0/type]",
  ],
  [
    "a label that is marked up",
    [{ type: "input", label: mrkdwn("x"), element: { type: "plain_text_input" } }],
    "must be a valid enum value [json-pointer:/view/blocks/0/label/type]",
  ],
  [
    "a long hint",
    input({ type: "plain_text_input" }, { hint: plain(letters(2001)) }),
    "must be less than 2001 characters [json-pointer:/view/blocks/0/hint/text]",
  ],
  [
    "a long placeholder",
    input({ type: "plain_text_input", placeholder: plain(letters(151)) }),
    "must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]",
  ],
  [
    "a button in a form",
    input(aButton),
    "unsupported type: button [json-pointer:/view/blocks/0/element/type]",
  ],
  [
    "room for 3001 letters",
    input({ type: "plain_text_input", max_length: 3001 }),
    "must be less than or equal to 3000 [json-pointer:/view/blocks/0/element/max_length]",
  ],
  [
    "more at least than at most",
    input({ type: "plain_text_input", min_length: 3, max_length: 2 }),
    "`min_length` must not be greater than `max_length` [json-pointer:/view/blocks/0/element]",
  ],
  [
    "a number that may or may not be whole",
    input({ type: "number_input" }),
    "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]",
  ],
  [
    "two places to begin",
    [1, 2].flatMap(() => input({ type: "plain_text_input", focus_on_load: true })),
    "only one element can have `focus_on_load` set to true [json-pointer:/view/blocks/1/element/focus_on_load]",
  ],
])("%s is refused in a modal", (_, blocks, complaint) => {
  expect(about(blocks, "modal")).toEqual([complaint]);
});

describe("a view", () => {
  const aboutView = (more: object, surface: "modal" | "home" = "modal") =>
    worded(complaintsAboutView(asJson({ ...aModal, ...more }), surface));

  test("may be as large as this, and no larger", () => {
    const largest: View = {
      type: "modal",
      title: plain(letters(24)),
      submit: plain(letters(24)),
      close: plain(letters(24)),
      private_metadata: letters(3000),
      callback_id: letters(255),
      external_id: letters(255),
      clear_on_close: true,
      notify_on_close: true,
      blocks: many(100, () => ({ type: "divider" })),
    };

    expect(worded(complaintsAboutView(asJson(largest), "modal"))).toEqual([]);
    expect(isTooLarge(asJson({ blocks: letters(249_000) }))).toBe(false);
    expect(isTooLarge(asJson({ blocks: letters(250_000) }))).toBe(true);
  });

  test.each([
    [
      { title: plain(letters(25)) },
      "must be less than 25 characters [json-pointer:/view/title/text]",
    ],
    [{ title: undefined }, "missing required field: title [json-pointer:/view]"],
    [
      { submit: plain(letters(25)) },
      "must be less than 25 characters [json-pointer:/view/submit/text]",
    ],
    [
      { private_metadata: letters(3001) },
      "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ],
    [
      { callback_id: letters(256) },
      "must be less than 256 characters [json-pointer:/view/callback_id]",
    ],
    [{ state: {} }, "invalid additional property: state [json-pointer:/view]"],
    [
      { submit: undefined, blocks: input({ type: "plain_text_input" }) },
      "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
    ],
  ])("is refused when it is like %j", (more, complaint) => {
    expect(aboutView(more)).toEqual([complaint]);
  });

  test("for the home tab has no title and no buttons of its own", () => {
    expect(about([{ type: "divider" }], "home")).toEqual([]);
    expect(aboutView({ type: "home" }, "home")).toEqual([
      "invalid additional property: title [json-pointer:/view]",
      "invalid additional property: submit [json-pointer:/view]",
    ]);
    expect(aboutView({ type: "home", title: undefined, submit: undefined })).toContain(
      "must be a valid enum value [json-pointer:/view/type]",
    );
  });
});

test("a message has one table at most, and not too much markdown", () => {
  const table: JsonObject = { type: "table", rows: [] };
  const markdown = (length: number): JsonObject => ({ type: "markdown", text: letters(length) });

  expect(messageError([table])).toBeUndefined();
  expect(messageError([table, table])).toBe("only_one_table_allowed");
  expect(messageError([markdown(6000), markdown(6000)])).toBeUndefined();
  expect(messageError([markdown(6000), markdown(6001)])).toBe("msg_blocks_too_long");
});
