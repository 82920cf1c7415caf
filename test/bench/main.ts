import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/local-postgres.ts";
import { openAt } from "../store/place.ts";
import { ackFigures } from "./acks.ts";
import { bulkFigures } from "./bulk.ts";
import { enduranceFigures } from "./endurance.ts";
import { historyFigures } from "./history.ts";
import { menuFigures } from "./menus.ts";
import { oneFigures } from "./one.ts";
import { type Measure, table } from "./table.ts";

/*
 * How long things take, with little and with much around them. Prints one table, or with `--json`
 * JSON. `--only` takes also `bulk` and `endurance`, which take long. By default on SQLite alone; `--engines sqlite,postgres` on both. Nothing is judged here.
 */
const { values } = parseArgs({
  options: {
    engines: { type: "string", default: "sqlite" },
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "1000000" },
    "few-snapshots": { type: "string", default: "340" },
    "many-snapshots": { type: "string", default: "10000" },
    interactions: { type: "string", default: "100000" },
    only: { type: "string", default: "acks,one,menus,history" },
    json: { type: "boolean", default: false },
  },
});
const sizes = { small: Number(values.small), large: Number(values.large) };
const say = (words: string): void => console.error(words);
const measured: Measure[] = [];

if (values.only.includes("menus")) {
  const counts = {
    small: Number(values["few-snapshots"]),
    large: Number(values["many-snapshots"]),
  };
  measured.push(...(await menuFigures(counts, say)));
}
if (values.only.includes("history") && values.engines.includes("sqlite")) {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-bench-"));
  const place = async (name: string) => openAt(join(folder, name));
  try {
    measured.push(...(await historyFigures("SQLite", sizes, place, say)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
if (values.only.includes("history") && values.engines.includes("postgres")) {
  const postgres = await startPostgres();
  const place = async () => openAt(await createDatabase(postgres.url));
  try {
    measured.push(...(await historyFigures("Postgres", sizes, place, say)));
  } finally {
    await postgres.remove();
  }
}
const interactions = Number(values.interactions);
const PARTS = {
  acks: ackFigures,
  one: oneFigures,
  bulk: bulkFigures,
  endurance: (...of: Parameters<typeof oneFigures>) => enduranceFigures(...of, interactions),
} as const;
for (const [name, figuresOf] of Object.entries(PARTS)) {
  if (!values.only.includes(name)) continue;
  if (values.engines.includes("sqlite")) {
    measured.push(...(await figuresOf("SQLite", async () => undefined, say)));
  }
  if (values.engines.includes("postgres")) {
    const postgres = await startPostgres();
    try {
      measured.push(...(await figuresOf("Postgres", () => createDatabase(postgres.url), say)));
    } finally {
      await postgres.remove();
    }
  }
}
console.log(values.json ? JSON.stringify(measured, undefined, 2) : table(measured));
