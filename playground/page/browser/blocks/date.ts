import { asObject, asString, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import type { Surface } from "./surface.ts";

const KINDS: Readonly<Record<string, readonly [type: string, key: string]>> = {
  datepicker: ["date", "selected_date"],
  timepicker: ["time", "selected_time"],
};

/** Whether the element asks for a date or a time. */
export const isDate = ({ type }: JsonObject): boolean => Object.hasOwn(KINDS, asString(type));

/** A field for a date or a time. */
export function drawDate(
  block: JsonObject,
  element: JsonObject,
  surface: Surface,
  named: Readonly<Record<string, string>>,
): HTMLElement {
  const [type, key] = KINDS[asString(element.type)] ?? ["text", "value"];
  const [blockId, actionId] = [asString(block.block_id), asString(element.action_id)];
  const slot = asObject(surface.values[blockId]?.[actionId]);
  const input = h("input", { type, ...named });
  input.value = asString(slot[key]);
  input.addEventListener("change", () => surface.type(blockId, actionId, input.value));
  return input;
}
