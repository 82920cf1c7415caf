import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { askFor, cardOf, commandFor, open, reads, review, said, titled } from "./steps.ts";

const HOUR = 3_600_000;

/** Production needs Ben, Cleo or whoever is in the group; the rest is the requester's own affair. */
const POLICY = `
rules:
  - name: production needs somebody else
    when: { tags: { environment: prod } }
    approve_by:
      users: [${people.ben}, ${people.ada}]
      groups: [S0APPROVERS]
      expires_after: 24h
    announce: { outcomes: [applied, failed, conflict, unknown, rejected, withdrawn, expired, refused] }
  - name: nobody touches legal holds
    when: { touches: "tag:legal_hold" }
    deny: Ask legal first.
  - name: untagged snapshots are free
    when: { touches_only: tags }
    confirm: requester
`;

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);

describe("a change that somebody else must approve", () => {
  test("is asked for with a card that says exactly what, why, who may decide and until when", async () => {
    const { ada, cleo, gcore } = bed;
    const waiting = await askFor(bed, ada, gcore.ids.plain, {
      "New name": "db-before-upgrade",
      "Set tags": "environment=staging",
      Reason: "Upgrade on Monday",
    });
    expect(waiting).toContain("waits for a decision: 0 of 1 approvals so far");
    const card = await said(bed, cleo, "#ops");
    for (const line of [
      "@ada asks for approval to change snapshot nightly-db-2026-11-20.",
      "Name: nightly-db-2026-11-20 → db-before-upgrade",
      "Tag environment: prod → staging",
      "Reason: Upgrade on Monday",
      "Needs one approval of @ben, @ada, @snapshot-approvers (rule: production needs somebody else).",
      "Open until: ",
      "[Review]",
    ]) {
      expect(card).toContain(line);
    }
    expect(gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested"]);
  });

  test("[teleport#61094] is applied once an approver agrees, with the requester's key, and everybody is told by whom", async () => {
    const { ada, cleo, gcore } = bed;
    const id = gcore.ids.plain;
    await askFor(bed, ada, id, { "Set tags": "environment=staging" });
    const shown = await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    expect(shown).toContain("Tag environment: prod → staging (now: prod)");
    cleo.fill("Comment", "Fine by me");
    await cleo.submit();
    await bed.slack.until(() => cleo.modal?.text.includes("Done."), "the outcome for Cleo");
    await said(bed, ada, "#ops", 2);
    const ops = await reads(bed, ada, "Approved and applied: the change that @ada asked for.");
    expect(ops).toContain("Approved by @cleo");
    expect(ops).toContain("Fine by me");
    expect(ops).not.toContain("[Review]");
    expect(ops).toContain("@ada changed snapshot nightly-db-2026-11-20.");
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome for Ada");
    await reads(bed, ada, "Approved by @cleo", "#audit");
    expect(gcore.tags(id).get("environment")).toBe("staging");
    expect(gcore.journal.patches()[0]?.headers["user-agent"]).toContain(ada.id);
    expect(await kinds()).toEqual(["requested", "approved", "attempted", "applied"]);
  });

  test("[teleport-plugins#153] is not applied when an approver says no; the requester hears who and why", async () => {
    const { ada, ben, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    await titled(bed, ben, "Reject the request", () => ben.press("Reject…"));
    expect((await ben.submit()).outcome).toBe("blocked");
    ben.fill("Why not?", "   ");
    expect((await ben.submit()).errors).toEqual({
      "Why not?": "Write why, so that the person who asked can do better.",
    });
    ben.fill("Why not?", "Not during the audit");
    await ben.submit();
    expect(ben.modal?.text).toContain("Rejected. @ben said no");
    const ops = await reads(bed, ada, "Rejected: the change that @ada asked for.");
    expect(ops).toContain("Not during the audit");
    await reads(bed, ada, "Rejected: @ada", "#audit");
    await bed.slack.until(() => ada.modal?.text.includes("Rejected."), "Ada's view to follow");
    expect(gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "rejected"]);
  });

  test("can be withdrawn by whoever asked, after one more question, and by nobody else", async () => {
    const { ada, ben, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await ada.press("Withdraw", { dismiss: true });
    expect(await kinds()).toEqual(["requested"]);
    await ada.press("Withdraw");
    await bed.slack.until(() => ada.modal?.text.includes("Withdrawn."), "the end");
    expect(await reads(bed, ben, "Withdrawn: the change")).not.toContain("[Review]");
    expect(await kinds()).toEqual(["requested", "withdrawn"]);
  });
});

describe("who may decide", () => {
  test("not the requester: they see how it stands, and can take it back there", async () => {
    const { ada, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await ada.close({ all: true });
    const shown = await titled(bed, ada, "Your change", () => ada.press("Review"));
    expect(shown).toContain("waits for a decision");
    expect(shown).toContain("[Withdraw]");
    expect(ada.modal?.submitText).toBeUndefined();
  });

  test.each([
    ["somebody whom the rule does not name", "dora", "You may not decide on this"],
    ["a guest", "gus", "You are a guest in this workspace"],
  ] as const)(
    "[hermes-agent#100408] not %s: they are told why, and the ledger knows",
    async (_who, name, words) => {
      const { ada, gcore, slack } = bed;
      slack.workspace.setGroup("S0APPROVERS", [people.ben, people.cleo, people.gus]);
      await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
      const person = slack.person(name);
      expect(
        await titled(bed, person, "This cannot go on", () => person.press("Review")),
      ).toContain(words);
      expect(await kinds()).toEqual(["requested", "refused"]);
      await reads(bed, ada, `Refused: @${name} wanted to approve a change of snapshot`, "#audit");
      expect(cardOf(ada)).toContain("[Review]");
    },
  );

  test("also the requester where the rule says so, who may take it back in the same place", async () => {
    await bed.end();
    bed = await startBed({
      policy: POLICY.replace("expires_after", "self_approval: true\n      expires_after"),
    });
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await ada.close({ all: true });
    const shown = await titled(bed, ada, "Review the request", () => ada.press("Review"));
    expect(ada.modal?.submitText).toBe("Approve");
    expect(shown).toContain("[Withdraw]");
    await ada.press("Withdraw");
    await bed.slack.until(() => ada.modal?.text.includes("Withdrawn."), "the end");
    expect(await kinds()).toEqual(["requested", "withdrawn"]);
  });

  test("[PostHog#43263] not somebody of another organisation, though they see the card in a shared channel", async () => {
    const { ada, gcore, slack } = bed;
    const olga = slack.person("olga");
    slack.workspace.setGroup("S0APPROVERS", [people.cleo, people.olga]);
    const typed = { "Set tags": "environment=staging" };
    await askFor(bed, ada, gcore.ids.plain, typed, "#partners");
    expect(await titled(bed, olga, "This cannot go on", () => olga.press("Review"))).toContain(
      "You are not of this organisation",
    );
  });

  test("[sso-elevator#138] not whoever left the group, or the company, after they opened the review", async () => {
    const { ada, ben, cleo, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    for (const person of [ben, cleo]) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
    }
    slack.workspace.setGroup("S0APPROVERS", [people.ben]);
    slack.workspace.deactivate(people.ben);
    await cleo.submit();
    expect(cleo.modal?.text).toContain("You may not decide on this");
    await ben.submit();
    expect(ben.modal?.text).toContain("Your account is deactivated");
    expect(gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "refused", "refused"]);
  });

  test("[forge#315] nobody while Slack does not say who is in the group; the click can be made again", async () => {
    const { ada, cleo, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    slack.faults.next("usergroups.users.list", { kind: "error", error: "internal_error" });
    await cleo.submit();
    expect(cleo.modal?.text).toContain("Slack does not tell me who is in the user group");
    expect(await kinds()).toEqual(["requested"]);
    await cleo.close({ all: true });
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    await cleo.submit();
    await bed.slack.until(() => cleo.modal?.text.includes("Done."), "the outcome");
  });
});

describe("exactly one decision", () => {
  test("[sso-elevator#212] two approvers at the same moment: one decides, the other is told who did", async () => {
    const { ada, ben, cleo, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    for (const person of [ben, cleo]) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
    }
    await Promise.all([ben.submit(), cleo.submit()]);
    for (const person of [ben, cleo]) {
      await bed.slack.until(() => person.modal?.text.includes("Done."), "the outcome");
      expect(person.modal?.text).toMatch(/Approved by @(ben|cleo), /);
    }
    expect((await kinds()).filter((kind) => kind === "approved")).toHaveLength(1);
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("[openclaw#71023] a click on a card that a client has not seen change is told what was decided", async () => {
    const { ada, ben, cleo, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    const [message] = slack.messages("#ops");
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    await ben.submit();
    await said(bed, ada, "#ops", 2);
    const late = await titled(bed, cleo, "The request", () =>
      cleo.press("Review", { ...(message === undefined ? {} : { message }), stale: true }),
    );
    expect(late).toContain("Done.");
    expect(late).toContain("Approved by @ben");
  });

  test("[clawpatrol#595] an open review follows a decision that somebody else made", async () => {
    const { ada, ben, cleo, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    for (const person of [ben, cleo]) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
    }
    await ben.submit();
    await bed.slack.until(() => cleo.modal?.text.includes("Approved by @ben"), "Cleo's view");
    expect(cleo.modal?.submitText).toBeUndefined();
  });
});

describe("time", () => {
  test("[KiroCrew#10231] a request that nobody decides on expires, which is no refusal", async () => {
    const { ada, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    bed.advance(24 * HOUR);
    const card = await reads(bed, ada, "Expired: the change that @ada asked for.");
    expect(card).toContain("Nobody decided in time");
    expect(card).not.toContain("[Review]");
    await reads(bed, ada, "Expired: @ada", "#audit");
    expect(await kinds()).toEqual(["requested", "expired"]);
  });

  test("an approval that comes a moment too late does not count, whether or not the clock came first", async () => {
    const { ada, cleo, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    // The clock of the jobs is not woken.
    bed.clock.advance(24 * HOUR);
    await cleo.submit();
    expect(cleo.modal?.text).toContain("Expired. Nobody decided in time");
    expect(gcore.journal.patches()).toEqual([]);
    expect((await kinds()).filter((kind) => kind !== "reminded")).toEqual(["requested", "expired"]);
  });

  test("[sso-elevator#129] a request is reminded of below its card, twice, and nobody is pinged", async () => {
    const { ada, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    const reminders = (): string[] =>
      ada.sees("#ops").filter((line) => line.includes("Still waiting: 0 of 1 approvals"));
    bed.advance(12 * HOUR);
    await slack.until(() => reminders().length === 1, "the first reminder");
    bed.advance(10 * HOUR);
    await slack.until(() => reminders().length === 2, "the second reminder");
    expect(reminders().join("")).not.toContain("@");
    expect(await kinds()).toEqual(["requested", "reminded", "reminded"]);
  });
});

describe("a snapshot that changed meanwhile", () => {
  test("in what the change touches: a conflict with both values, and one click to ask again", async () => {
    const { ada, cleo, gcore } = bed;
    const id = gcore.ids.plain;
    await askFor(bed, ada, id, { "Set tags": "environment=staging", Reason: "Monday" });
    gcore.update(id, (snapshot) => {
      const tag = snapshot.tags.find(({ key }) => key === "environment");
      if (tag !== undefined) tag.value = "prod-eu";
    });
    const shown = await titled(bed, cleo, "The request", () => cleo.press("Review"));
    expect(shown).toContain("Not applied: conflict.");
    expect(shown).toContain("Tag environment: was prod, asked for staging, now it is prod-eu");
    await bed.slack.until(() => ada.modal?.text.includes("[Ask again]"), "Ada's view to follow");
    const again = await titled(bed, ada, "Review the change", () => ada.press("Ask again"));
    expect(again).toContain("Tag environment: prod-eu → staging");
    expect(again).toContain("Reason: Monday");
    expect(gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "conflict"]);
  });

  test("elsewhere: that is not in the way", async () => {
    const { ada, cleo, gcore } = bed;
    const id = gcore.ids.plain;
    await askFor(bed, ada, id, { "Set tags": "environment=staging" });
    gcore.update(id, (snapshot) => {
      snapshot.name = "renamed-elsewhere";
    });
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    await cleo.submit();
    await bed.slack.until(() => cleo.modal?.text.includes("Done."), "the outcome");
    expect(gcore.snapshot(id).name).toBe("renamed-elsewhere");
    expect(gcore.tags(id).get("environment")).toBe("staging");
  });
});

describe("the policy", () => {
  const refusedFor = async (command: string): Promise<string> => {
    await open(bed, bed.ada, command);
    return await review(bed, bed.ada);
  };

  test("denies with its reason", async () => {
    const id = bed.gcore.ids.untagged;
    expect(await refusedFor(commandFor(id, "legal_hold=yes"))).toContain(
      "The rule nobody touches legal holds does not let this change through. It says: Ask legal first.",
    );
    expect(await kinds()).toEqual(["refused"]);
  });

  test("refuses what no rule is about", async () => {
    const id = bed.gcore.ids.untagged;
    expect(await refusedFor(commandFor(id, "--name something-else"))).toContain(
      "No rule of your team's policy is about a change like this",
    );
  });

  test("[tg-group-profile-manager#15] lets the requester confirm alone where it says so", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.untagged, "team=search"));
    await review(bed, ada);
    expect(ada.modal?.submitText).toBe("Apply change");
    await ada.submit();
    await reads(bed, ada, "Agreed to by @ada (untagged snapshots are free)", "#audit");
  });

  test("[accessbot#58] refuses when a group of approvers cannot be resolved, or nobody is left to approve", async () => {
    const { gcore, slack } = bed;
    slack.workspace.setGroup("S0APPROVERS", undefined);
    expect(await refusedFor(commandFor(gcore.ids.plain, "environment=staging"))).toContain(
      "Slack does not tell me who is in the user group S0APPROVERS (it says: no_such_subteam)",
    );
    expect(gcore.journal.patches()).toEqual([]);
  });
});
