import { visible } from "../blocks/visible.ts";
import type { World } from "./command.ts";

/** Lines of text as a terminal may have them: what is not seen, or what it would obey, is written out. */
export const harmless = (text: string): string => text.split("\n").map(visible).join("\n");

/** Says lines of text. */
export const say = ({ out }: World, text: string): void => void out.write(`${harmless(text)}\n`);

/** Says one datum as one line of JSON. */
export const sayJson = ({ out }: World, datum: unknown): void =>
  void out.write(`${JSON.stringify(datum)}\n`);
