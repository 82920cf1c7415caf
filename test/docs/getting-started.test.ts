import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { startGcore } from "../../playground/gcore/gcore.ts";
import { manifestIn } from "../../playground/page/manifest.ts";
import { people } from "../../playground/slack/slack.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { cloneInto, installInto } from "./clone.ts";
import { makeApp, RECORD, reader } from "./newcomer.ts";
import { boldOf, fencesOf, sectionOf, spansOf, textOf } from "./page.ts";
import { begin, shellIn, type } from "./shell.ts";

const page = textOf("docs/getting-started.md");
/** What stands under one of its numbered headings. */
const step = (number: number): string => sectionOf(page, `${number}. `);
const commandsOf = (number: number): readonly string[] =>
  fencesOf(step(number)).flatMap(({ language, lines }) => (language === "" ? lines : []));

const services: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

test("docs/getting-started.md, carried out line by line, goes from a clone to a first approved change", async () => {
  const folder = temporaryFolder();
  const shell = shellIn(folder, { HOST: "127.0.0.1", PORT: "0" });
  const gcore = await startGcore();
  services.push(gcore);
  const used = new Set<string>();

  // 1. Settings and the Slack app.
  const [clone = "", install, setup = "", ...none] = commandsOf(1);
  const [, name = "", into] = /^git clone https:\S+\/([\w-]+) && cd (\S+)$/.exec(clone) ?? [];
  expect([into, install, none]).toEqual([name, "npm ci", []]);
  shell.folder = join(folder, name);
  await cloneInto(shell.folder);
  await installInto(shell.folder);

  const asked = begin(shell, setup);
  await asked.sees("Bot User OAuth Token");
  const manifest = asked.out;
  const [appScope = ""] = spansOf(step(1)).filter((code) => code === "connections:write");
  const slack = await makeApp(manifest, appScope);
  services.push(slack);
  const { usesSocket, botName } = manifestIn(manifest);
  expect(usesSocket).toBe(true);
  asked.types(slack.botToken);
  await asked.sees("App-level token");
  asked.types(slack.appToken);
  await asked.sees("The database");
  asked.types("");
  await asked.sees("audit channels");
  asked.types(RECORD.id);
  expect(await asked.ended()).toBe(0);
  const settings = join(shell.folder, ".env");
  expect((await stat(settings)).mode & 0o077).toBe(0);
  expect(parseEnv(await readFile(settings, "utf8")).KEY_RING).toMatch(/^k1:/);

  // 2. Look, and start.
  expect(spansOf(step(2))).toContain(`/invite @${botName}`);
  for (const channel of [RECORD.id, "#ops"]) slack.invite(channel, slack.workspace.bot.userId);
  Object.assign(shell.environment, { SLACK_API_URL: slack.apiUrl, GCORE_API_URL: gcore.url });
  const [doctor = "", start = "", ...noMore] = commandsOf(2);
  expect(noMore).toEqual([]);
  const looked = await type(shell, doctor);
  expect(looked).toMatchObject({ code: 0, note: "" });
  expect(looked.out).toContain("✓ well     Socket Mode: SLACK_APP_TOKEN opens a connection.");
  expect(looked.out).toContain(
    `✓ well     Audit channel ${RECORD.id}: the bot is in #${RECORD.name}.`,
  );
  expect(looked.out).not.toMatch(/^[✗!] /m);
  const first = begin(shell, start);
  await first.sees('"msg":"Ready"');
  expect(first.out.trimEnd().split("\n").at(-1)).toContain('"msg":"Ready"');

  // 3. Your own key.
  // What is bold and no sentence is the name of something that the bot shows.
  const names = boldOf([3, 4, 5].map(step).join("")).filter((words) => !words.endsWith("."));
  const ada = reader(slack, "ada", names, used);
  const ben = reader(slack, "ben", names, used);
  const key = gcore.addKey({ name: "slack-bot", projects: [1186668] });
  const [connect = "", ...nothing] = commandsOf(3);
  expect(nothing).toEqual([]);
  await ada.types(connect, "Connect your key");
  ada.person.fill("Gcore API key", key);
  await ada.person.submit();
  expect(await ada.finds("Projects it sees")).toContain("Key connected");
  await ada.person.close();

  // 4. A first change.
  const [form = "", ...nor] = commandsOf(4);
  expect(nor).toEqual([]);
  await ada.types(form, "Change a snapshot");
  await ada.picks("nightly-db");
  const [tag = ""] = spansOf(step(4)).filter((code) => code.includes("="));
  ada.fills("Set tags", tag);
  await ada.presses("Review");
  await ada.sees("search");
  await ada.presses("Apply change");
  await ada.sees("Done.");
  expect(gcore.tags(gcore.ids.plain).get("team")).toBe("search");
  await ada.person.close({ all: true });
  await ada.reads("#ops", "@ada changed snapshot");
  expect(await ada.reads(RECORD.id, "Changed: @ada")).toMatch(/ledger no\. \d+/);
  await ada.presses("Undo");
  await ada.sees("payments");
  await ada.presses("Apply change");
  await ada.sees("Done.");
  expect(gcore.tags(gcore.ids.plain).get("team")).toBe("payments");
  await ada.person.close({ all: true });

  // 5. A second pair of eyes.
  const [policy, ...others] = fencesOf(step(5)).filter(({ language }) => language === "yaml");
  const example = spansOf(step(5)).find((code) => /^U\w+$/.test(code)) ?? "none";
  const lines = policy?.lines.join("\n") ?? "";
  expect([others, lines.split(example).length]).toEqual([[], 2]);
  await writeFile(join(shell.folder, "policy.yml"), `${lines.replace(example, people.ben)}\n`);
  first.pressCtrlC();
  await first.ended();
  expect(first.out).toContain('"msg":"Stopped"');
  const [check = "", tell = "", again = "", ...end] = commandsOf(5);
  expect([again, end]).toEqual([start, []]);
  const checked = await type(shell, check);
  expect([checked.code, checked.out]).toEqual([
    0,
    expect.stringContaining("policy.yml: no fault."),
  ]);
  expect(checked.out).toContain(`1 approval from ${people.ben}`);
  expect(await type(shell, tell)).toEqual({ code: 0, out: "", note: "" });
  const second = begin(shell, again);
  await second.sees('"msg":"Ready"');

  await ada.types(form, "Change a snapshot");
  await ada.picks("nightly-db");
  const [costs = ""] = spansOf(step(5)).filter((code) => code.startsWith("cost"));
  ada.fills("Set tags", `${costs}=4712`);
  await ada.presses("Review");
  await ada.sees("4712");
  expect(ada.person.modal?.submitText).toBe("Request approval");
  await ada.presses("Request approval");
  await ben.reads("#ops", "4712");
  await ben.presses("Review");
  await ben.sees("4712");
  await ben.until(() => ben.person.modal?.submitText === "Approve", "the button to approve");
  await ben.presses("Approve");
  await ben.sees("Done.");
  expect(gcore.tags(gcore.ids.plain).get(costs)).toBe("4712");
  expect(await ada.reads(RECORD.id, "@ben")).toContain("4712");

  // All that the page names of the bot's own was found by that name.
  expect([...used].sort()).toEqual([...new Set(names)].sort());
  second.pressCtrlC();
  await second.ended();
  expect(first.out + second.out).not.toContain(key);
  // To be asked for a key is what the doctor wants to hear.
  gcore.forgive(/no Authorization header/);
  expect([...slack.violations(), ...gcore.violations()]).toEqual([]);
}, 600_000);
