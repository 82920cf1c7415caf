import type { FormValues } from "../slack/form.ts";
import type { JsonObject } from "../slack/json.ts";
import type { PageState, PageView } from "./state.ts";

/** Everything that the bot can say, for one page. */
export interface Gallery {
  /** The sorts of values that stand in it. */
  readonly sorts: readonly string[];
  readonly names: PageState["names"];
  /** The time at which all of it is read, in milliseconds. */
  readonly now: number;
  readonly items: readonly GalleryItem[];
}

/** One thing that the bot can send. */
export interface GalleryItem {
  /** Names it in an address. */
  readonly id: string;
  readonly builder: string;
  readonly name: string;
  /** The sorts of values that it looks like this with. */
  readonly sorts: readonly string[];
  /** As the bot sends it. */
  readonly body: JsonObject;
  /** The words around the blocks of a view; a message and a home tab have none. */
  readonly view: Pick<PageView, "title" | "submit" | "close"> | null;
  /** What stands in its fields before anybody touches them. */
  readonly values: FormValues;
  /** What is said to be wrong with its fields, by block. */
  readonly errors: Readonly<Record<string, string>>;
}
