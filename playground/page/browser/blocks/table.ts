import { asObject, asString, type JsonObject, objectsOf } from "../../../slack/json.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { h } from "../dom.ts";
import { drawRichText } from "./rich-text.ts";

/** A table, its first row the heads of the columns. */
export function drawTable(block: JsonObject, reader: Reader): HTMLElement {
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const cell = (given: JsonObject, column: number, isHead: boolean): HTMLElement =>
    h(
      isHead ? "th" : "td",
      {
        class: `to-${asString(asObject(settings[column]).align) || "left"}`,
        ...(isHead ? { scope: "col" } : {}),
      },
      given.type === "rich_text" ? drawRichText(given, reader) : asString(given.text),
    );
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row, index) =>
    h("tr", {}, ...objectsOf(row).map((one, column) => cell(one, column, index === 0))),
  );
  return h(
    "div",
    { class: "b-table", tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", {}, ...rows),
  );
}
