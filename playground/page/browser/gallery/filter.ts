import type { Gallery, GalleryItem } from "../../gallery-item.ts";
import { byId, h } from "../dom.ts";

/** What is shown of the gallery: by words, by the sort of values, and by builder. */
export class Filter {
  readonly #words = h("input", {
    ...{ type: "search", autocomplete: "off", spellcheck: "false" },
    ...{ "aria-label": "Search", placeholder: "Search" },
  });
  readonly #sort: HTMLSelectElement;
  readonly #builder: HTMLSelectElement;
  readonly #count = h("p", { role: "status", class: "hint" });
  readonly #items: readonly GalleryItem[];
  /** What can be read in each item, in small letters, from the first search on. */
  readonly #texts = new Map<GalleryItem, string>();

  constructor({ items, sorts }: Gallery, builders: readonly string[]) {
    this.#items = items;
    this.#sort = menu("Values", "All values", sorts);
    this.#builder = menu("Builder", "All builders", builders);
    const form = byId("filter");
    form.append(this.#words, this.#sort, this.#builder, this.#count);
    form.addEventListener("input", () => this.#apply());
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#words.focus();
    });
    this.#apply();
  }

  /** Shows everything. */
  clear(): void {
    for (const field of [this.#words, this.#sort, this.#builder]) field.value = "";
    this.#apply();
  }

  #apply(): void {
    const shown = this.#items.filter((item) => this.#takes(item));
    const ids = new Set(shown.map(({ id }) => id));
    const builders = new Set(shown.map(({ builder }) => builder));
    for (const { id, builder } of this.#items) {
      byId(id).hidden = !ids.has(id);
      byId(builder).hidden = !builders.has(builder);
    }
    this.#count.textContent = `${shown.length} of ${this.#items.length}`;
    byId("none").hidden = shown.length > 0;
    byId("none").textContent = "Nothing fits.";
  }

  #takes(item: GalleryItem): boolean {
    const { builder, sorts } = item;
    const words = this.#words.value.trim().toLowerCase();
    return (
      (this.#sort.value === "" || sorts.includes(this.#sort.value)) &&
      (this.#builder.value === "" || builder === this.#builder.value) &&
      (words === "" || this.#textOf(item).includes(words))
    );
  }

  #textOf(item: GalleryItem): string {
    const { builder, name, view, body } = item;
    const text =
      this.#texts.get(item) ??
      [builder, name, ...stringsIn(view), ...stringsIn(body)].join("\n").toLowerCase();
    this.#texts.set(item, text);
    return text;
  }
}

/** Every text in a value of JSON; its keys are none. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const menu = (name: string, all: string, entries: readonly string[]): HTMLSelectElement =>
  h(
    "select",
    { "aria-label": name },
    h("option", { value: "" }, all),
    ...entries.map((entry) => h("option", { value: entry }, entry)),
  );
