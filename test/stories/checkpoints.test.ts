import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { channels, type Person } from "../../playground/slack/slack.ts";
import { readCheckpoint } from "../../src/approval/checkpoint.ts";
import { type Bed, startBed } from "../bed.ts";
import { operate } from "../operator/operator.ts";
import { change, commandFor } from "./steps.ts";

const DAY = 24 * 3_600_000;

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** The checkpoints that a person finds in a channel, as they are copied out of it. */
const found = (person: Person, channel: string): string[] =>
  person
    .sees(channel)
    .flatMap((text) => text.split("\n"))
    .filter((line) => readCheckpoint(line) !== undefined);

const aDayLater = async (count: number): Promise<void> => {
  await bed.said();
  await bed.pass(DAY);
  await bed.slack.until(() => found(bed.ben, channels.audit2).length === count, "a checkpoint");
  await bed.said();
};

describe("a day after the first entry", () => {
  test("a checkpoint stands once in each audit channel, and fits the exported ledger", async () => {
    const { ada, ben, gcore, environment, folder } = bed;
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await ada.close();
    await aDayLater(1);
    const copied = found(ben, "#audit");
    expect(copied).toHaveLength(1);
    expect(found(ben, channels.audit2)).toEqual(copied);
    expect(found(ben, "#ops")).toEqual([]);
    expect(ben.sees("#audit").join("\n")).toContain("Checkpoint of the ledger at no. 5, ");

    await change(bed, ada, commandFor(gcore.ids.plain, "environment=testing"));
    const checkpoints = join(folder, "checkpoints.jsonl");
    const ledger = join(folder, "ledger.jsonl");
    const exported = await operate(["ledger", "export", "--checkpoints", checkpoints], environment);
    expect(exported).toMatchObject({ code: 0, note: "9 entries written.\n" });
    await writeFile(ledger, exported.out);
    expect((await readFile(checkpoints, "utf8")).trimEnd()).toBe(copied[0]);

    const shown = await operate(["ledger", "key"], environment);
    const [, key = ""] = shown.out.split(/\s+/);
    const copy = join(folder, "copied.jsonl");
    await writeFile(copy, copied.join("\n"));
    const verify = (...words: readonly string[]) =>
      operate(["ledger", "verify", "--checkpoints", copy, "--key", key, ...words]);
    const whole = await verify("--file", ledger);
    expect(whole.out).toContain("The chain is whole: 9 entries, the last one is no. 9 with hash ");
    expect(whole.out).toContain(
      "The checkpoint holds: nothing up to no. 5 was changed or cut off.",
    );
    expect(whole.code).toBe(0);
    const inPlace = await verify("--database", environment.DATABASE_URL ?? "");
    expect(inPlace).toMatchObject({ code: 0, out: whole.out });

    await writeFile(ledger, `${exported.out.split("\n").slice(0, 4).join("\n")}\n`);
    const cut = await verify("--file", ledger);
    expect(cut.code).toBe(1);
    expect(cut.out).toContain("Entry 5 is cut off: there was an entry 5 at ");
  });

  test("there is another one only when the ledger has grown", async () => {
    await aDayLater(1);
    await bed.pass(2 * DAY);
    await bed.ada.command("#ops", "/snapshot disconnect");
    await aDayLater(2);
    const seqs = found(bed.ben, "#audit").map((line) => readCheckpoint(line)?.seq);
    expect(seqs).toEqual([1, 2]);
  });
});
