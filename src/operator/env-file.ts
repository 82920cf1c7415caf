import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { parseEnv } from "node:util";
import { CannotDo } from "./command.ts";
import { writeNew } from "./new-file.ts";

/** A setting, or a line about the next one. */
export type EnvLine =
  | { readonly name: string; readonly value: string }
  | { readonly about: string };

/** The text of a file of settings, as `node --env-file` reads it. @throws CannotDo */
export const envText = (lines: readonly EnvLine[]): string =>
  lines.map((line) => `${"about" in line ? `# ${line.about}` : settingLine(line)}\n`).join("");

/** What may stand without quotes for whoever reads such files, systemd and Docker among them. */
const PLAIN = /^[\w@%+=:,./?&-]*$/;

/** A value stands as it is, or in quotes that it does not have in it. */
function settingLine({ name, value }: { readonly name: string; readonly value: string }): string {
  const quotes = PLAIN.test(value) ? [""] : ["'", '"', "`"].filter((one) => !value.includes(one));
  const forms = quotes.map((quote) => `${name}=${quote}${value}${quote}`);
  const good = forms.find((form) => isExactly(parseEnv(`${form}\n`), name, value));
  if (good === undefined) throw new CannotDo(`${name} cannot be written: it has odd signs in it.`);
  return good;
}

const isExactly = (read: NodeJS.Dict<string>, name: string, value: string): boolean =>
  Object.keys(read).length === 1 && read[name] === value;

/** @throws CannotDo when the file is there already, or cannot be made. */
export async function mustBeNew(file: string): Promise<void> {
  if ((await stat(file).catch(() => undefined)) !== undefined)
    throw new CannotDo(thereAlready(file));
  await access(dirname(resolve(file)), constants.W_OK).catch(() => {
    throw new CannotDo(`${file} cannot be written: its folder is not there, or not yours.`);
  });
}

/** Writes it for its owner alone, and over no other file. @throws CannotDo */
export const writeEnvFile = (file: string, lines: readonly EnvLine[]): Promise<void> =>
  writeNew(file, Readable.from([envText(lines).trimEnd()]));

const thereAlready = (file: string): string =>
  `${file} is there already, and is not written over: there may be a key ring in it. Change it by hand, or move it away.`;
