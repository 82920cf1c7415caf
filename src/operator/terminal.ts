import { createInterface, type Interface } from "node:readline/promises";
import { type Readable, Writable } from "node:stream";
import { CannotDo, type Terminal } from "./command.ts";

/** A terminal. Nothing is taken of it before the first question. */
export function terminalOn(input: Readable, output: Writable): Terminal {
  // Whatever is not being answered in the open, is not shown: a paste may have more lines than one.
  let isShown = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (isShown) output.write(chunk);
      done();
    },
  });
  const left = new AbortController();
  let lines: Interface | undefined;
  const open = (): Interface => {
    const opened = createInterface({ input, output: echo, terminal: true, historySize: 0 });
    // Ctrl+C, Ctrl+D, or the window was closed. Not every Node 24 ends the question by itself.
    return opened.once("close", () => left.abort());
  };
  const answer = async (prompt: string): Promise<string> => {
    lines ??= open();
    try {
      return (await lines.question(prompt, { signal: left.signal })).trim();
    } catch {
      output.write("\n");
      throw new CannotDo("Stopped. Nothing was written.");
    } finally {
      isShown = false;
    }
  };
  return {
    ask(question) {
      isShown = true;
      return answer(question);
    },
    async askSecret(question) {
      output.write(question);
      const secret = await answer("");
      output.write("\n");
      return secret;
    },
    close: () => lines?.close(),
  };
}
