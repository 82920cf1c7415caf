import type { Sealed } from "../approval/ledger.ts";
import { checkLedger, type Finding, type LedgerCheck } from "../approval/ledger-check.ts";
import { ledgerEntries } from "../store/ledger-table.ts";
import { readCheckpoints } from "./checkpoint-file.ts";
import { type Command, type Given, JSON_OPTION, type World, WrongUsage } from "./command.ts";
import { DATABASE_OPTION, withDatabase } from "./database.ts";
import { readLedgerLine } from "./ledger-line.ts";
import { badCheckpointWords, findingWords } from "./ledger-words.ts";
import { linesOf } from "./lines.ts";
import { trustedKeys } from "./public-keys.ts";
import { say, sayJson } from "./say.ts";

/** Has anybody changed the ledger? */
export const ledgerVerify: Command = {
  name: "ledger verify",
  summary: "has anybody changed the ledger, or cut it off before a checkpoint?",
  options: {
    file: { type: "string", value: "FILE", help: "an export; - for the standard input" },
    database: DATABASE_OPTION,
    checkpoints: {
      type: "string",
      value: "FILE",
      help: "checkpoints, one a line, as they stand in the audit channels",
    },
    key: {
      type: "string",
      value: "PUBLIC",
      multiple: true,
      help: "a public key, from ledger key; by default those of KEY_RING",
    },
    json: JSON_OPTION,
  },
  async run(given, world) {
    if (given.text("file") !== undefined && given.text("database") !== undefined) {
      throw new WrongUsage("Give --file or --database, not both.");
    }
    const file = given.text("checkpoints");
    const { good, bad } =
      file === undefined
        ? { good: [], bad: [] }
        : await readCheckpoints(file, trustedKeys(given, world));
    const check = checkLedger(good);
    const finding = await goThrough(given, world, check);
    const isWhole = finding === undefined && bad.length === 0;
    const last = check.last && { seq: check.last.seq, hash: check.last.hash };
    if (given.flag("json")) {
      const facts = { last: last ?? null, checkpoints: good.length };
      sayJson(world, { ok: isWhole, ...facts, finding: finding ?? null, badCheckpoints: bad });
    } else {
      for (const one of bad) say(world, badCheckpointWords(one));
      if (finding !== undefined) say(world, findingWords(finding));
      else {
        say(world, wholeWords(last));
        if (isWhole) say(world, checkpointWords(good.map(({ seq }) => seq)));
      }
    }
    return isWhole ? 0 : 1;
  },
};

/** Takes entry after entry. @returns the first thing that is wrong. */
async function goThrough(
  given: Given,
  world: World,
  check: LedgerCheck,
): Promise<Finding | undefined> {
  const all = async (entries: AsyncIterable<Sealed | undefined>): Promise<Finding | undefined> => {
    for await (const entry of entries) {
      const finding = check.take(entry);
      if (finding !== undefined) return finding;
    }
    return check.end();
  };
  const file = given.text("file");
  if (file !== undefined) return await all(entriesIn(file));
  // From the lowest number that can be: what stands before entry 1 is wrong too.
  return await withDatabase(given, world, (database) =>
    all(ledgerEntries(database, Number.MIN_SAFE_INTEGER)),
  );
}

async function* entriesIn(file: string): AsyncGenerator<Sealed | undefined> {
  for await (const line of linesOf(file)) yield readLedgerLine(line);
}

const wholeWords = (last: { readonly seq: number; readonly hash: string } | undefined): string =>
  last === undefined
    ? "The ledger is empty."
    : `The chain is whole: ${last.seq} ${last.seq === 1 ? "entry" : "entries"}, the last one is no. ${last.seq} with hash ${last.hash}.`;

const checkpointWords = (seqs: readonly number[]): string =>
  seqs.length === 0
    ? "No checkpoint was looked at: entries that were cut off at the end would not be missed."
    : `${seqs.length === 1 ? "The checkpoint holds" : `All ${seqs.length} checkpoints hold`}: nothing up to no. ${seqs.reduce((most, seq) => Math.max(most, seq))} was changed or cut off.`;
