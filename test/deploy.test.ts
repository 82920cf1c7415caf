import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { readSetting } from "../src/config.ts";
import { operate } from "./operator/operator.ts";
import { temporaryFolder } from "./store/temporary.ts";

const ROOT = new URL("../", import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), "utf8");
/** What `npm start` runs; only there the settings come out of `.env`. */
const startLine = async (): Promise<string> =>
  JSON.parse(await read("package.json")).scripts.start.replace("--env-file-if-exists=.env ", "");
/** How long a stop may take to finish what was begun, in seconds: see bot.ts. */
const DRAIN = 20;

const kindOf = (url: string): string | undefined => {
  const setting = readSetting("DATABASE_URL", url);
  return "value" in setting ? setting.value.kind : undefined;
};

describe("The Procfile", () => {
  test("starts the bot, and brings the database up before each release", async () => {
    const lines = (await read("Procfile")).trim().split("\n");
    expect(lines).toEqual(["release: node src/operator.js migrate", `web: ${await startLine()}`]);
    for (const path of ["src/operator.js", "src/start.js"]) await stat(new URL(path, ROOT));
  });

  test("releases nothing onto a disk that vanishes", async () => {
    const DATABASE_URL = `sqlite:${temporaryFolder()}/bot.db`;
    const { code, note } = await operate(["migrate"], { DYNO: "release.1", DATABASE_URL });
    expect([code, note]).toEqual([1, expect.stringContaining("Add Heroku Postgres")]);
    expect(await operate(["migrate"], { DATABASE_URL })).toMatchObject({ code: 0 });
  });
});

describe("The Dockerfile", () => {
  test("has what the bot needs and no more, and runs it as somebody who owns nothing but the data", async () => {
    const lines = (await read("Dockerfile")).split("\n").filter((line) => /^[A-Z]/.test(line));
    const ignored = (await read(".dockerignore"))
      .split("\n")
      .filter((line) => /^[^#\s]/.test(line));
    const kept = ignored.slice(1).map((line) => line.slice(1));
    expect(ignored).toEqual(["*", ...kept.map((path) => `!${path}`)]);
    const copied = lines
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from"))
      .flatMap((line) => line.split(" ").slice(1, -1));
    expect([...new Set(copied)].toSorted()).toEqual(kept.toSorted());
    for (const path of copied) await stat(new URL(path, ROOT));
    expect(lines.slice(lines.lastIndexOf("USER node"))).toEqual([
      "USER node",
      "EXPOSE 3000",
      expect.stringMatching(/^HEALTHCHECK /),
      `CMD ${JSON.stringify((await startLine()).split(" ")).replaceAll(",", ", ")}`,
    ]);
    const [, url = ""] = /DATABASE_URL=(\S+)/.exec(lines.join("\n")) ?? [];
    expect([url, kindOf(url)]).toEqual(["sqlite:/data/snapshot-bot.db", "sqlite"]);
  });

  test("compiles as the user who runs it and with the same options, which Node keeps apart, and lets it read that alone", async () => {
    const dockerfile = (await read("Dockerfile")).replaceAll(/\\\n\s*/g, "");
    const [, user] = /^USER (\S+)$/m.exec(dockerfile) ?? [];
    const [, compile = "", after = ""] =
      /^RUN (.+?setpriv.+?) && (chown .+)$/m.exec(dockerfile) ?? [];
    expect(compile).toBe(
      `install -d -o ${user} -g ${user} node_modules/.cache && (setpriv --reuid=${user} --regid=${user} --clear-groups ${await startLine()} || true)`,
    );
    expect(after).toBe(
      `chown -R root:${user} node_modules/.cache && chmod -R u=rwX,g=rX,o= node_modules/.cache`,
    );
  });

  test("takes the same Node that the package asks for", async () => {
    const { engines } = JSON.parse(await read("package.json"));
    const [, wanted] = /^>=(\d+)/.exec(engines.node) ?? [];
    const used = [...(await read("Dockerfile")).matchAll(/^FROM node:(\d+)/gm)].map(
      ([, one]) => one,
    );
    expect(used).toEqual([wanted, wanted]);
  });
});

describe("The compose file", () => {
  test("gives the bot a Postgres that is ready first, and as little else as it needs", async () => {
    const { services, volumes } = parse(await read("compose.yml"));
    const { bot, database } = services;
    const url = bot.environment.DATABASE_URL.replace(/\$\{[^}]*\}/, "word");
    expect([url, kindOf(url)]).toEqual([
      "postgres://snapshot_bot:word@database/snapshot_bot",
      "postgres",
    ]);
    expect(database.environment).toMatchObject({
      POSTGRES_USER: "snapshot_bot",
      POSTGRES_DB: "snapshot_bot",
    });
    expect(bot.depends_on.database.condition).toBe("service_healthy");
    expect(bot).toMatchObject({
      build: ".",
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    expect(Number.parseInt(bot.stop_grace_period, 10)).toBeGreaterThan(DRAIN);
    expect(Object.keys(volumes)).toEqual(["database"]);
    // No password stands in it.
    expect(await read("compose.yml")).not.toMatch(/^\s*POSTGRES_PASSWORD: (?!\$)/m);
  });
});

describe("The systemd unit", () => {
  test("starts the bot as nobody in particular, who may write into its own folders alone", async () => {
    const unit = await read("deploy/snapshot-bot.service");
    const all = Object.fromEntries(
      unit
        .split("\n")
        .filter((line) => /^[A-Za-z]+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    expect(all).toMatchObject({
      ExecStart: `/usr/bin/${await startLine()}`,
      WorkingDirectory: "/opt/snapshot-bot",
      DynamicUser: "yes",
      StateDirectory: "snapshot-bot",
      ProtectSystem: "strict",
      NoNewPrivileges: "yes",
      CapabilityBoundingSet: "",
      Restart: "always",
    });
    expect(Number.parseInt(all.TimeoutStopSec ?? "", 10)).toBeGreaterThan(DRAIN);
    const [, url = ""] = /DATABASE_URL=(\S+)/.exec(all.Environment ?? "") ?? [];
    expect([url, kindOf(url)]).toEqual(["sqlite:/var/lib/snapshot-bot/snapshot-bot.db", "sqlite"]);
    // Node makes machine code while it runs.
    expect(all).not.toHaveProperty("MemoryDenyWriteExecute");
  });
});

test("a stop takes no longer than those who start the bot wait for it", async () => {
  const source = await readFile(fileURLToPath(new URL("src/bot.ts", ROOT)), "utf8");
  expect(source).toContain(`const DRAIN = ${DRAIN}_000;`);
});
