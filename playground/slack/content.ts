import { blocksWithDefaults } from "./blocks/defaults.ts";
import {
  complaintsAboutMessage,
  complaintsAboutView,
  isTooLarge,
  messageError,
  worded,
} from "./blocks/validate.ts";
import type { Core } from "./core.ts";
import { asObject, isObject, type Json, type JsonObject, objectsOf } from "./json.ts";

const TEXT_LIMIT = 40_000;

/** Why Slack does not take what the bot wants to show. */
export interface Refusal {
  readonly error: string;
  /** What is wrong with which block, in Slack's words. */
  readonly errors: readonly string[];
}

/** What a message says, checked and with Slack's defaults. */
export interface Content {
  /** `undefined` if nothing was sent, which is not the same as empty. */
  readonly text: string | undefined;
  readonly blocks: readonly JsonObject[] | undefined;
  readonly isTruncated: boolean;
}

export const isRefusal = (value: Content | Refusal | JsonObject): value is Refusal =>
  "error" in value && "errors" in value;

const refuse = (error: string, errors: readonly string[] = []): Refusal => ({ error, errors });

/**
 * Checks what a message is to say. Blocks that Slack refuses and texts of others that came alive
 * are written down as violations, whatever the bot makes of the answer.
 */
export function readContent(
  core: Core,
  given: { readonly text?: Json | undefined; readonly blocks?: Json | undefined },
  origin: string,
): Content | Refusal {
  const violate = (what: string): void => core.journal.violate(`${origin}: ${what}`);
  const blocks = given.blocks ?? undefined;
  if (blocks !== undefined) {
    if (!Array.isArray(blocks)) {
      violate("blocks that are no list");
      return refuse("invalid_blocks_format");
    }
    const errors = worded(complaintsAboutMessage(blocks));
    for (const error of errors) violate(`invalid block: ${error}`);
    if (errors.length > 0) return refuse("invalid_blocks", errors);
    const error = messageError(objectsOf(blocks));
    if (error !== undefined) {
      violate(error);
      return refuse(error);
    }
  }
  const text = typeof given.text === "string" ? given.text : undefined;
  if (text !== undefined) core.foreign.inText(text, "text").forEach(violate);
  if (blocks !== undefined) core.foreign.inBlocks(blocks, "/blocks").forEach(violate);
  if ((text ?? "") === "" && (blocks?.length ?? 0) > 0) violate("blocks without a top-level text");
  if ((text?.length ?? 0) > TEXT_LIMIT) violate(`a text cut after ${TEXT_LIMIT} characters`);
  return {
    text: text?.slice(0, TEXT_LIMIT),
    blocks: blocks === undefined ? undefined : blocksWithDefaults(objectsOf(blocks)),
    isTruncated: text !== undefined && text.length > TEXT_LIMIT,
  };
}

/** Checks a view, and writes down what is wrong with it as `readContent` does. */
export function readView(
  core: Core,
  view: Json | undefined,
  surface: "modal" | "home",
  origin: string,
): JsonObject | Refusal {
  const violate = (what: string): void => core.journal.violate(`${origin}: ${what}`);
  if (!isObject(view)) {
    violate("a view that is no object");
    return refuse("invalid_arguments", ["must provide an object [json-pointer:/view]"]);
  }
  const errors = worded(complaintsAboutView(view, surface));
  if (errors.length > 0) {
    for (const error of errors) violate(`invalid view: ${error}`);
    return refuse("invalid_arguments", [
      "failed to match all allowed schemas [json-pointer:/view]",
      ...errors,
    ]);
  }
  if (isTooLarge(view)) {
    violate("a view of more than 250 kB");
    return refuse("view_too_large");
  }
  core.foreign.inBlocks(asObject(view), "/view").forEach(violate);
  return view;
}
