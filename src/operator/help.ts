import type { Command, Option } from "./command.ts";

/** The help for all commands. */
export const helpForAll = (commands: readonly Command[]): string =>
  [
    "snapshot-bot: for whoever runs the bot. It looks and tells; only setup, keys rotate, migrate, backup and restore write.",
    "",
    ...table(commands.map(({ name, summary }) => [name, summary])),
    "",
    "snapshot-bot COMMAND --help says more. Exit codes: 0 all is well, 1 it is not, 2 wrong usage.",
  ].join("\n");

/** The help for one command. */
export const helpFor = ({ name, summary, options }: Command): string =>
  [
    `snapshot-bot ${name}: ${summary}`,
    "",
    ...table(Object.entries(options).map(([option, how]) => [typed(option, how), how.help])),
  ].join("\n");

const typed = (name: string, option: Option): string =>
  `--${name}${option.type === "string" ? ` ${option.value}` : ""}${option.multiple ? " …" : ""}`;

function table(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
