import { randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_POLICY } from "../src/approval/policy.ts";
import { type Config, parseConfig } from "../src/config.ts";
import { KEY_RING_COMMAND } from "../src/key-ring.ts";
import { anyCharacter } from "./any-character.ts";

const BYTES = randomBytes(32);
const RING = `k1:${BYTES.toString("base64")}`;
const GOOD = {
  SLACK_BOT_TOKEN: "xoxb-1234567890-abcdefgh",
  SLACK_SIGNING_SECRET: "8f742231b10e8888abcd99yyyzzz85a5",
  KEY_RING: RING,
};
type Environment = Readonly<Record<string, string | undefined>>;

const configOf = (more: Environment = {}): Config => {
  const parsed = parseConfig({ ...GOOD, ...more });
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  return parsed.config;
};
const faultsOf = (environment: Environment): readonly string[] => {
  const parsed = parseConfig(environment);
  if ("config" in parsed) throw new Error("it was taken");
  return parsed.faults;
};
/** The one fault of settings that are good but for these. */
const faultOf = (more: Environment): string => {
  const faults = faultsOf({ ...GOOD, ...more });
  expect(faults).toHaveLength(1);
  return faults[0] ?? "";
};

describe("With the fewest settings", () => {
  test("everything else is as it says in the manual", () => {
    expect(configOf()).toEqual({
      slack: {
        botToken: GOOD.SLACK_BOT_TOKEN,
        signingSecret: GOOD.SLACK_SIGNING_SECRET,
        appToken: undefined,
        apiUrl: "https://slack.com/api",
      },
      gcoreUrl: "https://api.gcore.com",
      database: { kind: "sqlite", path: "data/snapshot-bot.db" },
      keyRing: [{ id: "k1", bytes: BYTES }],
      auditChannels: [],
      policy: DEFAULT_POLICY,
      keepUnusedKeys: 90 * 24 * 3_600_000,
      host: "0.0.0.0",
      port: 3000,
      logLevel: "info",
      metricsToken: undefined,
      traces: undefined,
    });
  });

  test("an empty setting is none", () => {
    const empty = Object.fromEntries(
      ["SLACK_APP_TOKEN", "SLACK_API_URL", "GCORE_API_URL", "DATABASE_URL", "AUDIT_CHANNELS"]
        .concat(["HOST", "PORT", "LOG_LEVEL", "KEEP_UNUSED_KEYS", "METRICS_TOKEN"])
        .map((name) => [name, ""]),
    );
    expect(configOf(empty)).toEqual(configOf());
    expect(faultsOf({ ...GOOD, KEY_RING: "" })).toEqual(faultsOf({ ...GOOD, KEY_RING: undefined }));
  });

  test("on a dyno SQLite is refused, with what is lost by it and what to do; Postgres is taken", () => {
    const url = "postgres://me:word@host:5432/db";
    expect(configOf({ DYNO: "web.1", DATABASE_URL: url }).database).toEqual({
      kind: "postgres",
      url,
    });
    for (const sqlite of [undefined, "sqlite:data/bot.db"]) {
      const faults = faultsOf({ ...GOOD, DYNO: "web.1", DATABASE_URL: sqlite });
      expect(faults).toEqual([
        "DATABASE_URL is SQLite, whose file a dyno loses at each restart, once a day at least, and with it all keys and the ledger. Add Heroku Postgres: it sets DATABASE_URL.",
      ]);
    }
    // It is said together with all other faults.
    expect(faultsOf({ ...GOOD, DYNO: "web.1", KEY_RING: undefined })).toHaveLength(2);
  });

  test("settings of others are nobody's business", () => {
    expect(configOf({ PATH: "/bin", __proto__: "x", SLACK_BOT_TOKENS: "y" })).toEqual(configOf());
  });
});

describe("OpenTelemetry's variables", () => {
  const BASE = "http://collector:4318";
  const tracesOf = (more: Environment) => configOf(more).traces;

  test("say where traces go, and as whose", () => {
    expect(tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `${BASE}/` })).toEqual({
      url: `${BASE}/v1/traces`,
      headers: {},
      serviceName: "snapshot-bot",
    });
    expect(
      tracesOf({
        OTEL_EXPORTER_OTLP_ENDPOINT: "https://other.example",
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${BASE}/here`,
        OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Basic%20YTpi==,x-tenant=one",
        OTEL_SERVICE_NAME: "our-bot",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      }),
    ).toEqual({
      url: `${BASE}/here`,
      headers: { authorization: "Basic YTpi==", "x-tenant": "one" },
      serviceName: "our-bot",
    });
  });

  test("turn them off as well", () => {
    const on = { OTEL_EXPORTER_OTLP_ENDPOINT: BASE };
    expect(tracesOf({ ...on, OTEL_SDK_DISABLED: "true" })).toBeUndefined();
    expect(tracesOf({ ...on, OTEL_TRACES_EXPORTER: "none" })).toBeUndefined();
    expect(tracesOf({ OTEL_SERVICE_NAME: "alone" })).toBeUndefined();
  });

  test.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "https://user:secret-word@collector"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "secret-word"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "key=secret-word%ZZ"],
    ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
  ])("%s is refused as %j, without showing it", (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toMatch(new RegExp(`^${name} (?:is|takes) `));
    expect(fault).not.toContain("secret-word");
  });
});

describe("Each setting", () => {
  test("is taken", () => {
    const config = configOf({
      SLACK_APP_TOKEN: "xapp-1-A0123-456-abcdef",
      SLACK_API_URL: "http://127.0.0.1:4000/api/",
      GCORE_API_URL: "https://gcore.example/base/",
      DATABASE_URL: "sqlite:/var/lib/bot/x y.db",
      AUDIT_CHANNELS: " C0123456789, G0123456789  C0123456789,",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "debug",
      METRICS_TOKEN: "a-token-for-prometheus",
    });
    expect(config).toMatchObject({
      slack: { appToken: "xapp-1-A0123-456-abcdef", apiUrl: "http://127.0.0.1:4000/api" },
      gcoreUrl: "https://gcore.example/base",
      database: { kind: "sqlite", path: "/var/lib/bot/x y.db" },
      auditChannels: ["C0123456789", "G0123456789"],
      host: "127.0.0.1",
      port: 0,
      logLevel: "debug",
      metricsToken: "a-token-for-prometheus",
    });
  });

  test("of Socket Mode needs no signing secret; without it one is needed", () => {
    const app = { SLACK_APP_TOKEN: "xapp-1-A0123-456-abcdef" };
    const config = configOf({ ...app, SLACK_SIGNING_SECRET: undefined });
    expect(config.slack).toMatchObject({ signingSecret: undefined });
    expect(faultOf({ SLACK_SIGNING_SECRET: undefined })).toMatch(
      /^SLACK_SIGNING_SECRET is missing/,
    );
    expect(faultOf({ SLACK_SIGNING_SECRET: "" })).toMatch(/^SLACK_SIGNING_SECRET is missing/);
  });

  test.each([
    "postgres://user:word@host/db",
    "postgresql://user:word@host/db",
    "postgres://user@127.0.0.1:5433/db",
    "postgres://user:w%40r%2Fd@[::1]:5433/db?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "postgres://user:word@%2Fvar%2Frun%2Fpostgresql/db",
  ])("for the database may name a Postgres: %s", (url) => {
    expect(configOf({ DATABASE_URL: url }).database).toEqual({ kind: "postgres", url });
  });

  const wrong: readonly (readonly [string, string | undefined])[] = [
    ["SLACK_BOT_TOKEN", undefined],
    ["SLACK_BOT_TOKEN", "xoxp-1234567890-abcdefgh"],
    ["SLACK_BOT_TOKEN", "xoxb-"],
    ["SLACK_BOT_TOKEN", " xoxb-1234567890-abcdefgh"],
    ["SLACK_BOT_TOKEN", "xoxb-1234567890-abcdefgh\n"],
    ["SLACK_SIGNING_SECRET", "short"],
    ["SLACK_APP_TOKEN", "xoxb-1234567890-abcdefgh"],
    ["SLACK_API_URL", "slack.com/api"],
    ["SLACK_API_URL", "http://slack.com/api"],
    ["GCORE_API_URL", "http://api.gcore.com"],
    ["GCORE_API_URL", "http://localhost.evil.example"],
    ["GCORE_API_URL", "file:///etc/passwd"],
    ["GCORE_API_URL", "javascript:alert(1)"],
    ["GCORE_API_URL", "https://user@api.gcore.com"],
    ["GCORE_API_URL", "https://user:word@api.gcore.com"],
    ["GCORE_API_URL", "https://api.gcore.com?x=1"],
    ["GCORE_API_URL", "https://api.gcore.com#x"],
    ["DATABASE_URL", "postgres:x"],
    ["DATABASE_URL", "postgres://host/db"],
    ["DATABASE_URL", "postgres://user:word@/db"],
    ["DATABASE_URL", "postgres://user:word@host"],
    ["DATABASE_URL", "postgres://user:word@host/"],
    ["DATABASE_URL", "postgres://user:word@host/a/b"],
    ["DATABASE_URL", "postgres://user:word@host:port/db"],
    ["DATABASE_URL", "postgres://user:w@rd@host/db"],
    ["DATABASE_URL", "postgres://user:w/rd@host/db"],
    ["DATABASE_URL", "postgres://user:12/rd@host/db"],
    ["DATABASE_URL", "postgres://user:w?rd@host/db"],
    ["DATABASE_URL", "postgres://user:w#rd@host/db"],
    ["DATABASE_URL", "postgres://user:w%rd@host/db"],
    ["DATABASE_URL", "postgres://user:w%ffrd@host/db"],
    ["DATABASE_URL", "postgres://user:w rd@host/db"],
    ["DATABASE_URL", "mysql://user:word@host/db"],
    ["DATABASE_URL", "sqlite:"],
    ["DATABASE_URL", "data/bot.db"],
    ["AUDIT_CHANNELS", "#audit"],
    ["AUDIT_CHANNELS", "C0123456789;C9876543210"],
    ["AUDIT_CHANNELS", "U0123456789"],
    ["PORT", "abc"],
    ["PORT", "80.5"],
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["KEEP_UNUSED_KEYS", "never"],
    ["KEEP_UNUSED_KEYS", "0"],
    ["KEEP_UNUSED_KEYS", "1.5"],
    ["LOG_LEVEL", "loud"],
    ["METRICS_TOKEN", "too-short"],
    ["METRICS_TOKEN", "with a space in it, and long"],
    ["KEY_RING", undefined],
  ];
  test.each(wrong)("%s is refused as %j, by its name and in one line", (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toMatch(new RegExp(`^${name} (?:is|does|takes) `));
    expect(fault).not.toContain("\n");
    if (value !== undefined && value.length > 8) expect(fault).not.toContain(value);
  });

  test("with a password alone in an address is refused too", () => {
    expect(faultOf({ GCORE_API_URL: "https://:word@api.gcore.com" })).not.toContain("word");
  });

  test("that is wrong does not hide another: all faults come at once", () => {
    const all = { ...Object.fromEntries(wrong.map(([name]) => [name, "!"])), HOST: "h" };
    const names = faultsOf(all).map((fault) => fault.split(" ")[0]);
    expect(new Set(names)).toEqual(new Set(wrong.map(([name]) => name)));
    const none = faultsOf({}).map((fault) => fault.split(" ")[0]);
    expect(new Set(none)).toEqual(new Set(["SLACK_BOT_TOKEN", "KEY_RING", "SLACK_SIGNING_SECRET"]));
  });
});

describe("The key ring", () => {
  const ringOf = (text: string) => configOf({ KEY_RING: text }).keyRing;
  const key = (): string => randomBytes(32).toString("base64");

  test("is read in both alphabets, with and without padding, in its order", () => {
    const url = BYTES.toString("base64url");
    for (const text of [RING, `k1:${url}`, RING.replace("=", "")]) {
      expect(ringOf(text)).toEqual([{ id: "k1", bytes: BYTES }]);
    }
    const ids = ringOf(` k2:${key()} , ${RING},old-1_x:${key()} `).map(({ id }) => id);
    expect(ids).toEqual(["k2", "k1", "old-1_x"]);
  });

  test("that the bot's own advice makes is taken", () => {
    expect(KEY_RING_COMMAND).toContain("randomBytes(32)");
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 0 }), () => {
        expect(ringOf(`k1:${key()}`)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  const bytes = (make: (index: number) => number, length = 32): string =>
    Buffer.from(Uint8Array.from({ length }, (_, index) => make(index))).toString("base64");
  test.each<readonly [string, string]>([
    ["of zeros", `k1:${bytes(() => 0)}`],
    ["of one byte", `k1:${bytes(() => 255)}`],
    ["of two bytes in turn", `k1:${bytes((index) => index % 2)}`],
    [
      "of sixteen bytes twice",
      `k1:${Buffer.concat([BYTES.subarray(0, 16), BYTES.subarray(0, 16)]).toString("base64")}`,
    ],
    ["that counts", `k1:${bytes((index) => index)}`],
    ["that counts down in sevens", `k1:${bytes((index) => 255 - 7 * index)}`],
    [
      "that is a sentence",
      `k1:${Buffer.from("this is a very secret passphrase").toString("base64")}`,
    ],
    [
      "that is a sentence of many letters",
      `k1:${Buffer.from("The quick brown fox jumps over 1").toString("base64")}`,
    ],
    [
      "of random letters",
      `k1:${Buffer.from(BYTES.toString("hex").slice(0, 32)).toString("base64")}`,
    ],
    ["that is too short", `k1:${BYTES.subarray(0, 31).toString("base64")}`],
    ["that is too long", `k1:${Buffer.concat([BYTES, BYTES]).toString("base64")}`],
    ["that is empty", "k1:"],
    ["without a name", BYTES.toString("base64")],
    ["with an empty name", `:${BYTES.toString("base64")}`],
    ["with a name that is too long", `${"k".repeat(33)}:${BYTES.toString("base64")}`],
    ["with a dot in its name", `k.1:${BYTES.toString("base64")}`],
    ["with a comma too much", `${RING},`],
    ["in hexadecimal", `k1:${BYTES.toString("hex")}`],
    ["with a name twice", `${RING},k1:${key()}`],
    ["with something behind it", `${RING}!`],
  ])(
    "%s is refused, with the command that makes a good one, and without its text",
    (_what, text) => {
      const fault = faultOf({ KEY_RING: text });
      expect(fault).toMatch(/^KEY_RING /);
      expect(fault).toContain(KEY_RING_COMMAND);
      const secret = text.split(":")[1] ?? text;
      if (secret.length > 4) expect(fault).not.toContain(secret);
    },
  );

  test("with one bad key is refused although the others are good", () => {
    expect(faultOf({ KEY_RING: `${RING},k2:AAAA` })).toMatch(/"k2" with 3 bytes/);
  });
});

describe("No fault shows what was set", () => {
  test("whatever it was and wherever", () => {
    const names = [
      ...["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_API_URL"],
      ...[
        "GCORE_API_URL",
        "DATABASE_URL",
        "KEY_RING",
        "AUDIT_CHANNELS",
        "PORT",
        "LOG_LEVEL",
        "METRICS_TOKEN",
      ],
    ];
    const secret = fc.oneof(
      fc.string({ unit: anyCharacter, minLength: 6, maxLength: 60 }),
      fc.stringMatching(
        /^(xox[bp]-|xapp-|k1:|https:\/\/u:|postgres:\/\/|sqlite)[A-Za-z0-9+/=_@:-]{12,60}$/,
      ),
    );
    const said = faultsOf({}).join("\n") + faultsOf({ ...GOOD, KEY_RING: "x" }).join("\n");
    fc.assert(
      fc.property(fc.constantFrom(...names), secret, (name, value) => {
        fc.pre(!said.includes(value));
        const parsed = parseConfig({ ...GOOD, [name]: value });
        if ("config" in parsed) return;
        for (const fault of parsed.faults) {
          expect(fault).not.toContain(value);
          expect(fault).not.toContain(value.slice(3));
        }
      }),
      { numRuns: 200 },
    );
  });
});
