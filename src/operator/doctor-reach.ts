import type { Reached } from "../gcore/reach.ts";
import { type Finding, skipped, warning, well, wrong } from "./finding.ts";
import { silenceWords } from "./silence-words.ts";

/** Whether Gcore is where it is to be. */
export function gcoreFinding(reached: Reached | undefined): Finding {
  if (reached === undefined) return skipped("Gcore", "GCORE_API_URL is wrong.");
  const { kind, heard } = reached;
  switch (kind) {
    case "gcore":
      return well("Gcore", "the API answers, and asks for a key.");
    case "down":
      return wrong("Gcore", `it answers ${heard}.`, "wait, and look at Gcore's status page.");
    case "other": {
      const todo = "see that GCORE_API_URL is right, and that no proxy answers in Gcore's place.";
      return wrong("Gcore", `what answers is not Gcore's API: ${heard}.`, todo);
    }
    case "silent": {
      const todo =
        "see that this machine reaches GCORE_API_URL, and api.gcore.com when it is not set.";
      return wrong("Gcore", `there is no answer: ${silenceWords(heard)}.`, todo);
    }
    default:
      return kind satisfies never;
  }
}

/** From here on somebody should know; from there on Slack's deliveries are refused. Milliseconds. */
const AMISS = 30_000;
const REFUSED = 240_000;

/** The clock, by how far it is ahead of the first server that said what time it is. */
export function clockFinding(said: Readonly<Record<string, number | null | undefined>>): Finding {
  const [first] = Object.entries(said).filter(([, ahead]) => ahead != null);
  if (first === undefined) return skipped("Clock", "neither Slack nor Gcore said what time it is.");
  const [whose, ahead] = [first[0], first[1] ?? 0];
  const off = Math.abs(ahead);
  const way = ahead > 0 ? "ahead of" : "behind";
  const words = `it is ${Math.round(off / 1000)} seconds ${way} ${whose}'s`;
  const todo = "set this machine's clock by the network (NTP).";
  if (off < AMISS) return well("Clock", `it is right within ${AMISS / 1000} seconds.`);
  if (off < REFUSED) return warning("Clock", `${words}.`, todo);
  return wrong("Clock", `${words}. What Slack sends is refused from five minutes on.`, todo);
}

/** Whether the bot answers at its public address. */
export async function addressFinding(address: string, limit: number): Promise<Finding> {
  const check = "Public address";
  const url = `${address}/healthz`;
  const todo = "start the bot, and see that the address leads to its HOST and PORT.";
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(limit) });
    const text = await response.text();
    if (response.ok && text.trim() === "alive") return well(check, `the bot answers at ${url}.`);
    return wrong(check, `what answers at ${url} is not the bot: HTTP ${response.status}.`, todo);
  } catch (error) {
    return wrong(check, `there is no answer at ${url}: ${silenceWords(codeOf(error))}.`, todo);
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "ETIMEDOUT";
  return String(Reflect.get(Object(error.cause), "code") ?? "it leads somewhere else");
}
