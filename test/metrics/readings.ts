import type { Bot } from "../../src/bot.ts";

export const TOKEN = "prometheus-reads-with-this";

/** What `/metrics` answers, to whoever has this token. */
export const readMetrics = (bot: Pick<Bot, "url">, token: string | null = TOKEN) =>
  fetch(`${bot.url}/metrics`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });

/** One reading: the samples by name and labels as they stand there, `name{a="b"}`. */
export async function readingOf(bot: Pick<Bot, "url">): Promise<ReadonlyMap<string, number>> {
  const text = await (await readMetrics(bot)).text();
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), Number(line.slice(at + 1))] as const;
      }),
  );
}
