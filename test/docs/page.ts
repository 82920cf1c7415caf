import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The text of a file of the project. */
export const textOf = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** What stands between two lines of three backquotes. */
export interface Fence {
  /** What is said to be in it; "" where nothing is said. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** The fences of a text, in their order; one in a list has its lines without the list's indent. */
export const fencesOf = (text: string): readonly Fence[] =>
  [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(
    ([, indent = "", language = "", body]) => ({
      language,
      lines: (body ?? "")
        .split("\n")
        .slice(0, -1)
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)),
    }),
  );

export const withoutFences = (text: string): string => text.replace(/^( *)```.*?^\1```$/gms, "");

/** What stands between backquotes in the sentences and tables of a text. */
export const spansOf = (text: string): readonly string[] =>
  [...withoutFences(text).matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, , code = ""]) =>
    code.trim(),
  );

/** What a text says in bold. */
export const boldOf = (text: string): readonly string[] =>
  [...withoutFences(text).matchAll(/\*\*(.+?)\*\*/g)].map(([, words = ""]) => words);

/** The part of a page below the heading that begins with these words, down to the next of its rank. */
export function sectionOf(text: string, heading: string): string {
  const parts = text.split(/^(?=#{2,3} )/m);
  const found = parts.filter((part) => part.replace(/^#+ /, "").startsWith(heading));
  if (found.length !== 1) throw new Error(`${found.length} headings begin with "${heading}"`);
  return found[0] ?? "";
}

/** The pages that people read. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(`${ROOT}docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].toSorted();

/** What a text in backquotes begins with when it is for a shell. */
const PROGRAM =
  /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npm|npx|node|git|heroku|docker|cp|cd|echo|grep|install|journalctl|promtool|systemctl|\.ci\/run)(?= |$)/;

/** What a page lets one type into a shell, in fences and in sentences; without the `$` before it. */
export const commandsIn = (text: string): readonly string[] =>
  [...fencesOf(text).flatMap(({ lines }) => lines), ...spansOf(text)]
    .filter((line) => PROGRAM.test(line))
    .map((line) => line.replace(/^\$ /, ""));
