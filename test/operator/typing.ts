import { PassThrough, Writable } from "node:stream";
import { run } from "../../src/operator/run.ts";
import { terminalOn } from "../../src/operator/terminal.ts";

/** Somebody at a terminal, in front of the operator's program. */
export interface Typing {
  /** Waits until this is seen, anew since the last answer, and types the line below it. */
  answers(question: string, line: string): Promise<void>;
  /** The same with keys as they come. */
  presses(question: string, keys: string): Promise<void>;
  /** Waits for the end: how it ended, and all that was on the screen. */
  ended(): Promise<{ readonly code: number; readonly seen: string }>;
}

/** Runs the operator's program with a terminal that shows its output too. */
export function typing(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Typing {
  const keys = new PassThrough();
  let seen = "";
  let from = 0;
  const waiting = new Set<() => void>();
  const screen = new Writable({
    write(chunk, _encoding, done) {
      seen += String(chunk);
      for (const look of waiting) look();
      done();
    },
  });
  const code = run(words, {
    environment,
    out: screen,
    note: (text) => void screen.write(`${text}\n`),
    terminal: terminalOn(keys, screen),
  });
  const sees = (text: string): Promise<void> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const at = seen.indexOf(text, from);
        if (at < 0) return;
        from = at + text.length;
        waiting.delete(look);
        // The question stands there before anybody listens to the answer.
        setImmediate(done);
      };
      waiting.add(look);
      void code.then(() => fail(new Error(`it ended without: ${text}\n${seen}`)), fail);
      look();
    });
  const presses = async (question: string, pressed: string): Promise<void> => {
    await sees(question);
    keys.write(pressed);
  };
  return {
    presses,
    answers: (question, line) => presses(question, `${line}\r`),
    ended: async () => ({ code: await code, seen }),
  };
}
