import { asString, isObject, type Json, type JsonObject } from "../../../slack/json.ts";
import { isAgreed } from "./confirm.ts";
import { drawList } from "./list.ts";
import { drawLookup } from "./lookup.ts";
import { tellOutcome } from "./outcome.ts";
import { drawSelect } from "./select.ts";
import type { Ids, Surface } from "./surface.ts";

type Named = Readonly<Record<string, string>>;

/** An element in which something is chosen. */
export interface Choosing {
  readonly ids: Ids;
  readonly element: JsonObject;
  /** Nothing may be chosen. */
  readonly isOptional: boolean;
  /** Its id, and what it is called for those who do not see it. */
  readonly named: Named;
  /** Chooses; if it is taken back, what stood there before is shown again. */
  readonly choose: (value: Json, field: HTMLElement) => Promise<void>;
}

/** Whether the element offers a choice. */
export const isChoice = ({ type }: JsonObject): boolean =>
  /select$|^checkboxes$|^radio_buttons$/.test(asString(type));

/** A menu, radio buttons or checkboxes. */
export function drawChoice(
  block: JsonObject,
  element: JsonObject,
  surface: Surface,
  named: Named,
): HTMLElement {
  const ids: Ids = [asString(block.block_id), asString(element.action_id)];
  const { fields, reader } = surface;
  const choose = async (value: Json, field: HTMLElement): Promise<void> => {
    const { confirm } = element;
    const isSure = !isObject(confirm) || (await isAgreed(confirm, reader));
    if (isSure) tellOutcome(field, await fields.put(...ids, value));
    else fields.refresh(...ids);
  };
  const isOptional = block.type === "input" && block.optional === true;
  const choosing: Choosing = { ids, element, isOptional, named, choose };
  const type = asString(element.type);
  if (type === "checkboxes" || type === "radio_buttons") return drawList(surface, choosing);
  return type === "static_select" ? drawSelect(surface, choosing) : drawLookup(surface, choosing);
}
