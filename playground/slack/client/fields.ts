import { type Placed, placedIn } from "../blocks/walk.ts";
import { asObject, asString, type JsonObject } from "../json.ts";

const textIn = (value: unknown): string => asString(asObject(value).text);

/** The words by which a person knows an element: its label, the text beside it, or its hint. */
export const namesOf = ({ block, element }: Placed): string[] =>
  [
    textIn(block.label),
    textIn(block.text),
    textIn(element.placeholder),
    asString(element.action_id),
  ].filter((name) => name !== "");

/** The name to show for an element. */
export const labelOf = (placed: Placed): string => namesOf(placed)[0] ?? "";

/** The element that the person means; the closest meaning of the name wins. */
export function fieldNamed(blocks: readonly JsonObject[], name: string): Placed {
  const fields = placedIn(blocks).filter(({ element }) => element.type !== "button");
  for (let rank = 0; rank < 4; rank += 1) {
    const found = fields.filter((placed) => namesOf(placed)[rank] === name);
    if (found.length > 1) throw new Error(`"${name}" is the name of ${found.length} fields`);
    if (found[0] !== undefined) return found[0];
  }
  const labels = fields.map((placed) => JSON.stringify(labelOf(placed))).join(", ");
  throw new Error(`there is no field "${name}" to see, only: ${labels || "none at all"}`);
}
