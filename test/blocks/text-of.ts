/** All texts that stand in some blocks, in menus and buttons too. */
export const textsOf = (blocks: unknown): readonly string[] =>
  [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(
    ([, text]) => JSON.parse(`"${text}"`) as string,
  );

/** The same, one after the other. */
export const textOf = (blocks: unknown): string => textsOf(blocks).join("");
