import { parseArgs } from "node:util";
import { startPlayground } from "./page/playground.ts";
import { servePage } from "./page/server.ts";
import { runTour } from "./tour.ts";

const USAGE = `npm run playground                  the bot in a browser, without accounts
npm run playground -- --port 4000   the same at a port of your choice
npm run playground -- --tour        runs one change from start to end and shows each step`;

const options = (() => {
  try {
    return parseArgs({ options: { tour: { type: "boolean" }, port: { type: "string" } } }).values;
  } catch {
    return undefined;
  }
})();

const port = Number(options?.port ?? 0);
if (options === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.log(USAGE);
  process.exit(2);
}

if (options.tour) await tour();
else await play();

async function tour(): Promise<never> {
  let step = 0;
  const faults = await runTour((what, seen) => {
    step += 1;
    console.log(`\n${step}. ${what}\n`);
    for (const line of seen) console.log(`   │ ${line}`);
  });
  for (const fault of faults) console.error(`Not as it should be: ${fault}`);
  console.log(faults.length === 0 ? "\nDone: one change, from start to end." : "");
  process.exit(faults.length === 0 ? 0 : 1);
}

async function play(): Promise<void> {
  const playground = await startPlayground();
  const page = await servePage(playground, port).catch(async (error: unknown) => {
    await playground.stop();
    console.error(`The page cannot be served at port ${port}: ${String(error)}`);
    process.exit(1);
  });
  console.log(`The playground is at ${page.url} (Ctrl+C ends it).`);
  const end = (): void => {
    void page
      .stop()
      .then(() => playground.stop())
      .then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
