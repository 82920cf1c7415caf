import type { Offer } from "../../../slack/client/offers.ts";
import { asString, type Json } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { notice } from "../notice.ts";
import { drawChips } from "./chips.ts";
import type { Choosing } from "./choice.ts";
import { OfferList } from "./offer-list.ts";
import { leastLetters, offersIn, sameChoice, wordsOfValue } from "./offers.ts";
import { elementId, type Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** How long somebody may pause while typing before the bot is asked. */
const PAUSE_MS = 250;

/** A menu to type into: it finds people, conversations, or what the bot offers. */
export function drawLookup(surface: Surface, choosing: Choosing): HTMLElement {
  const { ids, element, isOptional, named, choose } = choosing;
  const isMany = asString(element.type).startsWith("multi_");
  const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  const words = (value: Json): string => wordsOfValue(value, element, surface.reader);
  const least = leastLetters(element);
  const listId = `${elementId(surface, ids)}-list`;
  const placeholder = wordsOf(element.placeholder) || (least > 0 ? "Type to look up" : "Choose…");
  const input = h("input", {
    ...{ type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list" },
    ...{ spellcheck: "false", placeholder, ...named, "aria-controls": listId },
  });
  const list = new OfferList(input, listId, (value) => take(value));
  const chips = h("ul", { class: "chips", "aria-label": "Chosen" });
  const field = h("div", { class: "lookup" }, isMany && chips, input, list.element);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const value = (): Json => surface.fields.value(...ids);
  const chosen = (): Json[] => {
    const now = value();
    return Array.isArray(now) ? now : now === null ? [] : [now];
  };
  const text = (): string => (isMany ? "" : chosen().map(words).join(""));
  const drop = (one: Json): void => {
    list.close();
    input.focus();
    void choose(
      chosen().filter((other) => !sameChoice(other, one)),
      field,
    );
  };
  const take = async (one: Json): Promise<void> => {
    list.close();
    input.value = isMany ? "" : words(one);
    await choose(isMany ? [...chosen(), one] : one, field);
    if (!isMany) input.value = text();
  };
  const isOffered = (offer: Offer): boolean =>
    !isMany || !chosen().some((one) => sameChoice(one, offer.value));
  const look = async (): Promise<void> => {
    const before = input.value;
    const typed = before === text() ? "" : before;
    if (isMany && chosen().length >= most) return list.say(`No more than ${most}`);
    if (typed.length < least) return list.close();
    const found = offersIn(element, typed) ?? (await ask(typed));
    const isStill = document.activeElement === input && input.value === before;
    if (isStill) list.show(found.filter(isOffered));
  };
  const ask = async (typed: string): Promise<readonly Offer[]> => {
    list.say("Loading…");
    const { offers = [], refused } = await surface.suggest(...ids, typed);
    if (refused !== undefined) notice(refused);
    return offers;
  };
  const leave = (): void => {
    clearTimeout(timer);
    list.close();
    if (!isMany && isOptional && input.value === "" && chosen().length > 0) {
      void choose(null, field);
    } else input.value = text();
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, asString(element.type).endsWith("external_select") ? PAUSE_MS : 0);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => void (list.isOpen || look()));
  input.addEventListener("blur", leave);
  input.addEventListener("keydown", (event) => {
    const last = chosen().at(-1);
    if (list.press(event)) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      void look();
    } else if (event.key === "Backspace" && isMany && input.value === "" && last !== undefined) {
      drop(last);
    }
  });
  surface.fields.follow(...ids, () => {
    if (isMany) drawChips(chips, chosen(), words, drop);
    else if (document.activeElement !== input) input.value = text();
  });
  return field;
}
