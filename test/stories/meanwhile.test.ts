import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bot, people } from "../../playground/slack/slack.ts";
import { untaken } from "../../src/store/outbox-table.ts";
import { type Bed, startBed } from "../bed.ts";
import { askFor, cardOf, commandFor, open, reads, review, titled } from "./steps.ts";

const HOUR = 3_600_000;
const POLICY = `
rules:
  - name: somebody else
    approve_by: { users: [${people.ben}, ${people.cleo}], approvals: 1, expires_after: 24h }
    announce: { outcomes: [applied, failed, rejected, refused] }
`;
const TWO = POLICY.replace("approvals: 1", "approvals: 2");

let bed: Bed;
const start = async (policy: string): Promise<void> => {
  bed = await startBed({ policy });
  await bed.connect(bed.ada, bed.gcore.keys.full);
};
beforeEach(() => start(POLICY));
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).filter((kind) => !kind.startsWith("key "));

const asked = (): Promise<string> =>
  askFor(bed, bed.ada, bed.gcore.ids.plain, { "Set tags": "environment=staging" });

const reviewed = (person = bed.cleo): Promise<string> =>
  titled(bed, person, "Review the request", () => person.press("Review", { channel: "#ops" }));

const rejected = async (person = bed.ben): Promise<void> => {
  await reviewed(person);
  await titled(bed, person, "Reject the request", () => person.press("Reject…"));
  person.fill("Why not?", "Not today");
  await person.submit();
};

describe("while somebody has a review open", () => {
  test("[valet#51] a decision that falls while it is still being looked up is shown in it, too", async () => {
    const { ben, cleo, gcore, slack } = bed;
    await asked();
    await reviewed(ben);
    await titled(bed, ben, "Reject the request", () => ben.press("Reject…"));
    ben.fill("Why not?", "Not today");
    gcore.faults.slow(700, { method: "GET", path: /snapshots/ });
    await cleo.press("Review", { channel: "#ops" });
    await slack.until(() => gcore.faults.waiting === 0, "Cleo's look to have begun");
    await ben.submit();
    await slack.until(() => cleo.modal?.text.includes("Rejected. @ben said no"), "Cleo's view");
    expect(cleo.modal?.submitText).toBeUndefined();
  });

  test("[bolt-js#1560] what they have typed stays when the view is drawn anew", async () => {
    await bed.end();
    await start(TWO);
    const { ada, ben, cleo, slack } = bed;
    await asked();
    await reviewed(ben);
    await reviewed(cleo);
    cleo.fill("Comment", "Half a sentence");
    await ben.submit();
    await slack.until(() => cleo.modal?.text.includes("Approved by @ben"), "Cleo's view");
    expect(cleo.value("Comment")).toBe("Half a sentence");
    await cleo.submit();
    expect(await reads(bed, ada, "Approved and applied")).toContain("Half a sentence");
  });

  test("closing it while the decision is on its way takes nothing back", async () => {
    const { ada, ben, gcore, slack } = bed;
    await asked();
    await reviewed(ben);
    gcore.faults.slow(300, { method: "PATCH" });
    await ben.submit();
    await ben.close({ all: true });
    await reads(bed, ada, "Approved and applied");
    expect(gcore.tags(gcore.ids.plain).get("environment")).toBe("staging");
    await slack.until(() => ada.modal?.text.includes("Done."), "Ada's view");
  });
});

test("[eve#2471] of several requests that wait, the one that is decided is the one that was shown", async () => {
  const { ada, ben, gcore, slack } = bed;
  await asked();
  await ada.close({ all: true });
  await askFor(bed, ada, gcore.ids.untagged, { "Set tags": "team=search" });
  const [first, second] = slack.messages("#ops");
  if (first === undefined || second === undefined) throw new Error("two cards were asked for");
  await titled(bed, ben, "Review the request", () => ben.press("Review", { message: second }));
  await ben.submit();
  await reads(bed, ada, "Approved and applied");
  expect(gcore.tags(gcore.ids.untagged).get("team")).toBe("search");
  expect(gcore.tags(gcore.ids.plain).get("environment")).toBe("prod");
  const states = await bed.bot.database.all("SELECT state FROM request ORDER BY asked_at");
  expect(states.map(({ state }) => state)).toEqual(["pending", "applied"]);
});

describe("a late click is told who decided what, and when", () => {
  test("[accessbot#293] of a rejection", async () => {
    await asked();
    const [card] = bed.slack.messages("#ops");
    await rejected();
    await reads(bed, bed.ada, "Rejected: the change");
    const shown = await titled(bed, bed.cleo, "The request", () =>
      bed.cleo.press("Review", { ...(card === undefined ? {} : { message: card }), stale: true }),
    );
    expect(shown).toMatch(/Rejected by @ben, .*\d{1,2}:\d\d/);
    expect(shown).toContain("Not today");
  });

  test.each([
    ["a withdrawal", /Withdrawn by @ada, .*\d{1,2}:\d\d/],
    ["the end of its time", /Expired .*\d{1,2}:\d\d/],
  ])("of %s", async (what, words) => {
    await asked();
    const [card] = bed.slack.messages("#ops");
    if (what === "a withdrawal") await bed.ada.press("Withdraw");
    else await bed.pass(24 * HOUR);
    await reads(bed, bed.ada, "Nothing was changed.");
    const shown = await titled(bed, bed.cleo, "The request", () =>
      bed.cleo.press("Review", { ...(card === undefined ? {} : { message: card }), stale: true }),
    );
    expect(shown).toMatch(words);
  });
});

describe("when the requester's key is gone", () => {
  test("before the approval: it cannot be approved, the approver is told whose key it is, and can reject", async () => {
    const { ada, cleo, slack } = bed;
    await asked();
    await ada.command("#ops", "/snapshot disconnect");
    const shown = await reviewed();
    expect(shown).toContain("I could not look at the snapshot now.");
    expect(shown).toContain("@ada");
    expect(shown).not.toContain("You have not connected");
    expect(cleo.modal?.submitText).toBeUndefined();
    await bed.connect(bed.dora, bed.gcore.keys.full);
    expect(await kinds()).toEqual(["requested"]);
    await rejected(bed.ben);
    await slack.until(() => cleo.modal?.text.includes("Rejected. @ben"), "Cleo's view to follow");
  });

  test("between review and approval: nothing is sent, and everybody is told that it is not done", async () => {
    const { ada, cleo, gcore } = bed;
    await asked();
    await reviewed();
    await ada.command("#ops", "/snapshot disconnect");
    await cleo.submit();
    await reads(bed, ada, "Approved, but failed");
    expect(gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "approved", "attempted", "failed"]);
  });
});

describe("when the place of a card is gone", () => {
  test("a card that somebody deleted is not missed: the request goes on", async () => {
    const { ada, cleo, slack, gcore } = bed;
    await asked();
    await reviewed();
    slack.faults.next("chat.update", { kind: "error", error: "message_not_found" });
    await cleo.submit();
    await slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    await bed.said();
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
    expect(slack.journal.callsOf("chat.update")).toHaveLength(1);
  });

  test("[sentry#119600] a bot that was thrown out between card and decision tells the requester and the audit channel", async () => {
    const { ada, cleo, slack, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" }, "#war-room");
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    slack.kick("#war-room", bot.userId);
    await cleo.submit();
    await slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    await reads(bed, ada, "Approved by @cleo", "#audit");
    await slack.until(
      () => ada.sees("#war-room").join("\n").includes("so I tell you here. Invite me there"),
      "the summary for Ada alone",
    );
    await slack.until(
      () => ada.sees("#audit").join("\n").includes("I could not post the summary of the change"),
      "the word in the audit channel",
    );
    const listed = async () =>
      (await untaken(bed.bot.database)).map(({ waiting }) => waiting.notice);
    await slack.until(async () => (await listed()).length === 2, "both to stay listed");
    expect(await listed()).toMatchObject([{ kind: "card" }, { kind: "summary" }]);
    slack.invite("#war-room", bot.userId);
    await slack.until(async () => {
      await bed.pass(60_000);
      return (await listed()).length === 0;
    }, "both to be taken");
    const others = cleo.sees("#war-room").filter((line) => line.startsWith("snapshot: "));
    expect(others).toEqual([
      "snapshot: Approved and applied: the change that @ada asked for.",
      "snapshot: @ada changed snapshot nightly-db-2026-11-20.",
    ]);
  });
});

describe("when Slack does not say who somebody is", () => {
  test.each([
    ["takes its time", { kind: "delay", ms: 6_000 } as const],
    ["does not answer", { kind: "hang", when: "before" } as const],
    ["fails", { kind: "error", error: "fatal_error" } as const],
    ["limits the rate", { kind: "rate-limited", seconds: 30 } as const],
  ])(
    "[bolt-js#1208] because it %s: nothing is decided, it is said in time, and the click can be made again",
    async (_why, fault) => {
      const { cleo, slack } = bed;
      await asked();
      await reviewed();
      slack.faults.next("users.info", fault);
      await cleo.submit();
      expect(cleo.modal?.text).toContain("Slack did not tell me in time who you are");
      expect(await kinds()).toEqual(["requested"]);
      await cleo.close({ all: true });
      await reviewed();
      await cleo.submit();
      await slack.until(() => cleo.modal?.text.includes("Done."), "the outcome");
    },
  );
});

describe("at the edge of its time", () => {
  test("seconds before the end an approval counts", async () => {
    const { cleo, slack } = bed;
    await asked();
    const asking = (await bed.bot.database.all("SELECT body FROM request"))[0]?.body;
    const { expiresAt } = JSON.parse(String(asking)) as { expiresAt: number };
    await reviewed();
    bed.clock.advance(expiresAt - 5_000 - bed.clock.now());
    await cleo.submit();
    expect((await kinds()).filter((kind) => kind === "approved" || kind === "expired")).toEqual([
      "approved",
    ]);
    await slack.until(() => cleo.modal?.text.includes("Done."), "the outcome");
  });
});

describe("the snapshot is deleted meanwhile", () => {
  test("before the review: it cannot be approved, and it is said why", async () => {
    const { cleo, gcore } = bed;
    await asked();
    gcore.remove(gcore.ids.plain);
    const shown = await reviewed();
    expect(shown).toContain("Gcore knows no such snapshot");
    expect(cleo.modal?.submitText).toBeUndefined();
  });
});

describe("whoever is not the requester", () => {
  test("is not told that it is their change", async () => {
    await bed.end();
    await start(TWO);
    await asked();
    await reviewed(bed.ben);
    await bed.ben.submit();
    expect(bed.ben.modal?.text).toContain("1 of 2 approvals so far");
    expect(bed.ben.modal?.text).not.toContain("Your change");
    expect(cardOf(bed.ada)).not.toContain("Your change");
  });
});

describe("the largest change that can be shown", () => {
  test("[dispatch#6049] is asked for, reviewed and decided within what Slack takes", async () => {
    const { ada, ben, gcore } = bed;
    const id = gcore.ids.untagged;
    gcore.update(id, (snapshot) => {
      snapshot.tags = Array.from({ length: 75 }, (_, index) => ({
        key: `tag-${index}-${"k".repeat(50)}`,
        value: "v".repeat(200),
        read_only: false,
      }));
    });
    await open(bed, ada, commandFor(id, "--clear-tags"));
    ada.fill("Reason", "r".repeat(300));
    await review(bed, ada);
    await ada.submit();
    await bed.said();
    await reviewed(ben);
    ben.fill("Comment", "\u202e".repeat(499));
    await ben.submit();
    await reads(bed, ada, "Approved and applied");
  });
});
