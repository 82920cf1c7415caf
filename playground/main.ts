import { parseArgs } from "node:util";
import { runTour } from "./tour.ts";

const USAGE =
  "npm run playground -- --tour   runs one change from start to end and shows each step";

const options = (() => {
  try {
    return parseArgs({ options: { tour: { type: "boolean" } } }).values;
  } catch {
    return {};
  }
})();

if (!options.tour) {
  console.log(USAGE);
  process.exit(2);
}

let step = 0;
const faults = await runTour((what, seen) => {
  step += 1;
  console.log(`\n${step}. ${what}\n`);
  for (const line of seen) console.log(`   │ ${line}`);
});
for (const fault of faults) console.error(`Not as it should be: ${fault}`);
console.log(faults.length === 0 ? "\nDone: one change, from start to end." : "");
process.exit(faults.length === 0 ? 0 : 1);
