import { startBot } from "./bot.ts";
import { parseConfig } from "./config.ts";
import { createLog, scrub } from "./log.ts";

const complain = (text: string): void => {
  process.stderr.write(`${scrub(text)}\n`);
};
const stopWith = (text: string): never => {
  complain(text);
  process.exit(1);
};
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");

const parsed = parseConfig(process.env);
if ("faults" in parsed) {
  const count = parsed.faults.length;
  complain(
    `The bot cannot start. ${count === 1 ? "One setting is" : `${count} settings are`} wrong:`,
  );
  for (const fault of parsed.faults) complain(`- ${fault}`);
  stopWith("The README says what each setting is.");
} else {
  const { config } = parsed;
  const log = createLog(config.logLevel, (line) => process.stdout.write(line));
  const bot = await startBot(config, { now: () => Date.now() }, log).catch((error: unknown) =>
    stopWith(`The bot cannot start: ${reasonOf(error)}`),
  );

  // What nobody caught leaves the process in doubt: it says so and ends, its supervisor starts it anew.
  const crash = (error: unknown): void => {
    log.error({ error }, "A fault that nobody caught; the process ends");
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "Stopping: finishing what was begun");
    await bot.stop();
    log.info({}, "Stopped");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  log.info({ url: bot.url }, "Listening");
  await bot.ready.catch((error: unknown) => stopWith(`The bot cannot start: ${reasonOf(error)}`));
  log.info({ mode: bot.mode }, "Ready");
}
