import type { Json } from "../../../slack/json.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import type { Fields } from "../fields.ts";
import type { Outcome } from "../net.ts";

/** Where blocks stand, a message or a view, and what happens when somebody uses them. */
export interface Surface {
  /** Begins the ids of the elements. */
  readonly id: string;
  readonly reader: Reader;
  /** What stands in the fields. */
  readonly fields: Fields;
  /** Presses a button, or chooses an entry of a `…` menu. */
  press(block: string, action: string, entry?: Json): Promise<Outcome>;
  enter(block: string, action: string): Promise<Outcome>;
  suggest(block: string, action: string, typed: string): Promise<Outcome>;
}

/** The ids of a block and of an element in it. */
export type Ids = readonly [block: string, action: string];

/** The id of an element in the page: without blanks, so that others can name it. */
export const elementId = ({ id }: Surface, ids: Ids): string =>
  [id, ...ids.map(encodeURIComponent)].join("-");
