import { parseArgs } from "node:util";
import { isNativeError } from "node:util/types";
import { CannotDo, type Command, type Given, type World, WrongUsage } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpFor, helpForAll } from "./help.ts";
import { harmless, say } from "./say.ts";

/** Does what was typed. @returns the exit code. */
export async function run(words: readonly string[], world: World): Promise<number> {
  const command = COMMANDS.find(({ name }) => startsWith(words, name.split(" ")));
  if (command === undefined) {
    const wantsHelp = words.length === 0 || words[0] === "--help" || words[0] === "help";
    if (wantsHelp) say(world, helpForAll(COMMANDS));
    else world.note(`There is no command like this.\n\n${helpForAll(COMMANDS)}`);
    return wantsHelp ? 0 : 2;
  }
  try {
    const given = read(command, words.slice(command.name.split(" ").length));
    if (!given.flag("help")) return await command.run(given, world);
    say(world, helpFor(command));
    return 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      world.note(`${harmless(error.message)}\n\n${helpFor(command)}`);
      return 2;
    }
    if (!(error instanceof CannotDo)) throw error;
    world.note(harmless(error.message));
    return 1;
  }
}

const startsWith = (words: readonly string[], first: readonly string[]): boolean =>
  first.every((word, index) => words[index] === word);

function read({ options }: Command, words: readonly string[]): Given {
  const { values } = parse(words, options);
  const all = (name: string): readonly (string | boolean)[] => [values[name] ?? []].flat();
  return {
    flag: (name) => values[name] === true,
    text: (name) => all(name).map(String)[0],
    texts: (name) => all(name).map(String),
  };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(words: readonly string[], options: Command["options"]): { readonly values: Values } {
  try {
    return parseArgs({
      args: [...words],
      options: {
        help: { type: "boolean" },
        ...Object.fromEntries(
          Object.entries(options).map(([name, { type, multiple = false }]) => [
            name,
            { type, multiple } as const,
          ]),
        ),
      },
    });
  } catch (error) {
    throw new WrongUsage(isNativeError(error) ? error.message : "This cannot be read.");
  }
}
