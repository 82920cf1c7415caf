import type { PageFile } from "../state.ts";
import { h } from "./dom.ts";

const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** A length as people read it: `812 bytes`, `1.4 MB`. */
export function sizeWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}

/** A file that was shared: its name, its size, and a way to have it. */
export const drawFile = ({ id, name, size }: PageFile): HTMLElement =>
  h(
    "p",
    { class: "file" },
    h("span", { class: "file-name" }, name),
    h("span", { class: "faint" }, sizeWords(size)),
    h("a", { class: "button small", href: `/files/${id}`, download: name }, "Download"),
  );
