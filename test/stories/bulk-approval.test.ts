import { afterEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { planned, planOf, type Wished } from "./bulk-steps.ts";
import { cardOf, reads, titled } from "./steps.ts";

const COUNT = 12;
const OTHER: Wished = { Filter: "name:bulk-*", "Set tags": "cost-centre=4711", Reason: "New year" };

/** Production needs one of two; what Core has needs two others; legal holds are not touched. */
const POLICY = `
rules:
  - name: nobody touches what data has
    when: { tags: { team: data } }
    deny: Ask them first.
  - name: core is careful
    when: { tags: { team: core } }
    approve_by:
      users: [${people.ben}, ${people.cleo}]
      approvals: 2
  - name: production needs somebody else
    when: { tags: { environment: prod } }
    approve_by:
      users: [${people.ben}, ${people.cleo}, ${people.dora}]
      expires_after: 4h
    announce: { outcomes: [applied, failed, rejected, refused, withdrawn] }
  - name: the rest is free
    confirm: requester
bulk: { most: 10, most_per_person: 12 }
`;

let bed: Bed;
let ids: readonly string[];
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

async function start(policy = POLICY): Promise<void> {
  bed = await startBed({ policy });
  ids = bed.gcore.fill(COUNT);
  await bed.connect(bed.ada, bed.gcore.keys.full);
}
const changed = (): number =>
  ids.filter((id) => bed.gcore.tags(id).get("cost-centre") === "4711").length;
const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);

/** From the command to a plan that waits for others. */
async function asked(wished = OTHER): Promise<string> {
  const shown = await planned(bed, bed.ada, wished);
  await bed.ada.submit();
  await reads(bed, bed.ada, "asks for approval to change");
  await bed.ada.close({ all: true });
  return shown;
}

/** The card of the last one says how it ended. */
const isSettled = () =>
  bed.slack.until(() => !cardOf(bed.ada).includes("[Review]"), "the card's last word");

describe("a plan for many", () => {
  test("needs whatever any of its snapshots needs, and leaves out what a rule denies", async () => {
    await start();
    const shown = await asked();
    expect(shown).toContain("9 to change");
    expect(shown).toContain("3 refused by your team's rules");
    expect(shown).toContain("Needs 2 approvals of @ben, @cleo");
    const { ben, cleo, dora, slack } = bed;
    const card = cardOf(bed.ada);
    expect(card).toContain("@ada asks for approval to change 9 snapshots.");
    expect(card).toContain("Tag cost-centre is set to 4711");
    await titled(bed, dora, "This cannot go on", () => dora.press("Review"));
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    expect(ben.modal?.text).toContain("9 to change");
    const all = await planOf(bed, ben);
    expect(all).toContain("9 snapshots: in the plan.");
    await ben.close();
    await ben.submit();
    expect(changed()).toBe(0);
    await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    await cleo.submit();
    await reads(bed, bed.ada, "Done. All 9 snapshots are changed.");
    await slack.until(() => cleo.modal?.text.includes("Done. All 9") === true, "Cleo's view");
    expect(changed()).toBe(9);
    const decisions = (await kinds()).filter((kind) => /approv|refused/.test(kind));
    expect(decisions).toEqual(["refused", "approval", "approved"]);
    await reads(bed, ben, "Approved by @cleo", "#audit");
  });

  test("that is rejected, withdrawn or not decided on in time changes nothing", async () => {
    await start();
    const { ada, ben } = bed;
    await asked();
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    await titled(bed, ben, "Reject the request", () => ben.press("Reject…"));
    ben.fill("Why not?", "Not in January");
    await ben.submit();
    await reads(bed, ada, "said no to the change of 9 snapshots: Not in January");
    await isSettled();
    await asked();
    await titled(bed, ada, "Your change", () => ada.press("Review"));
    await ada.press("Withdraw");
    await reads(bed, ada, "took the request to change 9 snapshots back");
    await ada.close({ all: true });
    await isSettled();
    await asked();
    bed.advance(5 * 3_600_000);
    await reads(bed, ada, "Nobody decided in time on the change of 9 snapshots");
    expect(bed.gcore.journal.patches()).toEqual([]);
  });

  test("is paused and stopped by who asked and by who may approve, and by nobody else", async () => {
    await start();
    const { ada, ben, cleo, dora, gcore, slack } = bed;
    gcore.faults.slow(3_000, { method: "PATCH", times: 10_000 });
    await asked();
    for (const person of [ben, cleo]) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
      await person.submit();
      await person.close({ all: true });
    }
    await reads(bed, ada, "is under way.");
    await dora.press("Stop");
    await reads(bed, dora, "You may not decide on this");
    await ben.press("Pause");
    await reads(bed, ada, "Paused by @ben.");
    await cleo.press("Stop");
    await reads(bed, ada, "Stopped by @cleo.");
    const steps = (await kinds()).filter((kind) => /refused|paused|stopping|finished/.test(kind));
    expect(steps).toEqual(["refused", "paused", "stopping", "finished"]);
    await slack.until(() => cardOf(ada).includes("[Try the rest again]"), "the end");
  });

  test("is held to the policy's limits, for one plan and for all of a person's", async () => {
    await start(POLICY.replace("most: 10", "most: 8"));
    const { ada } = bed;
    expect(await planned(bed, ada, OTHER)).toContain(
      "You chose 9 snapshots, and one plan may change 8 at most.",
    );
    await ada.close({ all: true });
    const some = { ...OTHER, Filter: "name:bulk-0000*" };
    await asked(some);
    const more = await planned(bed, ada, some);
    expect(more).toContain("that one person may have open");
  });

  test("that was looked at under another policy is not let through", async () => {
    await start();
    const { ada } = bed;
    const environment = { ...bed.environment };
    expect(environment.POLICY_FILE).toBeDefined();
    await planned(bed, ada, OTHER);
    await bed.bot.database.run(
      'UPDATE draft SET body = replace(body, \'"policy":"\', \'"policy":"0\')',
    );
    await ada.submit();
    expect(ada.modal?.text).toContain("Your team's policy has changed since you were shown this.");
    expect(await kinds()).toEqual(["refused"]);
  });
});

describe("the lists", () => {
  test("lead to the form for all that is in them, and show what is under way", async () => {
    await start(POLICY.replace(/bulk: .*/, ""));
    const { ada, gcore, slack } = bed;
    await ada.command("#ops", "/snapshot list name:bulk-* tag:environment=dev tag:team=payments");
    await reads(bed, ada, "[Change them all]");
    await titled(bed, ada, "Change many snapshots", () => ada.press("Change them all"));
    expect(ada.value("Filter")).toBe("name:bulk-* tag:environment=dev tag:team=payments");
    ada.fill("Set tags", "cost-centre=4711");
    gcore.faults.slow(600, { method: "PATCH", times: 10_000 });
    await titled(bed, ada, "Review the plan", () => ada.submit());
    await ada.submit();
    await ada.close({ all: true });
    await ada.command("#lobby", "/snapshot pending");
    await reads(bed, ada, "is under way.", "#lobby");
    await ada.openHome();
    await slack.until(() => ada.home().join("\n").includes("[Pause]"), "the home tab");
    await reads(bed, ada, "snapshots are changed.");
    await slack.until(() => !ada.home().join("\n").includes("[Pause]"), "the home tab at the end");
  });
});
