import type { Gallery, GalleryItem } from "../../gallery-item.ts";
import { byId, h } from "../dom.ts";
import { notice } from "../notice.ts";
import { themeSwitch } from "../theme.ts";
import { Filter } from "./filter.ts";
import { itemFrame } from "./item.ts";
import { drawWhenSeen } from "./when-seen.ts";

/** Everything that one builder makes, under its name. */
function section(gallery: Gallery, builder: string, items: readonly GalleryItem[]): HTMLElement {
  return h(
    "section",
    { id: builder, "aria-labelledby": `about.${builder}` },
    h("h2", { id: `about.${builder}` }, h("code", {}, builder)),
    ...items.map((item) => itemFrame(gallery, item)),
  );
}

/** Goes to the item that the address names, whatever is filtered out now. */
function goToNamed(filter: Filter): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named === null) return;
  if (named.closest("[hidden]") !== null) filter.clear();
  stayAt(named);
}

/** What comes into sight takes its true height only then, and pushes the item away a few times. */
function stayAt(element: HTMLElement, frames = 20): void {
  element.scrollIntoView();
  if (frames > 0) requestAnimationFrame(() => stayAt(element, frames - 1));
}

async function start(): Promise<void> {
  byId("tools").append(themeSwitch());
  const response = await fetch("/gallery.json");
  const gallery: Gallery = await response.json();
  const builders = Map.groupBy(gallery.items, ({ builder }) => builder);
  byId("items").append(...[...builders].map(([name, items]) => section(gallery, name, items)));
  drawWhenSeen(gallery);
  const filter = new Filter(gallery, [...builders.keys()]);
  addEventListener("hashchange", () => goToNamed(filter));
  goToNamed(filter);
}

start().catch(() => notice("The playground does not answer. Is it still running?"));
