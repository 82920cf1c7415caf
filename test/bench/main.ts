import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/local-postgres.ts";
import { openAt } from "../store/place.ts";
import { bulkFigures } from "./bulk.ts";
import { historyFigures } from "./history.ts";
import { menuFigures } from "./menus.ts";
import { oneFigures } from "./one.ts";
import { type Figure, type Measure, measures, table } from "./table.ts";

/*
 * How long things take, with little and with much around them. Prints a table, or with `--json`
 * JSON. By default on SQLite alone; `--engines sqlite,postgres` on both. Nothing is judged here.
 */
const { values } = parseArgs({
  options: {
    engines: { type: "string", default: "sqlite" },
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "1000000" },
    "few-snapshots": { type: "string", default: "340" },
    "many-snapshots": { type: "string", default: "10000" },
    only: { type: "string", default: "one,menus,history" },
    json: { type: "boolean", default: false },
  },
});
const sizes = { small: Number(values.small), large: Number(values.large) };
const say = (words: string): void => console.error(words);
const figures: Figure[] = [];
const measured: Measure[] = [];

if (values.only.includes("menus")) {
  const counts = {
    small: Number(values["few-snapshots"]),
    large: Number(values["many-snapshots"]),
  };
  figures.push(...(await menuFigures(counts, say)));
}
if (values.only.includes("history") && values.engines.includes("sqlite")) {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-bench-"));
  const place = async (name: string) => openAt(join(folder, name));
  try {
    figures.push(...(await historyFigures("SQLite", sizes, place, say)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
if (values.only.includes("history") && values.engines.includes("postgres")) {
  const postgres = await startPostgres();
  const place = async () => openAt(await createDatabase(postgres.url));
  try {
    figures.push(...(await historyFigures("Postgres", sizes, place, say)));
  } finally {
    await postgres.remove();
  }
}
if (values.only.includes("one") && values.engines.includes("sqlite")) {
  measured.push(...(await oneFigures("SQLite", async () => undefined, say)));
}
if (values.only.includes("one") && values.engines.includes("postgres")) {
  const postgres = await startPostgres();
  try {
    measured.push(...(await oneFigures("Postgres", () => createDatabase(postgres.url), say)));
  } finally {
    await postgres.remove();
  }
}
if (values.only.includes("bulk") && values.engines.includes("sqlite")) {
  measured.push(...(await bulkFigures("SQLite", async () => undefined, say)));
}
if (values.only.includes("bulk") && values.engines.includes("postgres")) {
  const postgres = await startPostgres();
  try {
    measured.push(...(await bulkFigures("Postgres", () => createDatabase(postgres.url), say)));
  } finally {
    await postgres.remove();
  }
}
if (values.json) console.log(JSON.stringify([...figures, ...measured], undefined, 2));
else {
  if (figures.length > 0) console.log(table(figures));
  if (measured.length > 0) console.log(measures(measured));
}
