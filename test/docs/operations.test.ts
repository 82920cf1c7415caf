import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { bot, channels } from "../../playground/slack/slack.ts";
import { readCheckpoint } from "../../src/approval/checkpoint.ts";
import { readSetting } from "../../src/config.ts";
import { COMMANDS } from "../../src/operator/commands.ts";
import { filledManifest } from "../../src/operator/manifest.ts";
import { type Bed, newKeyRing, startBed } from "../bed.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { change, commandFor, reads } from "../stories/steps.ts";
import { cloneInto, installInto } from "./clone.ts";
import { fencesOf, sectionOf, spansOf, textOf } from "./page.ts";
import { type Shell, shellIn, type } from "./shell.ts";

// Each line is a process of its own, or two, on a machine that may be busy.
jest.setTimeout(180_000);

const page = textOf("docs/operations.md");

/** What a section lets one type, with what it shows below. */
const shownIn = (heading: string) =>
  fencesOf(sectionOf(page, heading)).flatMap(({ lines: [first = "", ...rest] }) =>
    first.startsWith("$ ") ? [{ line: first.slice(2), answer: `${rest.join("\n")}\n` }] : [],
  );
/** The only command of a section that begins so. */
function shown(heading: string, words: string) {
  const found = shownIn(heading).filter(({ line }) => line.includes(`-- ${words}`));
  expect([heading, words, found.length]).toEqual([heading, words, 1]);
  return found[0] ?? { line: "", answer: "" };
}

/** The same sentence about other amounts, hashes, keys and times. */
const same = (text: string): string =>
  text
    .replaceAll(/MCow[\w+/]+=/g, "PUBLIC KEY")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "HASH")
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{16}\b/g, "KEY ID")
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/(?<![\w-])\d+(?![\w-])/g, "7");

let shell: Shell;
beforeEach(async () => {
  const folder = join(temporaryFolder(), "clone");
  await cloneInto(folder);
  await installInto(folder);
  shell = shellIn(folder);
});

describe("with a bot that runs, what docs/operations.md shows is what is said, and what comes of it,", () => {
  let bed: Bed;
  const settings = (ring: string): Promise<void> =>
    writeFile(
      join(shell.folder, ".env"),
      `DATABASE_URL=${bed.environment.DATABASE_URL}\nKEY_RING=${ring}\n`,
    );
  beforeEach(async () => {
    bed = await startBed();
    await bed.connect(bed.ada, bed.gcore.keys.full);
    await bed.connect(bed.ben, bed.gcore.keys.colleague);
    await change(bed, bed.ada, commandFor(bed.gcore.ids.plain, "environment=staging"));
    await reads(bed, bed.ada, "@ada changed snapshot");
    await bed.ada.close({ all: true });
    await bed.said();
    await settings(bed.environment.KEY_RING ?? "");
  });
  afterEach(async () => {
    expect(await bed.end()).toEqual([]);
  });

  test("of the ledger: exported, and verified against the checkpoint that was posted", async () => {
    const ledger = (words: string) => shown("The ledger", `ledger ${words}`);
    await bed.pass(25 * 3_600_000);
    const lines = () => bed.ben.sees("#audit").flatMap((text) => text.split("\n"));
    const posted = await bed.slack.until(
      () => lines().filter((line) => readCheckpoint(line) !== undefined)[0],
      "a checkpoint",
    );
    await bed.said();
    await writeFile(join(shell.folder, "posted.jsonl"), `${posted}\n`);
    // The export goes into a file, so what is said stands beside it.
    const exported = await type(shell, ledger("export").line);
    expect([exported.code, same(exported.note)]).toEqual([0, same(ledger("export").answer)]);

    const key = await type(shell, ledger("key").line);
    expect([key.code, same(key.out)]).toEqual([0, same(ledger("key").answer)]);
    const [, own = ""] = key.out.split(/\s+/);
    const [, example = "none"] = /--key (\S+)/.exec(ledger("verify").line) ?? [];
    const verified = await type(shell, ledger("verify").line.replace(example, own));
    expect([verified.code, same(verified.out)]).toEqual([0, same(ledger("verify").answer)]);
    // The same key in both places of the page.
    expect(ledger("key").answer).toContain(example);
    // The key that the page shows is another bot's.
    const forged = await type(shell, ledger("verify").line);
    expect([forged.code, forged.out]).toEqual([1, expect.stringContaining("was not given")]);
  });

  test("of the key ring: sealed anew with the key that was put first, until the old one is needed no more", async () => {
    await settings(`${newKeyRing().replace("k1:", "k2:")},${bed.environment.KEY_RING}`);
    for (const words of ["keys rotate", "keys status"]) {
      const { line, answer } = shown("The key ring", words);
      const { code, out } = await type(shell, line);
      expect([words, code, same(out)]).toEqual([words, 0, same(answer)]);
    }
  });

  test("of a backup, put back into a new database", async () => {
    const section = "Backup, restore";
    const [made, back] = [shown(section, "backup"), shown(section, "restore")];
    const written = await type(shell, made.line);
    expect([written.code, same(written.note)]).toEqual([0, same(made.answer)]);
    shell.environment.DATABASE_URL = "sqlite:data/new.db";
    const restored = await type(shell, back.line);
    expect([restored.code, same(restored.note)]).toEqual([0, same(back.answer)]);
    expect(restored.note.match(/\d+/)?.[0]).toBe(written.note.match(/\d+/)?.[0]);
  });

  test("of what Slack does not take: the bot was put out of its audit channel", async () => {
    const { slack, ada, gcore } = bed;
    slack.kick("#audit", bot.userId);
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=live"));
    const { line, answer } = shown("What Slack does not take", "outbox");
    expect(answer.startsWith(channels.audit)).toBe(true);
    const tries = async (): Promise<number> => {
      const [row] = await bed.bot.database.all(
        "SELECT max(attempts) AS tries FROM outbox WHERE error IS NOT NULL",
      );
      return Number(row?.tries ?? 0);
    };
    await slack.until(async () => (await tries()) === 1, "the first refusal");
    await bed.pass(60_000);
    await slack.until(async () => (await tries()) > 1, "the second one");
    const { code, out } = await type(shell, line);
    const [about = ""] = out.split("\n").filter((one) => one.startsWith(channels.audit));
    expect([code, same(`${about}\n`)]).toEqual([1, same(answer)]);
    slack.invite("#audit", bot.userId);
    await bed.pass(24 * 3_600_000);
    await bed.said();
  });

  test("of the log: one id tells what became of a request", async () => {
    const [line = ""] = fencesOf(sectionOf(page, "The log"))[0]?.lines ?? [];
    const [, example = "", file = "none"] = /^grep (\S+) (\S+)$/.exec(line) ?? [];
    const [row] = await bed.bot.database.all("SELECT id FROM request");
    expect(String(row?.id)).toMatch(/^[0-9a-f]{32}$/);
    expect(example).toMatch(/^[0-9a-f]{32}$/);
    await writeFile(join(shell.folder, file), bed.logs.join(""));
    const { code, out } = await type(shell, line.replace(example, String(row?.id)));
    expect(code).toBe(0);
    const said = out
      .trimEnd()
      .split("\n")
      .map((one) => JSON.parse(one));
    expect(said.every(({ request }) => request === row?.id)).toBe(true);
    expect(said.map(({ method }) => method)).toEqual(
      expect.arrayContaining(["PATCH", "chat.postMessage"]),
    );
  });
});

test("setup without a terminal writes the settings and prints the manifest, as docs/operations.md has it", async () => {
  const [line = ""] = fencesOf(sectionOf(page, "Setting it up"))
    .map(({ lines }) => lines[0])
    .filter((one) => one?.includes("=…"));
  const secret = "0123456789abcdef0123456789abcdef";
  const typed = line
    .replace("TOKEN=…", "TOKEN=xoxb-1234567890-abc")
    .replace("SECRET=…", `SECRET=${secret}`);
  expect(typed).not.toContain("…");
  const { code } = await type(shell, typed);
  expect(code).toBe(0);
  const [, file = "", address = ""] = [
    ...(/> (\S+)$/.exec(line) ?? []),
    ...(/--url (\S+)/.exec(line)?.slice(1) ?? []),
  ];
  expect(await readFile(join(shell.folder, file), "utf8")).toBe(filledManifest({ address }));
  expect(parseEnv(await readFile(join(shell.folder, ".env"), "utf8"))).toMatchObject({
    SLACK_SIGNING_SECRET: secret,
    AUDIT_CHANNELS: "C0123456789",
  });
});

test("each way to call the operator's program that docs/operations.md names lists its commands", async () => {
  const top = page.split(/^## /m)[0] ?? "";
  const [always = ""] = fencesOf(top)[0]?.lines ?? [];
  const ways = spansOf(top).filter((code) => /^(?:npx|node) /.test(code));
  expect(ways).toHaveLength(2);
  // With Node 24, as the page says.
  shell.environment.PATH = `${dirname(process.execPath)}:${shell.environment.PATH}`;
  for (const line of [always, ...ways]) {
    const { code, out } = await type(shell, line);
    expect([line, code]).toEqual([line, 0]);
    for (const { summary } of COMMANDS) expect(out).toContain(summary);
  }
  // From any folder of it.
  shell.folder = join(shell.folder, "src", "store");
  expect((await type(shell, always)).code).toBe(0);
});

test("the line of docs/operations.md that makes a token for metrics makes one that the bot takes", async () => {
  const [line = ""] = fencesOf(sectionOf(page, "Metrics"))[0]?.lines ?? [];
  const { code, out } = await type(shell, line);
  expect(code).toBe(0);
  expect(readSetting("METRICS_TOKEN", out.trim())).toEqual({ value: out.trim() });
});

test("Prometheus is told to send that token, as the bot wants it, to the path where it looks by itself", () => {
  const [yaml] = fencesOf(sectionOf(page, "Metrics")).filter(({ language }) => language === "yaml");
  const { scrape_configs: jobs } = parse(yaml?.lines.join("\n") ?? "");
  expect(jobs).toEqual([
    {
      job_name: "snapshot-bot",
      scheme: "https",
      // Without a type it is Bearer, and without a path it is /metrics.
      authorization: { credentials_file: expect.any(String) },
      static_configs: [{ targets: [expect.any(String)] }],
    },
  ]);
});
