import { readFileSync } from "node:fs";
import { z } from "zod";
import { webAddress } from "./address.ts";
import { DEFAULT_POLICY, type Policy } from "./approval/policy.ts";
import { readPolicy } from "./approval/policy-file.ts";
import { type DatabaseSettings, readDatabaseUrl } from "./database-url.ts";
import { type KeyRing, keyRing } from "./key-ring.ts";
import { OTEL_SHAPE, type TracesTo, tracesTo } from "./otel-settings.ts";

/** Everything that the bot is told from outside. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly signingSecret: string | undefined;
    /** Set: Socket Mode. Unset: HTTP. */
    readonly appToken: string | undefined;
    readonly apiUrl: string;
  };
  readonly gcoreUrl: string;
  readonly database: DatabaseSettings;
  readonly keyRing: KeyRing;
  readonly auditChannels: readonly string[];
  readonly policy: Policy;
  /** How long a key is kept that nobody uses, in milliseconds. */
  readonly keepUnusedKeys: number;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** What opens `/metrics`; undefined: nothing does. */
  readonly metricsToken: string | undefined;
  /** Where traces go; undefined: there are none. */
  readonly traces: TracesTo | undefined;
}

const DAY = 24 * 3_600_000;

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const token = (prefix: string, where: string) =>
  z
    .string({ error: `is missing. ${where}` })
    .regex(new RegExp(`^${prefix}-[\\w-]{8,}$`), `does not look right: it begins with ${prefix}-.`);

const url = (byDefault: string) => z.string().default(byDefault).pipe(webAddress);

const Environment = z.object({
  SLACK_BOT_TOKEN: token("xoxb", 'It is the "Bot User OAuth Token" of your Slack app.'),
  SLACK_SIGNING_SECRET: z.string().min(8, "is too short to be one.").optional(),
  SLACK_APP_TOKEN: token("xapp", "").optional(),
  SLACK_API_URL: url("https://slack.com/api"),
  GCORE_API_URL: url("https://api.gcore.com"),
  DATABASE_URL: z
    .string()
    .default("sqlite:data/snapshot-bot.db")
    .transform((text, context): DatabaseSettings => {
      const settings = readDatabaseUrl(text);
      if (typeof settings !== "string") return settings;
      context.addIssue(settings);
      return z.NEVER;
    }),
  KEY_RING: keyRing,
  AUDIT_CHANNELS: z
    .string()
    .default("")
    .transform((text, context) => {
      const channels = [...new Set(text.split(/[\s,]+/).filter((part) => part !== ""))];
      if (channels.every((channel) => /^[CG][A-Z0-9]{6,}$/.test(channel))) return channels;
      context.addIssue("takes channel ids such as C0123456789, with commas between.");
      return z.NEVER;
    }),
  POLICY_FILE: z.string().optional(),
  HOST: z.string().min(1).default("0.0.0.0"),
  PORT: z.coerce
    .number({ error: "is not a number." })
    .int("is not a whole number.")
    .min(0, "is to be 0 to 65535.")
    .max(65535, "is to be 0 to 65535.")
    .default(3000),
  KEEP_UNUSED_KEYS: z.coerce
    .number({ error: "is not a number of days." })
    .int("is not a whole number of days.")
    .min(1, "is to be 1 to 3650 days.")
    .max(3650, "is to be 1 to 3650 days.")
    .default(90)
    .transform((days) => days * DAY),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `is to be one of ${LOG_LEVELS.join(", ")}.` })
    .default("info"),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, "is to be 16 characters or more, without spaces.")
    .optional(),
  ...OTEL_SHAPE,
});

/** Without Socket Mode every delivery from Slack is checked with the signing secret. */
const NO_SIGNING_SECRET =
  'SLACK_SIGNING_SECRET is missing. It is the "Signing Secret" of your Slack app (Socket Mode needs SLACK_APP_TOKEN instead).';

/**
 * What is wrong with a database in these surroundings, in words: a dyno of Heroku begins with an empty
 * disk at each restart, once a day at least (Heroku, "Dynos", ephemeral filesystem).
 */
export const databaseFault = (
  { kind }: DatabaseSettings,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined =>
  kind === "sqlite" && environment.DYNO
    ? "DATABASE_URL is SQLite, whose file a dyno loses at each restart, once a day at least, and with it all keys and the ledger. Add Heroku Postgres: it sets DATABASE_URL."
    : undefined;

/**
 * Reads the environment, as the only one to do so, and the policy file that it names. An empty
 * variable counts as unset.
 * @returns the settings, or every fault at once, one line each, without any secret in it.
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  readFile = readText,
): { readonly config: Config } | { readonly faults: readonly string[] } {
  const filled = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(filled);
  const policy = loadPolicy(filled.POLICY_FILE, readFile);
  const database = readSetting("DATABASE_URL", filled.DATABASE_URL);
  const lost = "value" in database ? databaseFault(database.value, filled) : undefined;
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? []),
    ...(filled.SLACK_SIGNING_SECRET || filled.SLACK_APP_TOKEN ? [] : [NO_SIGNING_SECRET]),
    ...(lost === undefined ? [] : [lost]),
    ...("faults" in policy ? policy.faults.map((fault) => `POLICY_FILE, ${fault}`) : []),
  ];
  if (!parsed.success || faults.length > 0 || "faults" in policy) return { faults };
  const { data } = parsed;
  return {
    config: {
      slack: {
        botToken: data.SLACK_BOT_TOKEN,
        signingSecret: data.SLACK_SIGNING_SECRET,
        appToken: data.SLACK_APP_TOKEN,
        apiUrl: data.SLACK_API_URL,
      },
      gcoreUrl: data.GCORE_API_URL,
      database: data.DATABASE_URL,
      keyRing: data.KEY_RING,
      auditChannels: data.AUDIT_CHANNELS,
      policy: policy.policy,
      keepUnusedKeys: data.KEEP_UNUSED_KEYS,
      host: data.HOST,
      port: data.PORT,
      logLevel: data.LOG_LEVEL,
      metricsToken: data.METRICS_TOKEN,
      traces: tracesTo(data),
    },
  };
}

/**
 * The policy in the file that POLICY_FILE names, or all that is wrong with it. Without a file the
 * requester confirms.
 */
export function loadPolicy(
  path: string | undefined,
  readFile = readText,
): { readonly policy: Policy } | { readonly faults: readonly string[] } {
  if (path === undefined) return { policy: DEFAULT_POLICY };
  try {
    return readPolicy(readFile(path));
  } catch {
    return { faults: [`${path}: cannot be read.`] };
  }
}

const readText = (path: string): string => readFileSync(path, "utf8");

type Settings = z.output<typeof Environment>;

/**
 * One setting by itself, for the operator's commands, which need few of them.
 * @returns its value, the one by default when it is not set, or what is wrong with it.
 */
export function readSetting<Name extends keyof Settings>(
  name: Name,
  text: string | undefined,
): { readonly value: Settings[Name] } | { readonly fault: string } {
  const parsed = Environment.shape[name].safeParse(text === "" ? undefined : text);
  if (parsed.success) return { value: parsed.data as Settings[Name] };
  return { fault: `${name} ${parsed.error.issues[0]?.message ?? "is wrong."}` };
}
