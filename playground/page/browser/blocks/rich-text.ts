import { asObject, asString, type JsonObject, objectsOf } from "../../../slack/json.ts";
import { formatDate } from "../../../slack/render/date.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { h } from "../dom.ts";
import { drawLink } from "./link.ts";
import { unknown } from "./stand-in.ts";

/** Rich text: sections, lists, quotes and what is to be copied as it is. */
export const drawRichText = (block: JsonObject, reader: Reader): HTMLElement =>
  h("div", { class: "b-rich" }, ...objectsOf(block.elements).map((part) => drawPart(part, reader)));

function drawPart(part: JsonObject, reader: Reader): HTMLElement {
  const leaves = (of: JsonObject): HTMLElement[] =>
    objectsOf(of.elements).map((leaf) => drawLeaf(leaf, reader));
  switch (part.type) {
    case "rich_text_section":
      return h("p", { class: "text" }, ...leaves(part));
    case "rich_text_preformatted":
      return h("pre", { tabindex: 0 }, ...leaves(part));
    case "rich_text_quote":
      return h("blockquote", {}, ...leaves(part));
    case "rich_text_list": {
      const items = objectsOf(part.elements).map((item) => h("li", {}, ...leaves(item)));
      const props = { class: `indent-${Number(part.indent ?? 0)}` };
      return part.style === "ordered" ? h("ol", props, ...items) : h("ul", props, ...items);
    }
    default:
      return unknown(part);
  }
}

function drawLeaf(leaf: JsonObject, reader: Reader): HTMLElement {
  switch (leaf.type) {
    case "text":
      return styled(leaf, asString(leaf.text));
    case "user":
      return h("span", { class: "mention" }, `@${reader.personName(asString(leaf.user_id))}`);
    case "channel":
      return h("span", { class: "mention" }, `#${reader.channelName(asString(leaf.channel_id))}`);
    case "usergroup":
      return h("span", { class: "mention" }, `@${reader.groupName(asString(leaf.usergroup_id))}`);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${asString(leaf.range)}`);
    case "emoji":
      return h("span", {}, `:${asString(leaf.name)}:`);
    case "link":
      return drawLink(asString(leaf.text) || asString(leaf.url), asString(leaf.url));
    case "date":
      return styled(
        leaf,
        formatDate(Number(leaf.timestamp), asString(leaf.format), asString(leaf.fallback), reader),
      );
    default:
      return unknown(leaf);
  }
}

const TAGS = { code: "code", strike: "s", italic: "em", bold: "strong" } as const;

function styled(leaf: JsonObject, words: string): HTMLElement {
  const style = asObject(leaf.style);
  let element: HTMLElement = h("span", {}, words);
  for (const [name, tag] of Object.entries(TAGS)) {
    if (style[name] === true) element = h(tag, {}, element);
  }
  return element;
}
