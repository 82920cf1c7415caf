import { asString, isObject, type Json, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { isAgreed } from "./confirm.ts";
import { localTime, momentOf } from "./local-time.ts";
import { tellOutcome } from "./outcome.ts";
import type { Ids, Surface } from "./surface.ts";

const KINDS: Readonly<Record<string, string>> = {
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

/** Whether the element asks for a date or a time. */
export const isDate = ({ type }: JsonObject): boolean => Object.hasOwn(KINDS, asString(type));

/** A field for a date, a time, or both: these in the reader's time zone. */
export function drawDate(
  block: JsonObject,
  element: JsonObject,
  { fields, reader }: Surface,
  named: Readonly<Record<string, string>>,
): HTMLElement {
  const ids: Ids = [asString(block.block_id), asString(element.action_id)];
  const isMoment = element.type === "datetimepicker";
  const input = h("input", { type: KINDS[asString(element.type)] ?? "text", ...named });
  const show = (value: Json): void => {
    const text = typeof value === "number" ? localTime(value, reader.timeZone) : asString(value);
    if (input.value !== text) input.value = text;
  };
  fields.follow(...ids, show);
  input.addEventListener("change", async () => {
    const { confirm } = element;
    if (isObject(confirm) && !(await isAgreed(confirm, reader))) {
      show(fields.value(...ids));
      return;
    }
    const given = input.value;
    const text = isMoment && given !== "" ? `${momentOf(given, reader.timeZone)}` : given;
    tellOutcome(input, await fields.put(...ids, text));
  });
  return input;
}
