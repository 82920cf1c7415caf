import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import pg from "pg";
import { parse } from "yaml";
import { parseConfig } from "../../src/config.ts";
import { newKeyRing } from "../bed.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { cloneInto, installInto } from "./clone.ts";
import { fencesOf, sectionOf, spansOf, textOf } from "./page.ts";
import { begin, shellIn, type } from "./shell.ts";

// Each line is a process of its own, or two, on a machine that may be busy.
jest.setTimeout(180_000);

const page = textOf("docs/deploy.md");
const linesOf = (heading: string): readonly string[] =>
  fencesOf(sectionOf(page, heading)).flatMap(({ lines }) => lines);
/** Where nobody answers. */
const NOWHERE = "http://127.0.0.1:9";
const WITHOUT_TOOLS = "npm ci --omit=dev --omit=optional";

describe("systemd, by docs/deploy.md", () => {
  test("line by line: the sources, the settings, the unit and what Node compiled are where it looks for them", async () => {
    const [clone = "", install = "", setup = "", copy = "", enable = "", look = "", ...more] =
      linesOf("systemd");
    expect(more).toEqual([]);
    // The folders of the system are in a temporary one.
    const root = temporaryFolder();
    const here = (text: string): string =>
      text.replaceAll(/(?<=^|[\s:=])(?=\/(?:opt|etc|var|usr)\/)/g, root);
    const shell = shellIn(root);
    // With Node 24, as the page says.
    shell.environment.PATH = `${dirname(process.execPath)}:${shell.environment.PATH}`;

    const [, folder = ""] = /^git clone https:\S+ (\S+)$/.exec(clone) ?? [];
    expect(install).toBe(`cd ${folder} && ${WITHOUT_TOOLS}`);
    shell.folder = here(folder);
    await cloneInto(shell.folder);
    await installInto(shell.folder);

    for (const place of ["/etc/systemd/system", "/var/lib", "/var/cache"]) {
      await mkdir(here(place), { recursive: true });
    }
    const asked = begin(shell, here(setup));
    await asked.sees("Slack reaches the bot");
    asked.types("https://bot.acme.example");
    await asked.sees("Bot User OAuth Token");
    asked.types("xoxb-1234567890-abcdefgh");
    await asked.sees("Signing Secret");
    asked.types("0123456789abcdef0123456789abcdef");
    await asked.sees("audit channels");
    asked.types("");
    expect(await asked.ended()).toBe(0);
    expect((await type(shell, here(copy))).code).toBe(0);

    // What systemd makes of the unit that lies there now: the file goes before the line.
    const unit = await readFile(here("/etc/systemd/system/snapshot-bot.service"), "utf8");
    const said = (name: string): string => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1] ?? "";
    expect(here(said("WorkingDirectory"))).toBe(shell.folder);
    const file = here(said("EnvironmentFile"));
    expect((await stat(file)).mode & 0o077).toBe(0);
    const own = parseEnv(here(said("Environment").replaceAll(" ", "\n")));
    const settings = { ...own, ...parseEnv(await readFile(file, "utf8")) };
    expect(parseConfig(settings)).toMatchObject({
      config: {
        database: {
          kind: "sqlite",
          path: join(here("/var/lib"), said("StateDirectory"), "snapshot-bot.db"),
        },
      },
    });
    // A start that ends at once leaves what Node compiled in the folder that the unit's user may write.
    const { NODE_COMPILE_CACHE: compiled = "" } = own;
    expect(compiled).toBe(join(here("/var/cache"), said("CacheDirectory")));
    const starting = shellIn(shell.folder, { PATH: shell.environment.PATH, ...own });
    const { code, note } = await type(starting, said("ExecStart").replace("/usr/bin/", ""));
    expect([code, note]).toEqual([1, expect.stringContaining("The bot cannot start.")]);
    expect((await readdir(compiled)).length).toBeGreaterThan(0);

    // The operator reads the same file; neither Slack nor Gcore is asked from here.
    Object.assign(shell.environment, { SLACK_API_URL: NOWHERE, GCORE_API_URL: NOWHERE });
    const { out } = await type(shell, here(look));
    expect(out).toContain("Settings: no fault");
    expect(out).toContain("Key ring: k1 seals.");
    expect(out).toContain("Database: ");
    expect(enable).toBe("systemctl daemon-reload && systemctl enable --now snapshot-bot");
    expect(said("WantedBy")).toBe("multi-user.target");
    expect(spansOf(sectionOf(page, "systemd"))).toContain("journalctl -u snapshot-bot");
  });
});

describe("Docker, by docs/deploy.md", () => {
  const [up, look, build, run = ""] = linesOf("Docker");

  test("builds with compose what compose.yml says, with all that it asks of .env", () => {
    expect(up).toBe("docker compose up -d --build");
    expect(textOf("compose.yml")).toContain(`: ${up}\n`);
    const compose = parse(textOf("compose.yml"));
    expect(compose.services.bot).toMatchObject({ build: ".", env_file: ".env" });
    const asked = [...textOf("compose.yml").matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(spansOf(sectionOf(page, "Docker"))).toEqual(
      expect.arrayContaining([".env", ...new Set(asked)]),
    );
  });

  test("asks what an operator asks in the service that compose runs, and hands in a policy as .env names it", () => {
    const compose = textOf("compose.yml");
    const [, service = "none", command] = /^docker compose exec (\w+) (.+)$/.exec(look ?? "") ?? [];
    expect([command, Object.keys(parse(compose).services)]).toEqual([
      "node src/operator.js doctor",
      expect.arrayContaining([service]),
    ]);
    const [, name] = /`POLICY_FILE=(\S+)`/.exec(sectionOf(page, "Docker")) ?? [];
    const withPolicy = parse(compose.replace("# volumes:", "volumes:"));
    const [, folder] = /^WORKDIR (\S+)$/m.exec(textOf("Dockerfile")) ?? [];
    expect(withPolicy.services.bot.volumes).toEqual([`./${name}:${folder}/${name}:ro`]);
  });

  test("runs the image that it has built, with the database in the volume and the port that is open", () => {
    const [, image] = /^docker build -t (\S+) \.$/.exec(build ?? "") ?? [];
    expect(run.split(" ").at(-1)).toBe(image);
    const dockerfile = textOf("Dockerfile");
    const [, volume = "none"] = /^VOLUME (\S+)$/m.exec(dockerfile) ?? [];
    const [, port = "none"] = /^EXPOSE (\d+)$/m.exec(dockerfile) ?? [];
    expect(run).toMatch(new RegExp(`^docker run -d .*-v [\\w-]+:${volume} `));
    expect(run).toContain(` -p 127.0.0.1:${port}:${port} `);
    expect(run).toContain(" --read-only ");
    // What stands after -e goes before the file that setup wrote.
    const [, file] = / --env-file (\S+)/.exec(run) ?? [];
    const [, name = "", value] = / -e (\w+)=(\S+)/.exec(run) ?? [];
    expect([file, name, value]).toEqual([
      ".env",
      "DATABASE_URL",
      /DATABASE_URL=(\S+)/.exec(dockerfile)?.[1],
    ]);
    expect(value).toMatch(new RegExp(`^sqlite:${volume}/`));
  });
});

describe("Heroku, by docs/deploy.md", () => {
  const section = sectionOf(page, "Heroku");
  const set = linesOf("Heroku")
    .flatMap((line) => /^heroku config:set (.+)$/.exec(line)?.[1]?.split(" ") ?? [])
    .map((pair) => pair.split("=") as [string, string]);
  const before = process.env.PGSSLMODE;
  afterEach(() => {
    if (before === undefined) delete process.env.PGSSLMODE;
    else process.env.PGSSLMODE = before;
  });

  test("sets what the bot wants to be told over HTTP, and nothing is missing", () => {
    const own = set.filter(([, value]) => value === "…").map(([name]) => name);
    const values: Record<string, string> = {
      SLACK_BOT_TOKEN: "xoxb-1234567890-abcdefgh",
      SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
      KEY_RING: newKeyRing(),
      AUDIT_CHANNELS: "C0123456789",
    };
    expect(own.toSorted()).toEqual(Object.keys(values).toSorted());
    // Heroku Postgres and the dyno bring these.
    const theirs = { DATABASE_URL: "postgres://u:p@host/db", DYNO: "web.1", PORT: "5000" };
    expect(parseConfig({ ...theirs, ...values })).toHaveProperty("config");
  });

  test("encrypts the connection to Postgres without asking who signed, and leaves out what npm need not bring", async () => {
    const others = Object.fromEntries(set.filter(([, value]) => value !== "…"));
    process.env.PGSSLMODE = others.PGSSLMODE;
    const client = new pg.Client({ connectionString: "postgres://u:p@host/db" });
    expect(Reflect.get(client, "ssl")).toEqual({ rejectUnauthorized: false });
    const shell = shellIn(temporaryFolder(), others);
    expect((await type(shell, "npm config get omit")).out.trim()).toBe("optional");
  });

  test("asks what an operator asks as the Procfile calls the operator's program", () => {
    const asked = linesOf("Heroku").find((line) => line.startsWith("heroku run "));
    const [, program] = /^release: (.+) migrate$/m.exec(textOf("Procfile")) ?? [];
    expect(asked).toBe(`heroku run ${program} doctor`);
  });

  test("runs more of the process that the Procfile names", () => {
    const [, name = "none"] = /^heroku ps:scale (\w+)=2$/m.exec(spansOf(section).join("\n")) ?? [];
    expect(textOf("Procfile")).toMatch(new RegExp(`^${name}: `, "m"));
  });
});

test("an install for production is written in the same way on each page, and in the Dockerfile", () => {
  for (const file of [
    ...["README.md", "docs/deploy.md", "docs/licences.md"],
    ...["Dockerfile", "deploy/snapshot-bot.service"],
  ]) {
    expect([
      file,
      textOf(file).match(/npm ci --omit[^`\n]*?(?= --ignore-scripts|[`)\n])/g),
    ]).toEqual([file, [WITHOUT_TOOLS]]);
  }
});
