import { asString } from "../json.ts";
import { boolean, integer, list, matching, must, only, type Rule, string } from "./check.ts";
import { type Checks, element, named, typed } from "./element.ts";
import { richText } from "./rich-text.ts";

const number = matching(/^-?\d+(\.\d+)?$/, "must be a valid number");

const lengthsAgree: Rule = must(
  "`min_length` must not be greater than `max_length`",
  (value) =>
    typeof value.min_length !== "number" ||
    typeof value.max_length !== "number" ||
    value.min_length <= value.max_length,
);

const valuesAgree: Rule = must(
  "`min_value` must not be greater than `max_value`",
  (value) =>
    value.min_value === undefined ||
    value.max_value === undefined ||
    Number(asString(value.min_value)) <= Number(asString(value.max_value)),
);

/** What is typed; only an input block can hold it. */
export const writing: Checks = {
  plain_text_input: element(
    {},
    {
      ...typed,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    lengthsAgree,
  ),
  email_text_input: only(["modal"], element({}, { ...typed, initial_value: string(3000, 0) })),
  url_text_input: only(["modal"], element({}, { ...typed, initial_value: string(3000, 0) })),
  number_input: only(
    ["modal"],
    element(
      { is_decimal_allowed: boolean },
      { ...typed, initial_value: number, min_value: number, max_value: number },
      valuesAgree,
    ),
  ),
  rich_text_input: element(
    {},
    {
      ...typed,
      initial_value: richText,
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    },
  ),
  file_input: only(
    ["modal"],
    element({}, { ...named, filetypes: list(string(50), 100), max_files: integer(1, 10) }),
  ),
};
