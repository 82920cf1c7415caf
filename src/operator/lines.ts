import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { isNativeError } from "node:util/types";
import { CannotDo } from "./command.ts";

const NEW_LINE = 0x0a;

/**
 * The lines of a file (`-`: of the standard input), parted by line feeds and nothing else, without
 * holding more than one of them. A line that is not UTF-8 is undefined.
 * @throws CannotDo when the file cannot be read.
 */
export async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  const stream = file === "-" ? process.stdin : createReadStream(file);
  let rest: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, from)) {
        yield textOf([...rest, chunk.subarray(from, at)]);
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    const code = isNativeError(error) && "code" in error ? ` (${String(error.code)})` : "";
    throw new CannotDo(`${file} cannot be read${code}.`);
  }
  if (rest.length > 0) yield textOf(rest);
}

function textOf(parts: readonly Buffer[]): string | undefined {
  const bytes = Buffer.concat(parts);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
