import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { findAddress } from "./address.ts";
import type { Show, Step } from "./tour.ts";

/** Whoever listens there now may be another program that never answers. Milliseconds. */
const PATIENCE = 15_000;

/**
 * The tour in the page of a playground that runs already, if one is open there. Each step is handed
 * to `show` when it is played; `begun` is called when it is about to be. @returns what went wrong, or `undefined` when there is no such page.
 */
export async function runTourInPage(
  show: Show,
  begun: () => void,
): Promise<readonly string[] | undefined> {
  const address = await findAddress();
  if (address === undefined) return undefined;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const answer = await fetch(new URL("/tour", address.url), {
    method: "POST",
    headers: { authorization: `Bearer ${address.token}` },
    redirect: "error",
    signal: patience.signal,
  }).catch(() => undefined);
  clearTimeout(timer);
  if (answer?.status !== 200 || answer.body === null) return undefined;
  begun();
  try {
    const text = Readable.fromWeb(answer.body as ReadableStream);
    for await (const line of createInterface({ input: text })) {
      const told: { step?: Step; faults?: readonly string[] } = JSON.parse(line);
      if (told.step !== undefined) await show(told.step);
      if (told.faults !== undefined) return told.faults;
    }
  } catch {
    // The line broke in the middle.
  }
  return ["The playground ended before the tour did."];
}
