import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { commandsIn, PAGES, ROOT, textOf } from "./page.ts";

/** Which test carries out what the pages let one type into a shell; the first that fits. */
const RUN_BY: readonly (readonly [command: RegExp, test: string])[] = [
  // Newcomers: in the order of the page, up to an approved change.
  [/^git clone \S+ && cd \S+$/, "test/docs/getting-started.test.ts"],
  [/^npm run -s operator -- setup --socket$/, "test/docs/getting-started.test.ts"],
  [/^npm run -s operator -- policy check --file policy.yml$/, "test/docs/getting-started.test.ts"],
  [/^echo POLICY_FILE=/, "test/docs/getting-started.test.ts"],
  [/^npm start$/, "test/docs/getting-started.test.ts"],
  // Whoever runs the bot: with its output compared.
  [/^npm run -s operator -- doctor$/, "test/operator/shown-in-docs.test.ts"],
  [/^(?:npm ci && )?npm run -s operator -- setup$/, "test/operator/shown-in-docs.test.ts"],
  [/^SLACK_BOT_TOKEN=… .* setup --url /, "test/docs/operations.test.ts"],
  [
    /^npm run -s operator -- (?:--help$|ledger |keys |backup |restore |outbox$)/,
    "test/docs/operations.test.ts",
  ],
  [/^(?:npx snapshot-bot|node src\/operator\.js)$/, "test/docs/operations.test.ts"],
  [/^node -p /, "test/docs/operations.test.ts"],
  [/^grep \w+ bot\.log$/, "test/docs/operations.test.ts"],
  [/^npm run -s operator -- policy explain /, "test/docs/policies.test.ts"],
  [/^npm run -s operator -- migrate$/, "test/operator/backup.test.ts"],
  // Where to run it: line by line with folders of its own, and what needs Docker or Heroku by what
  // it names.
  [/^git clone \S+ \/opt\//, "test/docs/deploy.test.ts"],
  [/^(?:cd \/opt\/snapshot-bot && )?npm ci --omit=/, "test/docs/deploy.test.ts"],
  [
    /^node (?:--env-file=\S+ )?src\/operator\.js (?:setup|doctor)(?: |$)/,
    "test/docs/deploy.test.ts",
  ],
  [/^(?:cp deploy|systemctl|journalctl) ?/, "test/docs/deploy.test.ts"],
  [/^(?:docker|heroku|git push heroku) ?/, "test/docs/deploy.test.ts"],
  // What it is developed with.
  [
    /^npm run (?:bench|test:faults|test:mutation|pictures|test:browser)(?: |$)/,
    "test/docs/programs.test.ts",
  ],
  [/^(?:npm ci && )?npm run playground(?: -- --tour)?$/, "test/docs/programs.test.ts"],
  [/^npm ci --prefix tools\/mutation$/, "test/docs/programs.test.ts"],
  [/^\.ci\/run$/, "test/docs/programs.test.ts"],
  // The same variable, set by the test itself.
  [/^BED_ENGINE=Postgres npm run jest -- test\/stories$/, "test/stories/on-postgres.test.ts"],
  [/^npm run audit$/, "test/tools/audit.test.ts"],
  [/^node --import playground\/moved-clock\.ts$/, "test/playground/moved-clock.test.ts"],
];

/** What a test cannot carry out in itself, with who does. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm ci": ".ci/run",
  "npm ci && npm test": ".ci/run",
  "npm test": ".ci/run",
  // With Prometheus' own program.
  "promtool test rules deploy/alerts-test.yml": ".ci/run",
  // Spoken of as the program; its commands are above.
  "npm run operator": "test/operator/help.test.ts",
};

describe("every command that a page lets one type into a shell", () => {
  const typed = new Map(
    PAGES.flatMap((path) => commandsIn(textOf(path)).map((command) => [command, path] as const)),
  );
  const runBy = (command: string): string | undefined =>
    RUN_BY.find(([pattern]) => pattern.test(command))?.[1] ?? RUN_ELSEWHERE[command];

  test("is carried out by a test", () => {
    expect(typed.size).toBeGreaterThan(40);
    const not = [...typed].filter(([command]) => runBy(command) === undefined);
    expect(not).toEqual([]);
  });

  test("is on a page: no test is kept for one that is gone, and each of them is there", () => {
    const commands = [...typed.keys()];
    for (const [pattern, file] of RUN_BY) {
      const isShown = commands.some((command) => pattern.test(command));
      expect([pattern, isShown, existsSync(join(ROOT, file))]).toEqual([pattern, true, true]);
    }
    for (const command of Object.keys(RUN_ELSEWHERE)) expect(commands).toContain(command);
  });
});
