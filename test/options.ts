/** What the program was told, or the end of it with what is wrong, in words, and exit code 2. */
export function toldTo<T>(read: (words: readonly string[]) => T): T {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** The names of a list with commas between. @throws when one of them is none of these */
export function chosenOf<T extends string>(text: string, names: readonly T[]): readonly T[] {
  return text.split(",").map((word) => {
    const name = names.find((one) => one === word);
    if (name === undefined) throw new Error(`There is no ${word}. There are ${names.join(", ")}.`);
    return name;
  });
}

/** Options that are whole numbers. @throws when one is not */
export function numbersOf<T extends Readonly<Record<string, string>>>(
  texts: T,
): { readonly [name in keyof T]: number } {
  const numbers = Object.entries(texts).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} is to be a whole number, not ${text}.`);
    return [name, Number(text)];
  });
  return Object.fromEntries(numbers);
}
