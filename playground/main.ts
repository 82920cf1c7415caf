import { parseArgs } from "node:util";
import { leaveAddress, takeAddressBack } from "./address.ts";
import { startPlayground } from "./page/playground.ts";
import { servePage } from "./page/server.ts";
import { runTourInPage } from "./remote-tour.ts";
import { runTour, type Step } from "./tour.ts";

const USAGE = `npm run playground                  the bot in a browser, without accounts
npm run playground -- --port 4000   the same at a port of your choice
npm run playground -- --tour        runs one change from start to end and shows each step;
                                    in the page too, when a playground runs and is open`;

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
  let count = 0;
  const show = ({ what, seen }: Step): void => {
    count += 1;
    console.log(`\n${count}. ${what}\n`);
    for (const line of seen) console.log(`   │ ${line}`);
  };
  const begun = (): void => {
    console.log("The tour is played in the page that is open, and can be held and stopped there.");
  };
  const faults = (await runTourInPage(show, begun)) ?? (await runTour(show));
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
  await leaveAddress(page);
  console.log(`The playground is at ${page.url} (Ctrl+C ends it).`);
  const end = (): void => {
    void takeAddressBack(page)
      .then(() => page.stop())
      .then(() => playground.stop())
      .then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
