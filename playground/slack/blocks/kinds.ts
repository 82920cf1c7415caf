import {
  boolean,
  type Check,
  kinds,
  list,
  must,
  oneOf,
  only,
  type Rule,
  shape,
  string,
} from "./check.ts";
import { anyText, plainText } from "./composition.ts";
import { button, choices, datetimepicker, feedback, image, overflow } from "./elements.ts";
import { richText } from "./rich-text.ts";
import { writing } from "./writing.ts";

type Checks = Readonly<Record<string, Check>>;

const block = (required: Checks, optional: Checks = {}, ...rules: readonly Rule[]): Check =>
  shape({ type: string(50), ...required }, { block_id: string(255), ...optional }, ...rules);

const accessory = kinds({ button, image, overflow, ...choices });
const action = kinds({ button, overflow, datetimepicker, ...choices });
const input = kinds({ datetimepicker, ...choices, ...writing });
const inContext = kinds({ image, plain_text: plainText(), mrkdwn: anyText() });
const cell = kinds({
  raw_text: shape({ type: string(50), text: string(Number.POSITIVE_INFINITY) }),
  raw_number: shape({
    type: string(50),
    value: (value, at, report) => {
      if (typeof value !== "number")
        report.complaints.push({ message: "must provide a number", at });
    },
    text: string(Number.POSITIVE_INFINITY),
  }),
  rich_text: richText,
});

/**
 * The blocks that every workspace knows. The newest kinds (cards, carousels, containers, plans,
 * data tables, videos) are not there for everybody yet, so they are refused here as in a workspace
 * that does not have them.
 */
export const anyBlock: Check = kinds({
  actions: block({ elements: list(action, 25) }),
  alert: only(
    ["modal"],
    block({ text: anyText() }, { level: oneOf("default", "info", "warning", "error", "success") }),
  ),
  context: block({ elements: list(inContext, 10) }),
  context_actions: only(["message"], block({ elements: list(kinds(feedback), 5) })),
  divider: block({}),
  header: block({ text: plainText(150) }),
  image: block(
    { alt_text: string(2000) },
    {
      title: plainText(2000),
      image_url: string(3000),
      slack_file: shape({}, { url: string(3000), id: string(255) }),
    },
    must(
      "must define either `image_url` or `slack_file`",
      (value) => (value.image_url === undefined) !== (value.slack_file === undefined),
    ),
  ),
  input: only(
    ["modal", "home"],
    block(
      { label: plainText(2000), element: input },
      { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
    ),
  ),
  markdown: only(["message"], block({ text: string(12_000) })),
  rich_text: richText,
  section: block(
    {},
    { text: anyText(3000), fields: list(anyText(2000), 10), accessory, expand: boolean },
    must(
      "must define either `text` or `fields`",
      (value) => value.text !== undefined || value.fields !== undefined,
      "/type",
    ),
  ),
  table: only(
    ["message"],
    block(
      { rows: list(list(cell, 20), 100) },
      {
        column_settings: list(
          shape({}, { align: oneOf("left", "center", "right"), is_wrapped: boolean }),
          20,
        ),
      },
    ),
  ),
});
