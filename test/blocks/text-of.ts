/** All texts that stand in some blocks, in menus and buttons too, one after the other. */
export const textOf = (blocks: unknown): string =>
  [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .join("");
