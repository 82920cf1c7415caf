import {
  boolean,
  type Check,
  integer,
  list,
  matching,
  must,
  oneOf,
  only,
  shape,
  string,
} from "./check.ts";
import {
  initialOptionExists,
  initialOptionsExist,
  listedOption,
  menuOption,
  optionGroup,
  optionsOrGroups,
  overflowOption,
  plainText,
} from "./composition.ts";
import { type Checks, confirmed, element, focused, menu, named, several } from "./element.ts";

const options: Checks = { options: list(menuOption, 100), option_groups: list(optionGroup, 100) };
const id = string(255);
const conversationFilter = shape(
  {},
  {
    include: list(oneOf("im", "mpim", "private", "public"), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  must("no fewer than 1 properties allowed", (filter) => Object.keys(filter).length > 0),
);
const conversations: Checks = {
  default_to_current_conversation: boolean,
  filter: conversationFilter,
};

/** An image, which Slack fetches at once. */
export const image: Check = element(
  { alt_text: string(2000) },
  { image_url: string(3000), slack_file: shape({}, { url: string(3000), id }) },
  must(
    "must define either `image_url` or `slack_file`",
    (value) => (value.image_url === undefined) !== (value.slack_file === undefined),
  ),
);

export const button: Check = element(
  { text: plainText(75) },
  {
    ...confirmed,
    value: string(2000, 0),
    url: string(3000),
    style: oneOf("primary", "danger"),
    accessibility_label: string(75),
  },
);

/** What can be chosen, in a section, in actions and in an input alike. */
export const choices: Checks = {
  checkboxes: element(
    { options: list(listedOption, 10) },
    { ...confirmed, ...focused, initial_options: list(listedOption, 10) },
    initialOptionsExist,
  ),
  radio_buttons: element(
    { options: list(listedOption, 10) },
    { ...confirmed, ...focused, initial_option: listedOption },
    initialOptionExists,
  ),
  datepicker: element(
    {},
    { ...menu, initial_date: matching(/^\d{4}-\d\d-\d\d$/, "must be a valid date") },
  ),
  timepicker: element(
    {},
    {
      ...menu,
      initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a valid time"),
      timezone: string(255),
    },
  ),
  static_select: element(
    {},
    { ...menu, ...options, initial_option: menuOption },
    optionsOrGroups,
    initialOptionExists,
  ),
  external_select: element(
    {},
    { ...menu, initial_option: menuOption, min_query_length: integer(0, 1e9) },
  ),
  users_select: element({}, { ...menu, initial_user: id }),
  conversations_select: element(
    {},
    { ...menu, ...conversations, initial_conversation: id, response_url_enabled: boolean },
  ),
  channels_select: element({}, { ...menu, initial_channel: id, response_url_enabled: boolean }),
  multi_static_select: element(
    {},
    { ...several, ...options, initial_options: list(menuOption, 100) },
    optionsOrGroups,
    initialOptionsExist,
  ),
  multi_external_select: element(
    {},
    { ...several, initial_options: list(menuOption, 100), min_query_length: integer(0, 1e9) },
  ),
  multi_users_select: element({}, { ...several, initial_users: list(id, 100) }),
  multi_conversations_select: element(
    {},
    { ...several, ...conversations, initial_conversations: list(id, 100) },
  ),
  multi_channels_select: element({}, { ...several, initial_channels: list(id, 100) }),
};

export const datetimepicker: Check = only(
  ["modal", "message"],
  element(
    {},
    { ...confirmed, ...focused, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
);

export const overflow: Check = element({ options: list(overflowOption, 5) }, confirmed);

const feedbackButton = shape(
  { text: plainText(75), value: string(2000) },
  { accessibility_label: string(75) },
);

/** The small ones below an answer. */
export const feedback: Checks = {
  feedback_buttons: element(
    { positive_button: feedbackButton, negative_button: feedbackButton },
    named,
  ),
  icon_button: element(
    { icon: oneOf("trash"), text: plainText(75) },
    {
      ...confirmed,
      value: string(2000),
      accessibility_label: string(75),
      visible_to_user_ids: list(id, 100),
    },
  ),
};
