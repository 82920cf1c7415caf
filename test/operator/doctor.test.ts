import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { channels } from "../../playground/slack/slack.ts";
import { manifestScopes } from "../../src/operator/manifest.ts";
import { SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { newKeyRing } from "../bed.ts";
import { migrated } from "../store/temporary.ts";
import { about, doctorScene } from "./doctor-scene.ts";
import { ask, operate, type Ran } from "./operator.ts";

const at = doctorScene();

describe("doctor", () => {
  test("finds nothing wrong where nothing is, line by line, and exits with 0", async () => {
    await migrated(join(at.folder, "data", "bot.db"));
    const { code, out, note } = await operate(["doctor"], at.good);
    expect([code, note]).toEqual([0, ""]);
    expect(out).toBe(
      [
        "✓ well     Settings: no fault; the bot would use HTTP.",
        "✓ well     Policy: no file is set: whoever asks for a change confirms it alone.",
        "✓ well     Key ring: k1 seals.",
        "✓ well     Database: SQLite answers.",
        `✓ well     Tables: version ${SCHEMA_VERSION}, which is this bot's.`,
        "✓ well     Kept keys: nobody has connected a key yet.",
        "✓ well     Slack: the token is that of @snapshot in Snapshot Cloud.",
        `✓ well     Scopes: all ${manifestScopes().length} are granted.`,
        "✓ well     Signing secret: it has the form of one. Whether it is this app's shows with the first delivery.",
        `✓ well     Audit channel ${channels.audit}: the bot is in #audit.`,
        `✓ well     Audit channel ${channels.audit2}: the bot is in #audit-2.`,
        "✓ well     Gcore: the API answers, and asks for a key.",
        "✓ well     Clock: it is right within 30 seconds.",
        "- skipped  Public address: not looked at: say which it is with --url, once the bot runs.",
        "",
        "Nothing is wrong.",
        "",
      ].join("\n"),
    );
  });

  test("gives a program one line, with the same verdicts", async () => {
    const { code, out } = await at.examine(
      { SLACK_SIGNING_SECRET: "xoxb-pasted-in-the-wrong-place" },
      ["--json"],
    );
    expect(code).toBe(1);
    expect(out.trimEnd()).not.toContain("\n");
    const { ok, checks } = JSON.parse(out);
    expect(ok).toBe(false);
    expect(checks).toContainEqual({
      check: "Signing secret",
      verdict: "wrong",
      said: "it is not 32 digits from 0 to 9 and a to f.",
      todo: "copy the Signing Secret again, from Basic Information; it is no token.",
    });
  });

  test("without any settings says each that is missing, and what could not be looked at for it", async () => {
    const { SLACK_API_URL, GCORE_API_URL } = at.good;
    const ran = await ask(["doctor"], { SLACK_API_URL, GCORE_API_URL } as Record<string, string>);
    expect(ran.code).toBe(1);
    expect(about(ran, "Settings")).toContain("✗ wrong    Settings: SLACK_BOT_TOKEN is missing.");
    expect(about(ran, "Settings")).toContain(
      "✗ wrong    Settings: SLACK_SIGNING_SECRET is missing.",
    );
    expect(about(ran, "Key ring")).toContain("KEY_RING is missing.");
    expect(about(ran, "Slack")).toBe(
      "- skipped  Slack: not looked at: SLACK_BOT_TOKEN or SLACK_API_URL is wrong.",
    );
    expect(about(ran, "Audit channels")).toContain("! warning  Audit channels: none is set");
    expect(ran.out).toContain("3 things are wrong.");
  });

  test("calls the keys of a ring by their names, whatever those are", async () => {
    const KEY_RING = `${newKeyRing().replace("k1", "key-of-2026")},${newKeyRing()}`;
    expect(about(await at.examine({ KEY_RING }), "Key ring")).toBe(
      "✓ well     Key ring: key-of-2026 seals; k1 can still open.",
    );
  });

  test("says what is to be done below everything that is wrong", async () => {
    const { out } = await ask(["doctor"], { ...at.good, KEY_RING: "k1:x", PORT: "many" });
    const lines = out.split("\n");
    const wrong = lines.flatMap((line, index) => (line.startsWith("✗") ? [index] : []));
    expect(wrong.length).toBeGreaterThanOrEqual(2);
    for (const index of wrong) expect(lines[index + 1]).toMatch(/^ {11}To do: .+\.$/);
  });

  test("names each fault of the policy file", async () => {
    const file = join(at.folder, "policy.yml");
    await writeFile(file, "rules:\n  - name: x\n    approvers: 7\n    colour: red\n");
    const ran = await at.examine({ POLICY_FILE: file });
    expect(ran.code).toBe(1);
    expect(about(ran, "Settings")).toContain("✓ well");
    expect(about(ran, "Policy")).toMatch(/✗ wrong {4}Policy: POLICY_FILE, line \d+, rules\[0\]/);
    await writeFile(file, "rules:\n  - name: anything\n    confirm: requester\n");
    expect(about(await at.examine({ POLICY_FILE: file }), "Policy")).toBe(
      `✓ well     Policy: ${file}: 1 rule, 0 tag rules.`,
    );
  });
});

describe("No secret is shown by the doctor", () => {
  const CANARY = "c4na7y";
  const settings = {
    SLACK_BOT_TOKEN: `xoxb-${CANARY}-bot-00000000`,
    SLACK_APP_TOKEN: `xapp-${CANARY}-app-00000000`,
    SLACK_SIGNING_SECRET: `${CANARY}-signing-secret`,
    KEY_RING: `k1:${Buffer.from(`${CANARY} but a sentence, so weak..`.slice(0, 32)).toString("base64")}`,
    DATABASE_URL: `postgres://bot:${CANARY}-word@127.0.0.1:1/bot`,
  };
  const shown = ({ out, note }: Ran): boolean =>
    [out, note].some(
      (text) => text.includes(CANARY) || text.includes(settings.KEY_RING.slice(3, 12)),
    );

  test("whatever is right or wrong with the settings, as text or as JSON", async () => {
    for (const words of [[], ["--json"]])
      expect(shown(await at.examine(settings, words))).toBe(false);
    for (const name of Object.keys(at.good)) {
      if (name === "SLACK_API_URL" || name === "GCORE_API_URL") continue;
      for (const value of [
        CANARY.repeat(2),
        `${CANARY} ${CANARY}`,
        `https://u:${CANARY}@x.example`,
      ]) {
        expect([name, value, shown(await at.examine({ [name]: value }))]).toEqual([
          name,
          value,
          false,
        ]);
      }
    }
  });

  test("although a server says it", async () => {
    const ring = settings.KEY_RING.slice(3);
    const error = [...Object.values(settings), `${CANARY}-word`, ring].join(" and ");
    for (const method of ["auth.test", "apps.connections.open"]) {
      at.slack.faults.next(method, { kind: "error", error });
    }
    const ran = await at.examine(settings);
    expect(about(ran, "Slack")).toContain("SLACK_BOT_TOKEN is refused: [cut] and [cut] and");
    expect(shown(ran)).toBe(false);
  });
});
