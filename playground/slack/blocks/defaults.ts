import { newShortId } from "../ids.ts";
import { isObject, type Json, type JsonObject, objectsOf } from "../json.ts";

const withTextDefaults = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withTextDefaults);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) copy[key] = withTextDefaults(member);
  if (copy.type === "plain_text" && typeof copy.text === "string") copy.emoji ??= true;
  if (copy.type === "mrkdwn" && typeof copy.text === "string") copy.verbatim ??= false;
  return copy;
};

const named = (element: Json | undefined): JsonObject | undefined => {
  if (!isObject(element)) return undefined;
  const isShown = ["image", "plain_text", "mrkdwn"].includes(String(element.type));
  return isShown ? element : { action_id: newShortId(), ...element };
};

const withIds = (block: JsonObject): JsonObject => {
  const copy: JsonObject = { block_id: newShortId(), ...block };
  const accessory = named(block.accessory);
  if (accessory !== undefined) copy.accessory = accessory;
  const element = named(block.element);
  if (element !== undefined) copy.element = element;
  if (block.type === "actions" || block.type === "context_actions") {
    copy.elements = objectsOf(block.elements).map((one) => named(one) ?? one);
  }
  if (block.type === "input") {
    copy.optional ??= false;
    copy.dispatch_action ??= false;
  }
  return copy;
};

/** A text as Slack keeps it, with its defaults said. */
export const withDefaults = (value: Json): Json => withTextDefaults(value);

/** Blocks as Slack keeps them: every default said, and ids where there were none. */
export const blocksWithDefaults = (blocks: readonly JsonObject[]): JsonObject[] =>
  blocks.map((block) => withIds(withTextDefaults(block) as JsonObject));
