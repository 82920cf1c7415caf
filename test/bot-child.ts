import { startBot } from "../src/bot.ts";
import { parseConfig } from "../src/config.ts";
import { createLog } from "../src/log.ts";

// The bot in a process of its own, for tests that kill it: as src/main.ts, but on a clock that the
// test moves, because a claim is good for minutes.
let offset = Number(process.argv[2] ?? 0);
const parsed = parseConfig(process.env);
if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
const log = createLog("info", (line) => process.stdout.write(line));
const bot = await startBot(parsed.config, { now: () => Date.now() + offset }, log);
await bot.ready;
process.on("message", (moved) => {
  offset = Number(moved);
  bot.nudge();
});
process.send?.(bot.url);
