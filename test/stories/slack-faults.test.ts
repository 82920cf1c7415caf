import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bot } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { apply, change, commandFor, open, reads, review, said } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const stage = () => commandFor(bed.gcore.ids.plain, "environment=staging");
const outbox = () =>
  bed.bot.database.all("SELECT id, error FROM outbox WHERE due_at IS NOT NULL ORDER BY place");

describe("an audit channel that refuses", () => {
  test("is reported to the requester once and retried until it takes the announcement", async () => {
    const { ada, ben, slack } = bed;
    slack.kick("#audit", bot.userId);
    await change(bed, ada, stage());
    const told = await said(bed, ada, "#ops", 2);
    expect(told).toContain("I could not announce the change of snapshot nightly-db-2026-11-20");
    expect(told).toContain("Slack says: not_in_channel");
    await reads(bed, ben, "Changed: @ada", "#audit-2");
    const tries = slack.journal.callsOf("chat.postMessage").length;
    await slack.until(async () => {
      await bed.pass(60_000);
      return slack.journal.callsOf("chat.postMessage").length >= tries + 3;
    }, "three more tries");
    expect(await outbox()).toEqual([
      { id: expect.stringContaining("announcement"), error: "not_in_channel" },
    ]);
    slack.invite("#audit", bot.userId);
    await slack.until(async () => {
      await bed.pass(60_000);
      return slack.messages("#audit").length > 0;
    }, "the announcement");
    await reads(bed, ben, "Changed: @ada", "#audit");
    await slack.until(async () => (await outbox()).length === 0, "an empty outbox");
    expect(slack.messages("#audit")).toHaveLength(1);
    expect(slack.messages("#ops", { as: "ada" })).toHaveLength(2);
  });
});

describe("when Slack is busy or away", () => {
  test("[sso-elevator#1] a rate limit is obeyed, and then everything is said once", async () => {
    const { ada, ben, slack } = bed;
    for (const _ of [1, 2, 3])
      slack.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 30 });
    await change(bed, ada, stage());
    await slack.until(async () => (await outbox()).every(({ error }) => error === "ratelimited"));
    const tries = slack.journal.callsOf("chat.postMessage").length;
    bed.advance(25_000);
    await slack.until(async () => (await outbox()).length === 3);
    expect(slack.journal.callsOf("chat.postMessage")).toHaveLength(tries);
    bed.advance(6_000);
    await reads(bed, ada, "@ada changed snapshot");
    for (const channel of ["#audit", "#audit-2"]) await said(bed, ben, channel);
    await slack.until(async () => (await outbox()).length === 0, "an empty outbox");
    expect(slack.messages("#ops")).toHaveLength(1);
  });

  test.each([
    ["500", { kind: "status", status: 500 }],
    ["an internal error", { kind: "error", error: "internal_error" }],
    ["a broken connection", { kind: "cut", when: "before" }],
  ] as const)("%s loses no announcement", async (_what, fault) => {
    const { ada, ben, slack } = bed;
    for (const _ of [1, 2, 3]) slack.faults.next("chat.postMessage", fault);
    await change(bed, ada, stage());
    await slack.until(async () => (await outbox()).every(({ error }) => error !== null));
    bed.advance(3_000);
    for (const channel of ["#ops", "#audit", "#audit-2"]) {
      expect(await said(bed, ben, channel)).toContain("@ada");
      await slack.until(async () => (await outbox()).length === 0, "an empty outbox");
      expect(slack.messages(channel)).toHaveLength(1);
    }
  });

  test("an answer that is lost may say it twice, and the ledger's number shows that it is the same", async () => {
    const { ada, ben, slack } = bed;
    for (const _ of [1, 2, 3])
      slack.faults.next("chat.postMessage", { kind: "cut", when: "after" });
    await change(bed, ada, stage());
    await slack.until(async () => (await outbox()).every(({ error }) => error !== null));
    bed.advance(3_000);
    const told = await said(bed, ben, "#audit", 2);
    expect(told.match(/ledger no\. 5/g)).toHaveLength(2);
  });
});

describe("when a view cannot be shown", () => {
  test("[bolt-python#434] a form that Slack lets open too late is told, with what to do", async () => {
    const { ada, slack } = bed;
    slack.faults.next("views.open", { kind: "error", error: "expired_trigger_id" });
    await ada.command("#ops", stage());
    await reads(bed, ada, "Slack gave me too little time to open the form.");
  });

  test("an accident is told with a reference that stands in the log", async () => {
    const { ada, slack } = bed;
    slack.faults.next("views.open", { kind: "error", error: "internal_error" });
    await ada.command("#ops", stage());
    const told = await said(bed, ada, "#ops");
    const [, reference = "none"] = /runs this bot: (\S+)/.exec(told) ?? [];
    expect(bed.logs.some((line) => line.includes(reference) && line.includes("views.open"))).toBe(
      true,
    );
  });

  test("an answer that Slack does not take comes as a direct message", async () => {
    const { ada, gcore, slack } = bed;
    slack.faults.next("response_url", { kind: "status", status: 500 });
    await ada.command("#ops", `/snapshot show ${gcore.ids.plain} --project 1186668 --region 148`);
    expect(await said(bed, ada, "D0ADA000001")).toContain("Status: available");
  });

  test("a preview that cannot be shown is told with a direct message", async () => {
    const { ada, slack } = bed;
    await open(bed, ada, stage());
    slack.faults.next("views.update", { kind: "status", status: 500 }, 4);
    await ada.submit();
    expect(await said(bed, ada, "D0ADA000001")).toContain("Something went wrong on my side.");
  });

  test("one failure of Slack's does not keep the outcome from the view", async () => {
    const { ada, slack } = bed;
    await open(bed, ada, stage());
    await review(bed, ada);
    slack.faults.next("views.update", { kind: "status", status: 500 });
    expect(await apply(bed, ada)).toContain("Done.");
  });

  test("what became of a key is told also to a person who has closed the form", async () => {
    const { ben, gcore, slack } = bed;
    await open(bed, ben, "/snapshot connect");
    ben.fill("Gcore API key", gcore.keys.revoked);
    gcore.faults.slow(200, { path: /clients\/me/ });
    await ben.submit();
    await ben.close();
    expect(await said(bed, ben, "D0BEN000001")).toContain("Gcore does not accept your API key.");
    expect(slack.messages("#ops")).toEqual([]);
  });

  test("[curie#228] a summary whose blocks Slack refuses is said without them", async () => {
    const { ada, slack } = bed;
    slack.faults.next("chat.postMessage", { kind: "error", error: "invalid_blocks" });
    await change(bed, ada, stage());
    await slack.until(() => slack.messages("#ops").length + slack.messages("#audit").length === 2);
    expect(bed.logs.some((line) => line.includes("Slack refused blocks"))).toBe(true);
  });

  test("a preview that the person has closed is no accident", async () => {
    const { ada, slack } = bed;
    await open(bed, ada, stage());
    bed.gcore.faults.slow(300, { method: "GET" });
    await ada.submit();
    await ada.close();
    await slack.until(() => slack.journal.callsOf("views.update").length > 1, "the late preview");
    expect(bed.logs.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test("an outcome that cannot be shown in the view is still told in the channel", async () => {
    const { ada, slack } = bed;
    await open(bed, ada, stage());
    await review(bed, ada);
    slack.faults.next("views.update", { kind: "error", error: "internal_error" });
    await ada.submit();
    await reads(bed, ada, "@ada changed snapshot");
    expect(bed.gcore.journal.patches()).toHaveLength(1);
  });

  test("every answer comes within three seconds while Gcore takes longer", async () => {
    const { ada, gcore, slack } = bed;
    gcore.faults.slow(3_200, { method: "GET" });
    await open(bed, ada, stage());
    await ada.submit();
    await slack.until(() => ada.modal?.submitText === "Apply change", "the preview");
    const slowest = Math.max(...slack.journal.deliveries.map(({ ms }) => ms ?? 0));
    expect(slowest).toBeLessThan(3_000);
    await apply(bed, ada);
  });
});
