import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toldTo } from "../options.ts";
import { createDatabase } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/local-postgres.ts";
import { openAt } from "../store/place.ts";
import { ackFigures } from "./acks.ts";
import { bulkFigures } from "./bulk.ts";
import { enduranceFigures } from "./endurance.ts";
import { historyFigures } from "./history.ts";
import { menuFigures } from "./menus.ts";
import { oneFigures } from "./one.ts";
import { readOptions } from "./options.ts";
import { type Measure, table } from "./table.ts";

/*
 * How long things take, with little and with much around them. Prints one table, or with `--json`
 * JSON. options.ts has what it can be told. Nothing is judged here.
 */
const values = toldTo(readOptions);
const sizes = { small: values.small, large: values.large };
const say = (words: string): void => console.error(words);
const measured: Measure[] = [];

if (values.only.includes("menus")) {
  const counts = { small: values["few-snapshots"], large: values["many-snapshots"] };
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
const PARTS = {
  acks: ackFigures,
  one: oneFigures,
  bulk: bulkFigures,
  endurance: (...of: Parameters<typeof oneFigures>) => enduranceFigures(...of, values.interactions),
} as const;
for (const [name, figuresOf] of Object.entries(PARTS)) {
  if (!values.only.some((one) => one === name)) continue;
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
