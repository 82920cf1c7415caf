import { isObject, type Json, type JsonObject, objectsOf } from "../json.ts";

/** An element of a block that people can act on or fill in, and where it stands. */
export interface Placed {
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly at: string;
  /** Inside an input block, so it is part of the form. */
  readonly isInput: boolean;
}

const isInteractive = (element: JsonObject): boolean =>
  element.type !== "image" && element.type !== "plain_text" && element.type !== "mrkdwn";

/** The interactive elements of blocks, in the order in which they are shown. */
export const placedIn = (blocks: readonly JsonObject[], at = "/blocks"): Placed[] =>
  blocks.flatMap((block, index): Placed[] => {
    const here = `${at}/${index}`;
    const place = (element: unknown, where: string, isInput = false): Placed[] =>
      isObject(element) && isInteractive(element)
        ? [{ block, element, at: `${here}/${where}`, isInput }]
        : [];
    if (block.type === "input") return place(block.element, "element", true);
    if (block.type === "section") return place(block.accessory, "accessory");
    if (block.type === "actions" || block.type === "context_actions") {
      return objectsOf(block.elements).flatMap((one, n) => place(one, `elements/${n}`));
    }
    return [];
  });

/** Calls `visit` with every object inside a value, the value itself included. */
export const visitObjects = (
  value: Json | undefined,
  visit: (object: JsonObject, at: string) => void,
  at = "",
): void => {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) visitObjects(one, visit, `${at}/${index}`);
  } else if (isObject(value)) {
    visit(value, at);
    for (const [key, one] of Object.entries(value)) visitObjects(one, visit, `${at}/${key}`);
  }
};
