import { boolean, type Check, integer, type Rule, shape, string } from "./check.ts";
import { confirmation, dispatchActionConfig, plainText } from "./composition.ts";

export type Checks = Readonly<Record<string, Check>>;

const type: Checks = { type: string(50) };
/** What every element, and certain kinds of elements, may have. */
export const named: Checks = { action_id: string(255) };
export const confirmed: Checks = { ...named, confirm: confirmation };
export const focused: Checks = { ...named, focus_on_load: boolean };
export const typed: Checks = {
  ...focused,
  placeholder: plainText(150),
  dispatch_action_config: dispatchActionConfig,
};
export const menu: Checks = { ...confirmed, ...focused, placeholder: plainText(150) };
export const several: Checks = { ...menu, max_selected_items: integer(1, 1e9) };

/** An element with these members and no others. */
export const element = (required: Checks, optional: Checks, ...rules: readonly Rule[]): Check =>
  shape({ ...type, ...required }, optional, ...rules);
