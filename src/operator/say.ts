import { visible } from "../blocks/visible.ts";
import type { World } from "./command.ts";

/** Says lines of text. What would not be seen, or what a terminal would obey, is written out. */
export const say = ({ out }: World, text: string): void =>
  void out.write(`${text.split("\n").map(visible).join("\n")}\n`);

/** Says one datum as one line of JSON. */
export const sayJson = ({ out }: World, datum: unknown): void =>
  void out.write(`${JSON.stringify(datum)}\n`);
