import { open } from "node:fs/promises";
import { CannotDo } from "./command.ts";

/**
 * Writes lines into a file of which there was none, for its owner alone; they are on the disk then.
 * @throws CannotDo: nothing is written over
 */
export async function writeNew(file: string, lines: AsyncIterable<string>): Promise<void> {
  const handle = await open(file, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CannotDo(
      error.code === "EEXIST" ? `${file} is there already.` : `${file} cannot be written.`,
    );
  });
  try {
    for await (const line of lines) await handle.write(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
