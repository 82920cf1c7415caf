import type { Gallery } from "../../gallery-item.ts";
import { byId } from "../dom.ts";
import { drawItem } from "./item.ts";

/**
 * Draws each item when it comes near the window, and what is shown before it is printed: a thousand
 * looks at once are more than a hundred thousand elements, and seconds of waiting.
 */
export function drawWhenSeen(gallery: Gallery): void {
  const waiting = new Map(gallery.items.map((item) => [byId(item.id), item]));
  const draw = (frame: HTMLElement): void => {
    const item = waiting.get(frame);
    if (item === undefined) return;
    waiting.delete(frame);
    seen.unobserve(frame);
    frame.querySelector(".drawn")?.append(drawItem(gallery, item));
  };
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLElement) draw(target);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const frame of waiting.keys()) seen.observe(frame);
  addEventListener("beforeprint", () => {
    for (const frame of [...waiting.keys()]) if (frame.closest("[hidden]") === null) draw(frame);
  });
}
