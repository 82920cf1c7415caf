import { byId, h } from "./dom.ts";

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what went wrong, for a while. */
export function notice(words: string): void {
  clearTimeout(timer);
  byId("notice").replaceChildren(h("p", {}, words));
  timer = setTimeout(() => byId("notice").replaceChildren(), 8000);
}

/** Tells those who do not look at the screen. */
export function speak(words: string): void {
  byId("spoken").textContent = words;
}
