import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { parseConfig } from "../../src/config.ts";
import { filledManifest } from "../../src/operator/manifest.ts";
import { newKeyRing } from "../bed.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { operate, type Ran } from "./operator.ts";
import { typing } from "./typing.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, ".env");
});

const BOT_TOKEN = "xoxb-1234567890-canary";
const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";
const APP_TOKEN = "xapp-1-A012345-canary";
const ADDRESS = "https://bot.acme.example";

const setup = (words: readonly string[], environment: Record<string, string> = {}): Promise<Ran> =>
  operate(["setup", "--file", file, ...words], environment);
const written = async () => parseEnv(await readFile(file, "utf8"));

describe("setup, from options and the environment,", () => {
  test("writes settings that the bot takes, with a new key ring, and prints the manifest alone", async () => {
    const secrets = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET };
    const ran = await setup(["--url", `${ADDRESS}/`, "--audit-channels", "C0123456789"], secrets);
    expect(ran.code).toBe(0);
    expect(ran.out).toBe(filledManifest({ address: ADDRESS }));
    const settings = await written();
    expect(parseConfig(settings)).toMatchObject({
      config: {
        slack: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, appToken: undefined },
        database: { kind: "sqlite", path: "data/snapshot-bot.db" },
        auditChannels: ["C0123456789"],
        keyRing: [{ id: "k1" }],
      },
    });
    for (const secret of [BOT_TOKEN, SIGNING_SECRET, settings.KEY_RING?.slice(3) ?? "none"]) {
      expect(ran.out + ran.note).not.toContain(secret);
    }
  });

  test("makes the file for its owner alone", async () => {
    await setup(["--socket"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("makes another key ring each time, and takes the one that there is", async () => {
    await setup(["--socket"]);
    const one = (await written()).KEY_RING;
    file = join(folder, "other.env");
    await setup(["--socket"]);
    expect((await written()).KEY_RING).not.toBe(one);
    file = join(folder, "third.env");
    const KEY_RING = `${newKeyRing()},${newKeyRing().replace("k1", "k0")}`;
    await setup(["--socket"], { KEY_RING });
    expect((await written()).KEY_RING).toBe(KEY_RING);
  });

  test("says in three lines what is next, and which tokens are still to come", async () => {
    const http = await setup(["--url", ADDRESS]);
    expect(http.note.match(/^\d\. /gm)).toHaveLength(3);
    expect(http.note).toContain("put SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET into");
    expect(http.note).toContain(`node --env-file=${file} src/operator.js doctor`);
    expect(await written()).toMatchObject({ SLACK_BOT_TOKEN: "", SLACK_SIGNING_SECRET: "" });
    file = join(folder, "socket.env");
    const socket = await setup(["--socket"], {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
    });
    expect(socket.note).toContain("1. Invite the bot to your audit channels");
    expect(parseConfig(await written())).toMatchObject({
      config: { slack: { appToken: APP_TOKEN, signingSecret: undefined } },
    });
  });

  test("writes over no file, whatever is in it, and says so", async () => {
    await writeFile(file, "KEY_RING=mine\n");
    const ran = await setup(["--socket"]);
    expect([ran.code, ran.out]).toEqual([1, ""]);
    expect(ran.note).toContain("is there already, and is not written over");
    expect(await readFile(file, "utf8")).toBe("KEY_RING=mine\n");
  });

  test("writes into no folder that is not there", async () => {
    file = join(folder, "nowhere", ".env");
    const ran = await setup(["--socket"]);
    expect(ran.code).toBe(1);
    expect(ran.note).toContain("its folder is not there");
  });

  test.each<readonly [string, readonly string[], Record<string, string>, RegExp]>([
    ["no way for Slack to reach it", [], {}, /--url with its address, or --socket/],
    ["both ways", ["--url", ADDRESS, "--socket"], {}, /not both/],
    ["an address without TLS", ["--url", "http://bot.acme.example"], {}, /--url is not an https:/],
    ["an address of this machine", ["--url", "https://localhost"], {}, /Slack cannot reach it/],
    [
      "a name in place of ids",
      ["--socket", "--audit-channels", "#audit"],
      {},
      /^AUDIT_CHANNELS takes/,
    ],
    [
      "a database that is none",
      ["--socket", "--database", "mysql://x"],
      {},
      /^DATABASE_URL is to be/,
    ],
    [
      "a wrong token",
      ["--socket"],
      { SLACK_BOT_TOKEN: "xoxp-canary-00000" },
      /^SLACK_BOT_TOKEN does not/,
    ],
    ["a weak key ring", ["--socket"], { KEY_RING: "k1:canary" }, /^KEY_RING has/],
    [
      "a password among the options",
      ["--socket", "--database", "postgres://bot:canary@db/bot"],
      {},
      /Set DATABASE_URL in its place/,
    ],
  ])("refuses %s, writes nothing and exits with 2", async (_what, words, environment, note) => {
    const ran = await setup(words, environment);
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.note).toMatch(note);
    expect(ran.note).not.toContain("canary");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("setup, at a terminal,", () => {
  test("asks for everything, again where an answer is wrong, and shows no secret", async () => {
    const person = typing(["setup", "--file", file]);
    await person.answers("Slack reaches the bot", "http://bot.acme.example");
    await person.answers("This is not an https:// address", ADDRESS);
    await person.answers("Bot User OAuth Token", "xoxp-1234567890-canary");
    await person.answers("SLACK_BOT_TOKEN does not look right", BOT_TOKEN);
    await person.answers("Signing Secret", "canary-of-the-wrong-place");
    await person.answers("is to be 32 digits", SIGNING_SECRET);
    await person.answers("The database", "postgres://bot@db.acme.example/bot");
    await person.answers("Password of bot", "canary p@ss/w#rd");
    await person.answers("audit channels", "#audit");
    await person.answers("takes channel ids", "C0123456789");
    const { code, seen } = await person.ended();
    expect(code).toBe(0);
    for (const secret of ["canary", SIGNING_SECRET, "p@ss"]) expect(seen).not.toContain(secret);
    expect(seen).toContain("C0123456789");
    expect(seen.indexOf("Create New App")).toBeLessThan(seen.indexOf("Bot User OAuth Token"));
    expect(parseConfig(await written())).toMatchObject({
      config: {
        slack: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET },
        database: { url: "postgres://bot:canary%20p%40ss%2Fw%23rd@db.acme.example/bot" },
      },
    });
  });

  test("takes Enter for Socket Mode, for tokens that come later, and for what is usual", async () => {
    const person = typing(["setup", "--file", file]);
    await person.answers("Slack reaches the bot", "");
    await person.answers("Bot User OAuth Token", "");
    await person.answers("App-level token", "");
    await person.answers("The database", "");
    await person.answers("audit channels", "");
    const { code, seen } = await person.ended();
    expect(code).toBe(0);
    expect(seen).toContain("socket_mode_enabled: true");
    expect(seen).toContain("put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into");
    expect(await written()).toMatchObject({
      SLACK_APP_TOKEN: "",
      DATABASE_URL: "sqlite:data/snapshot-bot.db",
      AUDIT_CHANNELS: "",
    });
  });

  test("says what is wrong in the environment, and asks for it in its place", async () => {
    const person = typing(
      ["setup", "--file", file, "--socket", "--audit-channels", "C0123456789"],
      {
        SLACK_BOT_TOKEN: "xoxp-1234567890-canary",
      },
    );
    await person.answers("In the environment, SLACK_BOT_TOKEN does not look right", BOT_TOKEN);
    await person.answers("App-level token", "");
    await person.answers("The database", "");
    const { code, seen } = await person.ended();
    expect([code, seen.includes("canary")]).toEqual([0, false]);
    expect((await written()).SLACK_BOT_TOKEN).toBe(BOT_TOKEN);
  });

  test("does not ask for what it was told", async () => {
    const person = typing(
      ["setup", "--file", file, "--socket", "--audit-channels", "C0123456789"],
      {
        SLACK_BOT_TOKEN: BOT_TOKEN,
        DATABASE_URL: "sqlite:/var/lib/bot.db",
      },
    );
    await person.answers("App-level token", APP_TOKEN);
    const { code, seen } = await person.ended();
    expect(code).toBe(0);
    expect(seen).not.toContain("Bot User OAuth Token");
    expect(seen).not.toContain("The database,");
  });

  test.each([
    ["Ctrl+C", "\u0003"],
    ["Ctrl+D", "\u0004"],
  ])("writes nothing when whoever is asked leaves by %s", async (_name, key) => {
    const person = typing(["setup", "--file", file, "--socket"]);
    await person.presses("Bot User OAuth Token", key);
    const { code, seen } = await person.ended();
    expect(code).toBe(1);
    expect(seen).toContain("Stopped. Nothing was written.");
    expect(await readdir(folder)).toEqual([]);
  });

  test("shows nothing of a paste that has more lines than one", async () => {
    const person = typing(["setup", "--file", file, "--socket"]);
    await person.presses("Bot User OAuth Token", `${BOT_TOKEN}\rxapp-canary-of-the-second-line\r`);
    await person.answers("App-level token", "");
    await person.answers("The database", "");
    await person.answers("audit channels", "");
    const { seen } = await person.ended();
    expect(seen).not.toContain("canary");
    expect((await written()).SLACK_BOT_TOKEN).toBe(BOT_TOKEN);
  });
});
