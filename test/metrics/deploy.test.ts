import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { claimed } from "../approval/samples.ts";

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** What a histogram is asked by. */
const SUFFIX = /_(?:bucket|count|sum)$/;

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string };
}

/** The metrics in an expression, each with the labels that it is chosen or told apart by. */
function namedIn(expression: string): readonly { name: string; labels: readonly string[] }[] {
  return [...expression.matchAll(/\b((?:snapshot_bot|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name = "", choice = ""]) => ({
      name,
      labels: [...choice.matchAll(/(\w+)(?:=~|!=|=)/g)].map(([, label = ""]) => label),
    }),
  );
}

/** Every name that `/metrics` has, and the labels of those of our own. */
let known: Map<string, Set<string>>;
let rules: readonly Rule[];
let expressions: readonly string[];

beforeAll(async () => {
  const metrics = createMetrics(
    async () => ({
      isReady: true,
      figures: {
        open: [],
        itemsToBegin: 0,
        outbox: { waiting: 0, due: 0, refused: 0, oldestDue: 0 },
      },
    }),
    true,
  );
  metrics.acknowledged("view", 5);
  metrics.delivered("view", "acknowledged");
  metrics.calledGcore({ method: "GET", outcome: "2xx", took: 5 });
  metrics.calledSlack({ method: "chat.postMessage", outcome: "ok", took: 5 });
  metrics.moved(undefined, claimed());
  const text = await metrics.text();
  known = new Map([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = ""]) => [name, new Set()]));
  for (const [, sample = "", labels = ""] of text.matchAll(/^(\w+)\{(.*)\} /gm)) {
    const of = known.get(sample) ?? known.get(sample.replace(SUFFIX, ""));
    for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) of?.add(label);
  }
  const alerts = parse(await read("deploy/alerts.yml"));
  rules = alerts.groups.flatMap((group: { readonly rules: readonly Rule[] }) => group.rules);
  const dashboard = JSON.parse(await read("deploy/grafana-dashboard.json"));
  expressions = dashboard.panels.flatMap(
    ({ targets = [] }: { readonly targets?: readonly { readonly expr: string }[] }) =>
      targets.map(({ expr }) => expr),
  );
});

/** What is asked for that is not there. */
const strays = (asked: readonly string[]): readonly string[] =>
  asked.flatMap(namedIn).flatMap(({ name, labels }) => {
    const base = known.has(name) ? name : name.replace(SUFFIX, "");
    const has = known.get(base);
    if (has === undefined) return [name];
    return labels
      .filter((label) => label !== "job" && !has.has(label))
      .map((label) => `${name}{${label}}`);
  });

describe("deploy/alerts.yml", () => {
  test("asks for metrics and labels that there are", () => {
    expect(rules.length).toBeGreaterThan(8);
    for (const { alert, expr } of rules) {
      expect([alert, namedIn(expr).length > 0, strays([expr])]).toEqual([alert, true, []]);
    }
  });

  test("has a summary for each alert, and docs/operations.md says what to do", async () => {
    const text = await read("docs/operations.md");
    for (const { alert, annotations } of rules) {
      expect([alert, typeof annotations.summary, text.includes(`\`${alert}\``)]).toEqual([
        alert,
        "string",
        true,
      ]);
    }
  });
});

describe("deploy/alerts-test.yml", () => {
  test("has a bad hour and an ordinary one for each alert", async () => {
    const { tests } = parse(await read("deploy/alerts-test.yml"));
    const tried: readonly { readonly alertname: string; readonly exp_alerts?: unknown }[] =
      tests.flatMap((one: { readonly alert_rule_test: readonly unknown[] }) => one.alert_rule_test);
    for (const { alert } of rules) {
      const calls = tried
        .filter(({ alertname }) => alertname === alert)
        .map(({ exp_alerts }) => exp_alerts !== undefined);
      expect([alert, new Set(calls)]).toEqual([alert, new Set([false, true])]);
    }
    const known = new Set(rules.map(({ alert }) => alert));
    expect(tried.filter(({ alertname }) => !known.has(alertname))).toEqual([]);
  });
});

describe("deploy/grafana-dashboard.json", () => {
  test("asks for metrics and labels that there are", () => {
    expect(expressions.length).toBeGreaterThan(20);
    expect(strays(expressions)).toEqual([]);
  });

  test("has a panel for each metric of the bot's own, and docs/operations.md has them all", async () => {
    const text = await read("docs/operations.md");
    const own = [...known.keys()].filter((name) => name.startsWith("snapshot_bot_"));
    expect(own.length).toBeGreaterThan(12);
    const shown = new Set(expressions.flatMap(namedIn).map(({ name }) => name.replace(SUFFIX, "")));
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
