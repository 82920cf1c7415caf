import { isObject, type JsonObject, objectsOf, own, sameJson } from "../json.ts";
import { boolean, type Check, list, must, oneOf, type Rule, shape, string } from "./check.ts";

/** What `plain_text` may have beside its text, and what `mrkdwn` may. */
const extras: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  plain_text: { emoji: boolean },
  mrkdwn: { verbatim: boolean },
};

const textObject =
  (allowed: readonly string[], max: number): Check =>
  (value, at, report) => {
    const type = typeof value === "object" && value !== null && "type" in value ? value.type : "";
    const extra =
      typeof type === "string" && allowed.includes(type) ? own(extras, type) : undefined;
    shape({ type: oneOf(...allowed), text: string(max) }, extra)(value, at, report);
  };

/** A text that is shown as it is. */
export const plainText = (max = 3000): Check => textObject(["plain_text"], max);

/** A text that may be marked up. */
export const anyText = (max = 3000): Check => textObject(["plain_text", "mrkdwn"], max);

/** The question before something is done. */
export const confirmation: Check = shape(
  {
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
  },
  { style: oneOf("primary", "danger") },
);

/** Options of a menu say plain text; those of radio buttons and checkboxes may be marked up. */
export const option = (text: Check, description: Check): Check =>
  shape({ text, value: string(150) }, { description });

export const menuOption: Check = option(plainText(75), plainText(75));
export const listedOption: Check = option(anyText(75), anyText(75));
export const overflowOption: Check = shape(
  { text: plainText(75), value: string(150) },
  { description: plainText(75), url: string(3000) },
);

export const optionGroup: Check = shape({ label: plainText(75), options: list(menuOption, 100) });

/** When typing is reported before the form is sent. */
export const dispatchActionConfig: Check = shape(
  {},
  { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 2) },
);

/** Every option of an element, with or without groups. */
export const optionsOf = (element: JsonObject): JsonObject[] => [
  ...objectsOf(element.options),
  ...objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options)),
];

const isAmong = (element: JsonObject, wanted: JsonObject): boolean =>
  optionsOf(element).some((one) => sameJson(one, wanted));

/** What is chosen at first must be one of the options, to the letter. */
export const initialOptionExists: Rule = must(
  "must exactly match one of the options",
  (element) => !isObject(element.initial_option) || isAmong(element, element.initial_option),
  "/initial_option",
);

export const initialOptionsExist: Rule = must(
  "must exactly match options of the element",
  (element) => objectsOf(element.initial_options).every((wanted) => isAmong(element, wanted)),
  "/initial_options",
);

export const optionsOrGroups: Rule = must(
  "must define either `options` or `option_groups`",
  (element) => (element.options === undefined) !== (element.option_groups === undefined),
);
