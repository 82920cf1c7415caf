import { createPublicKey } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { refusal } from "../../src/approval/entries.ts";
import { checkpointsIn } from "../../src/store/checkpoints.ts";
import { appendEntry } from "../../src/store/ledger-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { MARIA, NOW, PROBLEMS } from "../approval/samples.ts";
import { newKeyRing } from "../bed.ts";
import { migrated, temporaryFolder } from "../store/temporary.ts";
import { chainOf, exportOf } from "./chain.ts";
import { ask, operate } from "./operator.ts";

let folder: string;
let url: string;
let database: Database;
beforeEach(async () => {
  folder = temporaryFolder();
  const path = join(folder, "bot.db");
  url = `sqlite:${path}`;
  database = await migrated(path);
});

const grow = (count: number): Promise<void> =>
  database.transaction(async (sql) => {
    for (let index = 0; index < count; index += 1) {
      await appendEntry(sql, { ...refusal(MARIA, PROBLEMS["no-key"], NOW), facts: index });
    }
  });
const seqsIn = (out: string): number[] =>
  out
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line).seq);

describe("ledger export", () => {
  test("writes every entry as one line, with the text that was hashed, for verify to read", async () => {
    await grow(2_500);
    const exported = await operate(["ledger", "export", "--database", url]);
    expect([exported.code, exported.note]).toEqual([0, "2500 entries written.\n"]);
    const rows = await database.all(
      "SELECT seq, body, previous, hash FROM ledger WHERE seq = 2001",
    );
    expect(JSON.parse(exported.out.split("\n")[2_000] ?? "")).toEqual({ ...rows[0] });
    const verified = await operate(["ledger", "verify", "--file", "-"], {}, exported.out);
    expect(verified.code).toBe(0);
    expect(verified.out).toContain("The chain is whole: 2500 entries");
    expect(verified.out).toContain("No checkpoint was looked at");
  });

  test("writes a part, and the parts together are whole", async () => {
    await grow(7);
    const part = (...words: readonly string[]) =>
      ask(["ledger", "export", ...words], { DATABASE_URL: url });
    const [one, two] = [await part("--to", "3"), await part("--from", "4")];
    expect([seqsIn(one.out), seqsIn(two.out)]).toEqual([
      [1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(seqsIn((await part("--from", "3", "--to", "4")).out)).toEqual([3, 4]);
    const file = join(folder, "ledger.jsonl");
    await writeFile(file, one.out + two.out);
    expect((await ask(["ledger", "verify", "--file", file])).code).toBe(0);
    await writeFile(file, two.out);
    const alone = await ask(["ledger", "verify", "--file", file]);
    expect(alone.out).toBe("Entries 1 to 3 are missing: entry 4 stands there instead.\n");
  });

  test("writes the checkpoints of its entries to a new file, and over no other", async () => {
    const signer = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "a key") });
    const checkpoints = checkpointsIn(database, signer, []);
    for (const day of [2, 4, 6]) {
      await grow(2);
      await checkpoints.make(NOW + day * 86_400_000);
    }
    const file = join(folder, "checkpoints.jsonl");
    const words = ["ledger", "export", "--database", url, "--to", "5", "--checkpoints", file];
    expect((await ask(words)).code).toBe(0);
    const written = await readFile(file, "utf8");
    expect(seqsIn(written)).toEqual([2, 4]);
    const again = await ask(words);
    expect([again.code, again.out]).toEqual([1, ""]);
    expect(again.note).toContain("is there already");
    expect(await readFile(file, "utf8")).toBe(written);
  });

  test("from a database that is not there says so, and makes none", async () => {
    const nowhere = join(folder, "nowhere.db");
    const { code, out, note } = await operate([
      "ledger",
      "export",
      "--database",
      `sqlite:${nowhere}`,
    ]);
    expect([code, out]).toEqual([1, ""]);
    expect(note).toMatch(/^The database cannot be read: .+\.\n$/);
    await expect(stat(nowhere)).rejects.toThrow();
  });
});

describe("ledger verify", () => {
  test("looks at the database itself, and finds what was changed behind the bot's back", async () => {
    await grow(4);
    const verify = () => operate(["ledger", "verify"], { DATABASE_URL: url });
    expect(await verify()).toMatchObject({ code: 0, note: "" });
    await database.run("DROP TRIGGER ledger_no_update");
    await database.run(
      "UPDATE ledger SET body = replace(body, 'refused', 'applied') WHERE seq = 3",
    );
    expect(await verify()).toMatchObject({
      code: 1,
      out: "Entry 3 was changed: its hash is another one.\n",
    });
    await database.run("DROP TRIGGER ledger_in_order");
    await database.run("INSERT INTO ledger VALUES (-1, 'x', NULL, '{}', '', '')");
    expect((await verify()).out).toBe(
      "Entry 1 is not in its place: entry -1 stands there instead.\n",
    );
  });

  test("checks 100,000 entries in well under five seconds", async () => {
    const file = join(folder, "ledger.jsonl");
    const reason = "Upgrade on Monday. ".repeat(10);
    await writeFile(file, exportOf(chainOf(Array.from({ length: 100_000 }, () => reason))));
    const { code, out } = await operate(["ledger", "verify", "--file", file, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, last: { seq: 100_000 } });
  }, 15_000);

  test("says that a file cannot be read", async () => {
    const { code, note } = await ask(["ledger", "verify", "--file", join(folder, "none.jsonl")]);
    expect(code).toBe(1);
    expect(note).toContain("cannot be read (ENOENT).");
  });
});

describe("ledger key", () => {
  test("shows the public key of each key of the ring, the one that signs now first", async () => {
    const [one, two] = [newKeyRing(), newKeyRing().replace("k1:", "k0:")];
    const { code, out } = await operate(["ledger", "key"], { KEY_RING: `${one},${two}` });
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^[0-9a-f]{16} {2}\S+ {2}k1, signs now$/),
      expect.stringMatching(/^[0-9a-f]{16} {2}\S+ {2}k0$/),
    ]);
    for (const line of lines) {
      const [, text = ""] = line.split("  ");
      const key = createPublicKey({
        key: Buffer.from(text, "base64"),
        format: "der",
        type: "spki",
      });
      expect(key.asymmetricKeyType).toBe("ed25519");
    }
    for (const secret of [one, two]) expect(out).not.toContain(secret.slice(3, 20));
  });
});
