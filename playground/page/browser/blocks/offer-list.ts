import type { Offer } from "../../../slack/client/offers.ts";
import { isObject, type Json } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { wordsOf } from "./text.ts";

/** The list under a field that one types into, worked by mouse, or by keys in the field. */
export class OfferList {
  readonly element: HTMLElement;
  readonly #input: HTMLElement;
  readonly #take: (value: Json) => void;
  #lines: HTMLElement[] = [];
  #offers: readonly Offer[] = [];
  #at = -1;

  constructor(input: HTMLElement, id: string, take: (value: Json) => void) {
    this.element = h("div", { id, class: "found", role: "listbox", "aria-label": "Found" });
    this.#input = input;
    this.#take = take;
    this.close();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  close(): void {
    this.element.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** Says something in place of offers. */
  say(words: string): void {
    const line = h("div", { class: "faint", role: "option", "aria-disabled": "true" }, words);
    this.#open([], [], [line]);
  }

  show(offers: readonly Offer[]): void {
    if (offers.length === 0) {
      this.say("No results");
      return;
    }
    const lines = offers.map((offer, index) => this.#line(offer, index));
    const groups = [...new Set(offers.map(({ group }) => group))];
    const parts = groups.flatMap((group) => {
      const some = lines.filter((_, index) => offers[index]?.group === group);
      if (group === undefined) return some;
      const name = h("div", { class: "group", "aria-hidden": "true" }, group);
      return [h("div", { role: "group", "aria-label": group }, name, ...some)];
    });
    this.#open(offers, lines, parts);
    this.#mark(0);
  }

  /** Lets a key of the field work the list. @returns whether it was one for the list. */
  press(event: KeyboardEvent): boolean {
    if (!this.isOpen) return false;
    const { key } = event;
    const offer = this.#offers[this.#at];
    if (key === "ArrowDown") this.#mark(this.#at + 1);
    else if (key === "ArrowUp") this.#mark(this.#at - 1);
    else if (key === "Enter" && offer !== undefined) this.#take(offer.value);
    else if (key === "Escape") {
      event.stopPropagation();
      this.close();
    } else return false;
    event.preventDefault();
    return true;
  }

  #line({ words, value }: Offer, index: number): HTMLElement {
    const props = { id: `${this.element.id}-${index}`, role: "option", "aria-selected": "false" };
    const onmousedown = (event: Event): void => {
      event.preventDefault();
      this.#take(value);
    };
    const more = isObject(value) && isObject(value.description) ? wordsOf(value.description) : "";
    const described = more === "" ? [] : [h("div", { class: "description" }, more)];
    return h("div", { ...props, class: "line", onmousedown }, words, ...described);
  }

  #open(offers: readonly Offer[], lines: HTMLElement[], parts: readonly HTMLElement[]): void {
    this.#offers = offers;
    this.#lines = lines;
    this.#at = -1;
    this.element.replaceChildren(...parts);
    this.element.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#input.removeAttribute("aria-activedescendant");
    this.element.scrollIntoView({ block: "nearest" });
  }

  #mark(index: number): void {
    const { length } = this.#lines;
    if (length === 0) return;
    this.#at = (index + length) % length;
    for (const [n, line] of this.#lines.entries()) {
      line.setAttribute("aria-selected", String(n === this.#at));
    }
    const line = this.#lines[this.#at];
    this.#input.setAttribute("aria-activedescendant", line?.id ?? "");
    line?.scrollIntoView({ block: "nearest" });
  }
}
