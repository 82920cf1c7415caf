import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../playground/clock.ts";
import { startGcore } from "../../playground/gcore/gcore.ts";
import { defaultWorkspace } from "../../playground/slack/seed.ts";
import { startSlack } from "../../playground/slack/slack.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { keyRing } from "../../src/key-ring.ts";
import { keysIn } from "../../src/store/keys.ts";
import { createVault } from "../../src/store/vault.ts";
import { MARIA, NOW } from "../approval/samples.ts";
import { environmentFor, newKeyRing } from "../bed.ts";
import { migrated, readyPlace, temporaryFolder } from "../store/temporary.ts";
import { ask } from "./operator.ts";
import { typing } from "./typing.ts";

/** What docs/operations.md shows below this command. */
async function shownFor(command: string): Promise<string> {
  const text = await readFile(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const begin = `\`\`\`\n$ npm run -s operator -- ${command}\n`;
  const from = text.indexOf(begin) + begin.length;
  return text.slice(from, text.indexOf("```", from));
}

const SCOPE: KeyScope = {
  ...{ tokenId: "7", tokenName: null, accountId: 1, accountName: null, tokenRole: null },
  ...{ expiry: "never", cloudRoles: null, projects: null, learntAt: NOW },
};

/** A database in which that many people have connected a key, by the ring that sealed it. */
async function databaseWith(keys: Readonly<Record<string, number>>): Promise<string> {
  const place = await readyPlace("Postgres");
  const database = await migrated(place);
  for (const [ring, count] of Object.entries(keys)) {
    const kept = keysIn(database, createVault(keyRing.parse(ring)));
    for (let index = 0; index < count; index += 1) {
      const by = { ...MARIA, userId: `U${ring.slice(0, 2)}${index}` };
      await kept.set(
        by,
        { apiKey: `7_${index}`, scope: SCOPE },
        { kind: "key connected", at: NOW, by, facts: {} },
      );
    }
  }
  return place;
}

describe("docs/operations.md shows what is really said", () => {
  test("by the doctor", async () => {
    const clock = new MovableClock();
    clock.advance(-40_000);
    const { people, channels, ...workspace } = defaultWorkspace;
    const slack = await startSlack({
      clock,
      scopes: ["commands", "chat:write", "users:read", "usergroups:read"].concat(
        ["channels", "groups"].map((one) => `${one}:read`),
      ),
      workspace: {
        ...workspace,
        people,
        team: { ...workspace.team, name: "Acme Cloud" },
        bot: { ...workspace.bot, name: "snapshot-bot" },
        channels: [...channels, { id: "C0123456789", name: "audit", kind: "public", members: [] }],
      },
    });
    const gcore = await startGcore({ clock });
    const folder = temporaryFolder();
    const file = join(folder, "policy.yml");
    const rule = (name: string) => `  - name: ${name}\n    confirm: requester\n`;
    await writeFile(file, `rules:\n${rule("one")}${rule("two")}`);
    const [old, first] = [newKeyRing(), newKeyRing().replace("k1:", "k2:")];
    const { out } = await ask(["doctor"], {
      ...environmentFor(slack, gcore, folder),
      DATABASE_URL: await databaseWith({ [old]: 9, [first]: 5 }),
      KEY_RING: `${first},${old}`,
      POLICY_FILE: file,
      AUDIT_CHANNELS: "C0123456789",
    });
    await Promise.all([slack.stop(), gcore.stop()]);
    const same = (text: string): string =>
      text
        .replace(file, "policy.yml")
        .replace(/version \d+/, "version 7")
        .replace(/\d+ seconds ahead/, "40 seconds ahead");
    expect(same(out)).toBe(same(await shownFor("doctor")));
  });

  test("by setup, line for line", async () => {
    const file = join(temporaryFolder(), ".env");
    const person = typing(["setup", "--file", file]);
    await person.answers("Slack reaches the bot", "https://bot.acme.example");
    await person.answers("Bot User OAuth Token", "xoxb-1234567890-abcdefgh");
    await person.answers("Signing Secret", "0123456789abcdef0123456789abcdef");
    await person.answers("The database", "");
    await person.answers("audit channels", "C0123456789");
    const { seen } = await person.ended();
    const screen = seen
      // What moves the cursor.
      .replace(/\u001b\[\d*[A-Z]/g, "")
      .replaceAll("\r\n", "\n")
      .replaceAll(file, ".env")
      .replace("node --env-file=.env src/operator.js doctor", "npm run -s operator -- doctor")
      .replace("node --env-file=.env src/start.js", "npm start");
    const [before = "", after = ""] = (await shownFor("setup")).split("…\n");
    expect(screen.startsWith(before)).toBe(true);
    expect(screen.endsWith(`\n${after}`)).toBe(true);
  });
});
