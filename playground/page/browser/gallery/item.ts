import { objectsOf } from "../../../slack/json.ts";
import { formatDate } from "../../../slack/render/date.ts";
import type { Gallery, GalleryItem } from "../../gallery-item.ts";
import { avatar } from "../avatar.ts";
import { showBlocks } from "../blocks/blocks.ts";
import { showErrors } from "../blocks/input.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import type { Surface } from "../blocks/surface.ts";
import { h } from "../dom.ts";
import { Fields } from "../fields.ts";
import type { Outcome } from "../net.ts";
import { notice } from "../notice.ts";
import { viewFrame } from "../view-frame.ts";

const BOT = "Snapshot Bot";

/** One thing that the bot can send: what it is, the place for its look, and its JSON. */
export function itemFrame(gallery: Gallery, { id, name, sorts, body }: GalleryItem): HTMLElement {
  const isAll = sorts.length === gallery.sorts.length;
  return h(
    "article",
    { id, class: "item", "aria-labelledby": `about.${id}` },
    h(
      "h3",
      { id: `about.${id}` },
      h("a", { href: `#${id}` }, name),
      h("span", { class: "sorts" }, isAll ? "any values" : `${sorts.join(" or ")} values`),
    ),
    h("div", { class: "drawn" }),
    source(body),
  );
}

/** How it looks. */
export function drawItem(gallery: Gallery, item: GalleryItem): HTMLElement {
  const surface = inertSurface(gallery, item);
  if (item.body.type === "home") return home(item, surface);
  return item.view === null ? message(item, surface) : view(item, surface);
}

/** Its JSON, written out when it is unfolded: all of it at once would make the page slow. */
function source(body: object): HTMLElement {
  const details = h("details", {}, h("summary", {}, "JSON"));
  details.addEventListener(
    "toggle",
    () => details.append(h("pre", { tabindex: 0 }, JSON.stringify(body, null, 2))),
    { once: true },
  );
  return details;
}

function view({ id, view: words, body, errors }: GalleryItem, surface: Surface): HTMLElement {
  if (words === null) return h("div");
  const content = h("div", { class: "view" });
  const heading = h("h4", { class: "title" }, words.title);
  const { form, say } = viewFrame({ id, heading, content, close: nothing });
  say(words);
  showBlocks(content, objectsOf(body.blocks), surface);
  showErrors(content, errors);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    nothing();
  });
  return h("div", { class: "modal" }, form);
}

function home({ body }: GalleryItem, surface: Surface): HTMLElement {
  const content = h("div", { class: "home" });
  showBlocks(content, objectsOf(body.blocks), surface);
  return content;
}

function message({ body }: GalleryItem, surface: Surface): HTMLElement {
  const { reader } = surface;
  const content = h("div", { class: "parts" });
  showBlocks(content, objectsOf(body.blocks), surface);
  return h(
    "div",
    { class: "message" },
    avatar(BOT, true),
    h(
      "div",
      { class: "said" },
      h(
        "header",
        {},
        h("b", {}, BOT),
        h("span", { class: "app" }, "APP"),
        h("time", {}, formatDate(reader.now / 1000, "{time}", "", reader)),
      ),
      content,
      h("p", { class: "hint text" }, "Notification: ", ...mrkdwn(String(body.text), reader)),
    ),
  );
}

/** Where blocks stand here: everything can be used, and nothing comes of it. */
function inertSurface({ names, now }: Gallery, { id, values }: GalleryItem): Surface {
  const fields = new Fields({ as: "", view: id }, nothing);
  fields.update(values, 0);
  return {
    id,
    fields,
    reader: {
      timeZone: "Europe/Luxembourg",
      now,
      personName: (person) => names.people[person] ?? person,
      channelName: (channel) => names.channels[channel] ?? channel,
      groupName: (group) => names.groups[group] ?? group,
    },
    press: nothing,
    enter: nothing,
    suggest: nothing,
  };
}

const nothing = (): Promise<Outcome> => {
  notice("Nothing is sent from the gallery.");
  return Promise.resolve({});
};
