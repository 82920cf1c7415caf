import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BotProcess, botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, type Person, startSlack } from "../../playground/slack/slack.ts";

/** How the bot was at a moment: bytes, and milliseconds. */
export interface Watched {
  readonly at: number;
  readonly rss: number;
  readonly heapUsed: number;
  /** The longest time for which its event loop was held up since the moment before. */
  readonly held: number;
  /** What it has used of a processor since its start. */
  readonly cpu: number;
}

/** The real bot as a process of its own, between the strict local Slack and a Gcore that takes its time. */
export interface BulkWorld {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  /** How many PATCHes were answered. */
  patched(): number;
  /** How the bot was from a moment on. */
  watched(since: number): readonly Watched[];
  connect(person: Person): Promise<void>;
  end(): Promise<void>;
}

const POLICY = `bulk:
  most: 10000
  most_per_person: 100000
rules:
  - name: whoever asks
    confirm: requester
`;
const WATCH = new URL("loop-watch.ts", import.meta.url).href;

/** @param databaseUrl undefined: SQLite in a folder of its own. @param ms what each call to Gcore takes */
export async function startBulkWorld(
  databaseUrl: string | undefined,
  ms: number,
): Promise<BulkWorld> {
  const [slack, gcore, folder] = await Promise.all([
    startSlack(),
    startGcore(),
    mkdtemp(join(tmpdir(), "snapshot-bot-bench-")),
  ]);
  const policy = join(folder, "policy.yml");
  await writeFile(policy, POLICY);
  const environment = botEnvironment(slack, gcore, join(folder, "bot.db"));
  const bot: BotProcess = await startBotProcess({
    ...environment,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    POLICY_FILE: policy,
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${WATCH} ${process.env.BENCH_NODE_OPTIONS ?? ""}`,
  });
  slack.deliverTo(`${bot.url}/slack/events`);
  gcore.faults.next({}, { kind: "delay", ms }, Number.MAX_SAFE_INTEGER);
  let patched = 0;
  gcore.watch((when, { method }) => {
    if (when === "after" && method === "PATCH") patched += 1;
  });
  return {
    slack,
    gcore,
    patched: () => patched,
    watched: (since) =>
      bot.output
        .filter((line) => line.startsWith('{"watch"'))
        .map((line) => (JSON.parse(line) as { readonly watch: Watched }).watch)
        .filter(({ at }) => at >= since),
    async connect(person) {
      await person.command("#ops", "/snapshot connect");
      await slack.until(() => person.modal, "the form for the key");
      person.fill("Gcore API key", gcore.keys.full);
      await person.submit();
      await slack.until(() => person.modal?.title === "Key connected", "the key to be connected");
      await person.close();
    },
    async end() {
      await bot.end("SIGTERM");
      await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
    },
  };
}
