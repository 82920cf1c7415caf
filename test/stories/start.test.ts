import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type BotProcess, runBot, startBotProcess } from "../../playground/bot-process.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { environmentFor } from "../bed.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let slack: LocalSlack;
let gcore: LocalGcore;
let folder: string;
let running: BotProcess | undefined;
beforeEach(async () => {
  [slack, gcore] = await Promise.all([startSlack(), startGcore()]);
  folder = await mkdtemp(join(tmpdir(), "snapshot-bot-start-"));
});
afterEach(async () => {
  await running?.end("SIGKILL");
  running = undefined;
  await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
});

const environment = (more: Record<string, string> = {}) => ({
  ...environmentFor(slack, gcore, folder),
  ...more,
});
const ending = async (settings: Record<string, string>) => {
  const { exited, output } = runBot(settings);
  return { code: await exited, text: output.join("\n") };
};

describe("npm start", () => {
  test("without any settings names all that are missing at once, and exits with 1", async () => {
    const { code, text } = await ending({});
    expect(code).toBe(1);
    for (const name of ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "KEY_RING"]) {
      expect(text).toContain(`- ${name} is missing.`);
    }
    expect(text).toContain("randomBytes(32)");
    expect(text).not.toContain("    at ");
  });

  test("with wrong settings names each, and shows no secret", async () => {
    const ring = `k1:${Buffer.alloc(32, "a").toString("base64")}`;
    const { code, text } = await ending(
      environment({ KEY_RING: ring, PORT: "many", DATABASE_URL: "mysql://x", LOG_LEVEL: "loud" }),
    );
    expect(code).toBe(1);
    for (const name of ["KEY_RING", "PORT", "DATABASE_URL", "LOG_LEVEL"]) {
      expect(text).toContain(`- ${name} `);
    }
    expect(text).not.toContain(ring.slice(3));
  });

  test("with a database that cannot be opened says so in one line, and exits with 1", async () => {
    await writeFile(join(folder, "file"), "not a folder");
    const { code, text } = await ending(
      environment({ DATABASE_URL: `sqlite:${join(folder, "file", "bot.db")}` }),
    );
    expect(code).toBe(1);
    expect(text).toMatch(/^The bot cannot start: .+$/);
  });

  test.each(["sqlite::memory:", "sqlite:file:bot.db", "sqlite:"])(
    "with %s, which would keep nothing or not where it says, refuses to start",
    async (url) => {
      const { code, text } = await ending(environment({ DATABASE_URL: url }));
      expect(code).toBe(1);
      expect(text).toContain("DATABASE_URL is to be sqlite:PATH");
    },
  );

  test("with a key ring that opens none of the keys that are kept says so, and touches nothing", async () => {
    running = await startBotProcess(environment());
    slack.deliverTo(`${running.url}/slack/events`);
    const ada = slack.person("ada");
    await ada.command("#ops", "/snapshot connect");
    await slack.until(() => ada.modal, "the form for the key");
    ada.fill("Gcore API key", gcore.keys.full);
    await ada.submit();
    await slack.until(() => ada.modal?.title === "Key connected");
    await running.end("SIGTERM");
    running = undefined;
    const { code, text } = await ending(environment());
    expect(code).toBe(1);
    expect(text).toContain("KEY_RING opens none of the 1 keys");
  });

  test("with a file that is no database says so, and leaves the file alone", async () => {
    const path = join(folder, "bot.db");
    await writeFile(path, "this is not a database ".repeat(100));
    const { code, text } = await ending(environment({ DATABASE_URL: `sqlite:${path}` }));
    expect(code).toBe(1);
    expect(text).toMatch(/^The bot cannot start: .+$/);
  });

  test("[latitude-llm#3334] with a token that Slack refuses says which, and exits with 1", async () => {
    const { code, text } = await ending(environment({ SLACK_BOT_TOKEN: "xoxb-not-the-token" }));
    expect(code).toBe(1);
    expect(text).toContain("SLACK_BOT_TOKEN is refused by Slack: invalid_auth.");
  });

  test("on a Node that is too old says so in one line", () => {
    const script = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });
      await import("./src/start.js");`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toBe("snapshot-bot needs Node 24 or newer; this is Node 20.20.2.\n");
  });
});

describe("the bot while it runs", () => {
  const look = async (path: string) => {
    const response = await fetch(`${running?.url}${path}`);
    return { status: response.status, text: await response.text() };
  };

  test("is alive and ready once Slack has verified the token", async () => {
    running = await startBotProcess(environment());
    expect(await look("/healthz")).toEqual({ status: 200, text: "alive\n" });
    expect(await look("/readyz")).toEqual({ status: 200, text: "ready\n" });
    expect((await look("/elsewhere")).status).toBe(404);
  });

  test("is alive but not ready while Slack cannot be reached, and goes on by itself", async () => {
    slack.faults.next("auth.test", { kind: "status", status: 503 });
    const { output, exited, child } = runBot(environment());
    const listening = await slack.until(() => output.find((line) => line.includes('"Listening"')));
    const { url } = JSON.parse(listening);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/slack/events`, { method: "POST" })).status).toBe(503);
    await slack.until(async () => (await fetch(`${url}/readyz`)).status === 200, "ready");
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  });

  test("lives through any address that anybody asks for", async () => {
    running = await startBotProcess(environment());
    const { port } = new URL(running.url);
    for (const path of ["//", "///", "//[", "//%", "/\\", "*", "http://["]) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      await new Promise((done) => socket.on("data", () => undefined).on("close", done));
    }
    expect((await look("/healthz")).status).toBe(200);
  });

  test("refuses what does not carry Slack's signature", async () => {
    running = await startBotProcess(environment());
    const response = await fetch(`${running.url}/slack/events`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "command=%2Fsnapshot&text=help",
    });
    expect(response.status).toBe(401);
  });

  test("finishes what it has begun when it is told to stop, and exits with 0", async () => {
    running = await startBotProcess(environment());
    slack.deliverTo(`${running.url}/slack/events`);
    const ada = slack.person("ada");
    await ada.command("#ops", "/snapshot connect");
    await slack.until(() => ada.modal, "the form for the key");
    ada.fill("Gcore API key", gcore.keys.full);
    gcore.faults.slow(500, { path: /clients\/me/ });
    await ada.submit();
    expect(await running.end("SIGTERM")).toBe(0);
    running = undefined;
    expect(ada.modal?.title).toBe("Key connected");
  });
});
