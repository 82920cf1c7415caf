import { describe, expect, test } from "@jest/globals";
import { type Command, parseCommand } from "../../src/snapshot/command.ts";
import { EXPORTS, OUTCOMES } from "../../src/snapshot/history-filter.ts";
import { fencesOf, PAGES, sectionOf, spansOf, textOf } from "./page.ts";

const ID = "4d927987-cd7f-463b-bdfb-af2800483f32";
const page = textOf("docs/commands.md");

/** What the bot makes of a command; the id stands for what a page has in angle brackets. */
function read(text: string): Command {
  const words = text
    .replace(/^\/snapshot ?/, "")
    .replace(/<id(?: or link)?>/g, ID)
    .replace(/ ?…$/, "");
  const parsed = parseCommand(words);
  if (!parsed.ok) throw new Error(`${text} is not understood: ${JSON.stringify(parsed.problem)}`);
  return parsed.value;
}

/** The rows of the first table of a section: what stands in backquotes in its first column. */
const rowsOf = (heading: string): readonly (readonly string[])[] =>
  sectionOf(page, heading)
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => spansOf(line.split(" | ")[0] ?? ""));

const change = (more: object = {}) => ({
  ...{ kind: "change", set: [], remove: [], others: "keep" },
  ...more,
});
const ofId = (more: object = {}) => change({ snapshotId: ID, ...more });
const found = (kind: string, ...filter: readonly object[]) => ({ kind, filter });
const plain = (kind: string) => ({ kind });
const tag = (key: string, value: string | null = null) => ({ kind: "tag", key, value });
const history = (filter: object = {}) => ({ kind: "history", filter });

/** Each `/snapshot …` of the pages, and what it is to the bot. */
const SAID: Readonly<Record<string, object>> = {
  "/snapshot": change(),
  "/snapshot <id>": ofId(),
  "/snapshot <id or link> …": ofId(),
  [`/snapshot ${ID}`]: ofId(),
  '/snapshot <id or link> --name "New name" key=value -key': ofId({
    name: "New name",
    set: [{ key: "key", value: "value" }],
    remove: ["key"],
  }),
  "/snapshot list": found("list"),
  "/snapshot list …": found("list"),
  "/snapshot list tag:team=core older:30d": found("list", tag("team", "core"), {
    kind: "older",
    span: "30d",
  }),
  "/snapshot show <id or link>": { kind: "show", snapshotId: ID },
  "/snapshot history": history(),
  "/snapshot history …": history(),
  "/snapshot history export:csv": history({ export: "csv" }),
  "/snapshot pending": plain("pending"),
  "/snapshot lint": found("lint"),
  "/snapshot lint …": found("lint"),
  "/snapshot bulk": found("bulk"),
  "/snapshot bulk …": found("bulk"),
  "/snapshot bulk tag:cost-centre=4711": found("bulk", tag("cost-centre", "4711")),
  "/snapshot bulk tag:team=core older:30d": found("bulk", tag("team", "core"), {
    kind: "older",
    span: "30d",
  }),
  "/snapshot connect": plain("connect"),
  "/snapshot key": plain("key"),
  "/snapshot disconnect": plain("disconnect"),
  "/snapshot help": plain("help"),
};

/** `/snapshot show` is spoken of, too; to type it takes an id. */
const SPOKEN_OF = ["/snapshot show", "/snapshot …"];

describe("what the pages let people type in Slack", () => {
  test("is understood by the bot, each command as what the page says it is", () => {
    const typed = new Set(
      PAGES.flatMap((path) => {
        const text = textOf(path);
        return [...spansOf(text), ...fencesOf(text).flatMap(({ lines }) => lines)];
      }).filter((code) => /^\/snapshot(?: |$)/.test(code) && !SPOKEN_OF.includes(code)),
    );
    for (const command of typed) {
      expect([command, read(command)]).toEqual([command, SAID[command]]);
    }
    // Nothing here that no page shows.
    expect([...typed].toSorted()).toEqual(Object.keys(SAID).toSorted());
  });

  test("after the id means what docs/commands.md says of each word", () => {
    const meant: Readonly<Record<string, object>> = {
      "--project 1186668": ofId({ projectId: 1186668 }),
      "--region 148": ofId({ regionId: 148 }),
      '--name "New name"': ofId({ name: "New name" }),
      "key=value": ofId({ set: [{ key: "key", value: "value" }] }),
      "-key": ofId({ remove: ["key"] }),
      "--clear-tags": ofId({ others: "remove" }),
      '--reason "why"': ofId({ reason: "why" }),
    };
    const rows = rowsOf("What can stand after the id").flat();
    expect(rows).toHaveLength(8);
    for (const word of rows.filter((one) => one !== "--replace-tags")) {
      expect([word, read(`/snapshot <id> ${word}`)]).toEqual([word, meant[word]]);
    }
    expect(read("/snapshot <id> --replace-tags key=value")).toEqual(
      ofId({ set: [{ key: "key", value: "value" }], others: "remove" }),
    );
    expect(read("/snapshot <id> --name=x")).toEqual(read("/snapshot <id> --name x"));
    // Words may come in any order.
    expect(read('/snapshot -key --name "New name" <id>')).toEqual(
      read('/snapshot <id> --name "New name" -key'),
    );
  });

  test("after list, lint and bulk finds by what docs/commands.md says of each word", () => {
    const meant: Readonly<Record<string, object>> = {
      nightly: { kind: "word", text: "nightly" },
      "name:nightly-*": { kind: "name", pattern: "nightly-*" },
      "tag:team": tag("team"),
      "tag:team=pay*": tag("team", "pay*"),
      "status:error": { kind: "status", pattern: "error" },
      "volume:db-primary": { kind: "volume", pattern: "db-primary" },
      "older:30d": { kind: "older", span: "30d" },
      "newer:2h": { kind: "newer", span: "2h" },
      "project:production": { kind: "project", pattern: "production" },
      "region:148": { kind: "region", pattern: "148" },
      'name:"before upgrade"': { kind: "name", pattern: "before upgrade" },
      "name:*": { kind: "name", pattern: "*" },
    };
    const heading = "What can stand after list, lint and bulk";
    const rows = rowsOf(heading).flat();
    // Of a row about time the units stand in another column.
    const more = [
      ...spansOf(sectionOf(page, heading)),
      ...spansOf(sectionOf(page, "Many at once")),
    ];
    const words = [...new Set([...rows, ...more.filter((one) => /^\w+:./.test(one))])];
    expect(words.toSorted()).toEqual(Object.keys(meant).toSorted());
    for (const kind of ["list", "lint", "bulk"]) {
      for (const word of words) {
        expect([word, read(`/snapshot ${kind} ${word}`)]).toEqual([
          word,
          found(kind, meant[word] ?? {}),
        ]);
      }
      for (const unit of ["m", "h", "d", "w"]) {
        expect(spansOf(sectionOf(page, heading))).toContain(unit);
        expect(() => read(`/snapshot ${kind} older:7${unit}`)).not.toThrow();
      }
    }
  });

  test("after history means what docs/commands.md says of each word, and all outcomes are named", () => {
    const meant: Readonly<Record<string, object>> = {
      "by:me": { by: "me" },
      "by:U0123ABCD": { by: "U0123ABCD" },
      "project:production": { project: "production" },
      "since:7d": { since: "7d" },
      "since:2026-11-01": { since: "2026-11-01" },
      "until:7d": { until: "7d" },
      "until:2026-11-21": { until: "2026-11-21" },
      "outcome:failed": { outcomes: ["failed"] },
      "export:csv": { export: "csv" },
      "export:jsonl": { export: "jsonl" },
    };
    const heading = "What can stand after history";
    const words = rowsOf(heading).flat();
    expect(words.toSorted()).toEqual(Object.keys(meant).toSorted());
    for (const word of words) {
      expect([word, read(`/snapshot history ${word}`)]).toEqual([word, history(meant[word])]);
    }
    expect(read("/snapshot history <id>")).toEqual(history({ snapshotId: ID }));
    const outcomes = sectionOf(page, heading)
      .split("\n")
      .filter((line) => line.startsWith("| `outcome:"))
      .flatMap((line) => spansOf(line).slice(1));
    expect(outcomes.toSorted()).toEqual([...OUTCOMES].toSorted());
    expect(read("/snapshot history outcome:failed,conflict")).toEqual(
      history({ outcomes: ["failed", "conflict"] }),
    );
    expect(words.filter((word) => word.startsWith("export:"))).toEqual(
      EXPORTS.map((format) => `export:${format}`),
    );
  });

  test("in quotes is what docs/commands.md says of quoting", () => {
    const quoted = spansOf(sectionOf(page, "Quoting")).filter((code) => code.includes("key"));
    const meant: Readonly<Record<string, object>> = {
      '"-key"=value': change({ set: [{ key: "-key", value: "value" }] }),
      '-"-key"': change({ remove: ["-key"] }),
    };
    expect(quoted).toEqual(Object.keys(meant));
    for (const word of quoted) expect(read(word)).toEqual(meant[word]);
    expect(spansOf(sectionOf(page, "Quoting"))).toContain('"https://x"=value');
    expect(read('"https://x"=value')).toEqual(
      change({ set: [{ key: "https://x", value: "value" }] }),
    );
    expect(read("<id> —name “New name”")).toEqual(ofId({ name: "New name" }));
    expect(read(String.raw`a='x"y\' b="\"\\" c=x\ y`)).toEqual(
      change({
        set: [
          { key: "a", value: 'x"y\\' },
          { key: "b", value: '"\\' },
          { key: "c", value: "x y" },
        ],
      }),
    );
  });

  test("is in the grammar: its commands and its options are those of the tables, and the bot's", () => {
    const [grammar] = fencesOf(sectionOf(page, "Grammar"));
    const ruleOf = (name: string): readonly string[] => {
      const rules = (grammar?.lines.join("\n") ?? "").split(/\n(?=\w)/);
      const rule = rules.find((one) => one.startsWith(`${name} `)) ?? "";
      return [...rule.matchAll(/"([\w-]+)"/g)].map(([, word = ""]) => word);
    };
    const inTable = page
      .split("\n")
      .flatMap((line) => /^\| `\/snapshot ([a-z]+)/.exec(line)?.slice(1) ?? []);
    expect(ruleOf("text").toSorted()).toEqual(inTable.toSorted());
    for (const word of ruleOf("text")) {
      expect(read(word === "show" ? "show <id>" : word).kind).toBe(word);
    }
    const options = rowsOf("What can stand after the id")
      .flat()
      .flatMap((word) => /^--[a-z-]+/.exec(word)?.[0] ?? []);
    expect(ruleOf("option").toSorted()).toEqual(options.toSorted());
    for (const text of ["--clear-tags key=value", "--replace-tags", "show", "<id> <id>", "lst"]) {
      expect(() => read(text)).toThrow("is not understood");
    }
  });
});
