import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real Postgres for tests, gone when the process that started it is gone, however it ended. */
export interface LocalPostgres {
  readonly url: string;
  /** Stops it in the middle of everything. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL("keeper.ts", import.meta.url));

export async function startPostgres(): Promise<LocalPostgres> {
  const keeper = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", KEEPER], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(keeper, "close");
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error("Postgres has ended.");
    return value;
  };
  const tell = async (what: string): Promise<void> => {
    keeper.stdin.write(`${what}\n`);
    await next();
  };
  return {
    url: await next(),
    stop: () => tell("stop"),
    start: () => tell("start"),
    async remove() {
      keeper.stdin.end();
      await closed;
    },
  };
}
