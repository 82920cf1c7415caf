import type { FormValues } from "../../../slack/form.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import type { PageState } from "../../state.ts";
import type { Outcome } from "../net.ts";

/** Where blocks stand, a message or a view, and what happens when somebody uses them. */
export interface Surface {
  /** Begins the ids of the elements. */
  readonly id: string;
  readonly reader: Reader;
  readonly names: PageState["names"];
  /** What stands in the fields. */
  readonly values: FormValues;
  press(action: string, text: string): Promise<Outcome>;
  /** Chooses options by their texts. `typed`: what was looked for. */
  choose(
    block: string,
    action: string,
    options: readonly string[],
    typed?: string,
  ): Promise<Outcome>;
  type(block: string, action: string, value: string): void;
  enter(block: string, action: string): void;
  suggest(block: string, action: string, typed: string): Promise<Outcome>;
}
