import type { FormValues } from "../form.ts";
import { initialValues } from "../form.ts";
import { asObject, asString, isObject, type JsonObject, objectsOf } from "../json.ts";
import type { Message } from "../messages.ts";
import type { View } from "../views.ts";
import { readElement, readValue } from "./element.ts";
import type { Reader } from "./reader.ts";
import { readMrkdwn, readRichText, readText } from "./text.ts";

interface Page {
  readonly reader: Reader;
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

const readCell = (cell: JsonObject, reader: Reader): string =>
  cell.type === "rich_text" ? readRichText(cell, reader).join(" ") : asString(cell.text);

const readInput = (block: JsonObject, page: Page): string[] => {
  const element = asObject(block.element);
  const id = asString(block.block_id);
  const slot = page.values[id]?.[asString(element.action_id)];
  const optional = block.optional === true ? " (optional)" : "";
  const label = readText(block.label, page.reader);
  const hint = readText(block.hint, page.reader);
  const error = page.errors[id];
  return [
    `${label}${optional}: ${readValue(element, slot, page.reader)}`,
    ...(hint === "" ? [] : [`  ${hint}`]),
    ...(error === undefined ? [] : [`  ! ${error}`]),
  ];
};

/** A block as the lines that a person reads. */
function readBlock(block: JsonObject, page: Page): string[] {
  const { reader, values } = page;
  const shown = (element: unknown): string => {
    const one = asObject(element);
    const slot = values[asString(block.block_id)]?.[asString(one.action_id)];
    return readElement(one, slot, reader);
  };
  switch (block.type) {
    case "header":
      return [`# ${readText(block.text, reader)}`];
    case "section": {
      const text = isObject(block.text) ? readText(block.text, reader).split("\n") : [];
      const fields = objectsOf(block.fields).flatMap((one) => readText(one, reader).split("\n"));
      const accessory = isObject(block.accessory) ? [shown(block.accessory)] : [];
      return [...text, ...fields, ...accessory];
    }
    case "context":
      return objectsOf(block.elements).flatMap((one) => shown(one).split("\n"));
    case "actions":
    case "context_actions":
      return [objectsOf(block.elements).map(shown).join(" ")];
    case "divider":
      return ["---"];
    case "image":
      return [`[image: ${asString(block.alt_text)}]`];
    case "rich_text":
      return readRichText(block, reader);
    case "markdown":
      return asString(block.text).split("\n");
    case "alert":
      return [`! ${readText(block.text, reader)}`];
    case "input":
      return readInput(block, page);
    case "table":
      return (Array.isArray(block.rows) ? block.rows : []).map((row) =>
        objectsOf(row)
          .map((cell) => readCell(cell, reader))
          .join(" | "),
      );
    default:
      return [`[?${block.type}]`];
  }
}

/** Blocks as the lines that a person reads. */
export const renderBlocks = (
  blocks: readonly JsonObject[],
  reader: Reader,
  values: FormValues = initialValues(blocks),
  errors: Readonly<Record<string, string>> = {},
): string[] => blocks.flatMap((block) => readBlock(block, { reader, values, errors }));

/** A message as the lines that a person reads: its blocks, or its text if it has none. */
export function renderMessage(message: Message, { reader }: { readonly reader: Reader }): string[] {
  const author = `${reader.personName(message.user)}: `;
  const lines =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, reader)
      : readMrkdwn(message.text, reader).split("\n");
  const notes = [
    ...(message.files ?? []).map(({ name, size }) => `[file: ${name}, ${size} bytes]`),
    ...(message.ephemeral ? ["(only visible to you)"] : []),
    ...(message.edited ? ["(edited)"] : []),
  ];
  return [`${author}${lines[0] ?? ""}`, ...lines.slice(1), ...notes];
}

/** A view as the lines that a person reads, from its title to its buttons. */
export function renderView(view: View, reader: Reader): string[] {
  const { title, submit, close } = view.content;
  const lines = renderBlocks(view.blocks, reader, view.values, view.errors);
  if (view.type === "home") return lines;
  const buttons = [
    `[${isObject(close) ? readText(close, reader) : isObject(submit) ? "Cancel" : "Close"}]`,
    ...(isObject(submit) ? [`[${readText(submit, reader)}]`] : []),
  ];
  return [`== ${readText(title, reader)} ==`, ...lines, buttons.join(" ")];
}
