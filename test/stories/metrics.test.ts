import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { readingOf, readMetrics, TOKEN } from "../metrics/readings.ts";
import { planned } from "./bulk-steps.ts";
import { askFor, reads, titled } from "./steps.ts";

const POLICY = `
rules:
  - name: production needs somebody else
    when: { tags: { environment: prod } }
    approve_by: { users: [${people.ben}], expires_after: 24h }
  - name: the rest is your own affair
    confirm: requester
`;

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY, metricsToken: TOKEN });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const ended = (outcome: string, of = "request"): string =>
  `snapshot_bot_requests_ended_total{of="${of}",outcome="${outcome}"}`;
const openOnes = (state: string, of = "request"): string =>
  `snapshot_bot_requests_open{of="${of}",state="${state}"}`;

/** How the local Slack calls a delivery of this kind. */
const LABELS = { command: "/snapshot", action: "block_actions", view: "view_submission" };

/** Asks for a change of production, and has Ben agree. */
async function approved(): Promise<void> {
  const { ada, ben, gcore } = bed;
  await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search" });
  await titled(bed, ben, "Review the request", () => ben.press("Review"));
  await ben.submit();
}

describe("/metrics", () => {
  test("is for whoever has the token, and for nobody else", async () => {
    const { bot } = bed;
    const good = await readMetrics(bot);
    expect([good.status, good.headers.get("content-type")]).toEqual([
      200,
      "text/plain; version=0.0.4; charset=utf-8",
    ]);
    for (const token of [null, "", "prometheus-reads-with-thiS", `${TOKEN} `.repeat(2)]) {
      const answer = await readMetrics(bot, token);
      expect([token, answer.status, await answer.text()]).toEqual([
        token,
        401,
        "the token of METRICS_TOKEN is needed\n",
      ]);
    }
    const basic = { authorization: `Basic ${Buffer.from(TOKEN).toString("base64")}` };
    expect((await fetch(`${bot.url}/metrics`, { headers: basic })).status).toBe(401);
  });

  test("is not there at all when no token is set", async () => {
    const other = await startBed();
    try {
      expect((await readMetrics(other.bot)).status).toBe(404);
    } finally {
      expect(await other.end()).toEqual([]);
    }
  });

  test("counts a change and its approval: deliveries, calls, the attempt, its end, and what is open meanwhile", async () => {
    const { ada, ben, gcore, bot } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search" });
    const before = await readingOf(bot);
    expect(before.get(openOnes("pending"))).toBe(1);
    expect(before.get(openOnes("applying"))).toBe(0);
    expect(before.get(ended("applied"))).toBe(0);

    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    await ben.submit();
    await reads(bed, ben, "Changed: @ada", "#audit");
    await bed.said();
    const after = await readingOf(bot);
    expect(after.get(openOnes("pending"))).toBe(0);
    expect(after.get(ended("applied"))).toBe(1);
    expect(after.get(ended("applied", "item"))).toBe(0);
    expect(after.get('snapshot_bot_attempts_total{of="request"}')).toBe(1);
    expect(after.get('snapshot_bot_decision_to_applied_seconds_count{of="request"}')).toBe(1);
    const PATCHED = '{method="PATCH",outcome="2xx"}';
    expect(after.get(`snapshot_bot_gcore_calls_total${PATCHED}`)).toBe(1);
    expect(after.get('snapshot_bot_gcore_call_seconds_count{method="PATCH"}')).toBe(1);
    for (const kind of ["command", "action", "view"] as const) {
      const acks = after.get(`snapshot_bot_ack_seconds_bucket{le="3",kind="${kind}"}`);
      expect([kind, acks]).toEqual([
        kind,
        bed.slack.journal.deliveries.filter(({ label }) => label.startsWith(LABELS[kind])).length,
      ]);
    }
    expect(
      after.get('snapshot_bot_slack_calls_total{method="chat.postMessage",outcome="ok"}'),
    ).toBeGreaterThanOrEqual(3);
    expect(after.get('snapshot_bot_outbox_rows{state="waiting"}')).toBe(0);
    expect(after.get("snapshot_bot_outbox_oldest_due_seconds")).toBe(0);
    expect(after.get("snapshot_bot_ready")).toBe(1);
    expect(after.get("snapshot_bot_database_up")).toBe(1);
    expect(after.get("process_start_time_seconds")).toBeGreaterThan(0);
    expect(after.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  });

  test("counts a 429 of Gcore's and of Slack's apart from other answers", async () => {
    const { ada, ben, gcore, slack, bot } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search" });
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    gcore.faults.status(429, { method: "PATCH", retryAfter: 1 });
    slack.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 1 });
    await ben.submit();
    await slack.until(async () => {
      bed.advance(2_000);
      return slack.messages("#audit").length > 0;
    }, "the announcement in the end");
    const reading = await readingOf(bot);
    const many = (name: string): number | undefined => reading.get(`snapshot_bot_${name}`);
    expect([
      many('gcore_calls_total{method="PATCH",outcome="429"}'),
      many('gcore_calls_total{method="PATCH",outcome="2xx"}'),
      many('attempts_total{of="request"}'),
      many('slack_calls_total{method="chat.postMessage",outcome="ratelimited"}'),
    ]).toEqual([1, 1, 2, 1]);
  });

  test("counts what was taken back, and each end once", async () => {
    const { ada, ben, gcore, bot, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search" });
    await ada.press("Withdraw");
    await slack.until(() => ada.modal?.text.includes("Withdrawn."), "the end");
    await ada.close();
    await approved();
    await reads(bed, ben, "Changed: @ada", "#audit");
    const reading = await readingOf(bot);
    expect([reading.get(ended("withdrawn")), reading.get(ended("applied"))]).toEqual([1, 1]);
  });

  test("counts the items of a plan apart from what somebody asked for", async () => {
    const { ada, ben, gcore, bot } = bed;
    gcore.fill(6);
    await planned(bed, ada, { Filter: "name:bulk-*", "Set tags": "team=archive" });
    await ada.submit();
    await reads(bed, ben, "asks for approval to change 6 snapshots");
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    await ben.submit();
    await bed.slack.until(
      async () => (await readingOf(bot)).get(ended("finished")) === 1,
      "the plan to be finished",
    );
    const reading = await readingOf(bot);
    expect([
      reading.get(ended("applied", "item")),
      reading.get(ended("applied")),
      reading.get('snapshot_bot_attempts_total{of="item"}'),
      reading.get("snapshot_bot_plan_items_to_begin"),
    ]).toEqual([6, 0, 6, 0]);
    await bed.said();
  });

  test("answers within seconds when the database does not, and leaves its numbers out", async () => {
    const { bot } = bed;
    const ofDatabase = (reading: ReadonlyMap<string, number>): number =>
      [...reading.keys()].filter((name) => /requests_open|outbox|to_begin/.test(name)).length;
    expect(ofDatabase(await readingOf(bot))).toBe(15);
    await bot.database.close();
    const reading = await readingOf(bot);
    expect(reading.get("snapshot_bot_database_up")).toBe(0);
    expect(reading.get("snapshot_bot_ready")).toBe(0);
    expect(ofDatabase(reading)).toBe(0);
  });

  test("has no label that tells who, where or which", async () => {
    const { ben, bot } = bed;
    await approved();
    await reads(bed, ben, "Changed: @ada", "#audit");
    const text = await (await readMetrics(bot)).text();
    for (const hidden of [people.ada, people.ben, bed.gcore.ids.plain, "1186668", "C0", "team"]) {
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
    }
  });
});
