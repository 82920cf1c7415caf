import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { clickOf, onlyRequest, tell } from "./forge.ts";
import { apply, askFor, commandFor, open, reads, review, titled } from "./steps.ts";

const HOUR = 3_600_000;
const TASK = { task_type: "create_volume" };

/** Ben has to approve what is of production; the rest is the requester's own affair. */
const POLICY = `
rules:
  - name: production needs Ben
    when: { tags: { environment: prod } }
    approve_by: { users: [${people.ben}] }
    announce: { outcomes: [applied, failed, conflict, unknown, withdrawn] }
  - name: the rest is free
    confirm: requester
`;

let bed: Bed;
/** A snapshot that is locked, and the task that holds it. */
let id: string;
let task: string;
const begin = async (policy?: string): Promise<void> => {
  bed = await startBed(policy === undefined ? {} : { policy });
  await bed.connect(bed.ada, bed.gcore.keys.full);
  id = bed.gcore.ids.plain;
  task = bed.gcore.lock(id, TASK);
};
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);
const environment = () => bed.gcore.tags(id).get("environment");
const looks = () =>
  bed.gcore.journal.calls("GET", new RegExp(`/snapshots/1186668/148/${id}$`)).length;

/** Ada agrees to a change of the locked snapshot, and sees that it waits. */
async function waiting(): Promise<string> {
  await open(bed, bed.ada, commandFor(id, "environment=staging"));
  await review(bed, bed.ada);
  const told = await apply(bed, bed.ada);
  expect(told).toContain("Waiting.");
  return told;
}

/** The task ends, and the bot comes to look. */
const ends = (): void => {
  bed.gcore.finishTask(task);
  bed.advance(5_000);
};

describe("a change of a snapshot that a task holds", () => {
  beforeEach(() => begin());

  test("is offered with the task, since when, and a button that says what happens", async () => {
    await open(bed, bed.ada, commandFor(id, "environment=staging"));
    const told = await review(bed, bed.ada);
    expect(told).toMatch(/Not now\. The snapshot is locked by a task \(create_volume\) since .+\d/);
    expect(told).toContain("I wait and make the change as soon as the task has ended");
    expect(told).toContain("Tag environment: prod → staging");
    expect(bed.ada.modal?.submitText).toBe("Apply when it is free");
  });

  test("goes ahead by itself when the task has ended, and is said to be done only then", async () => {
    const { ada, ben, gcore } = bed;
    expect(await waiting()).toContain("I wait for a day at most.");
    await reads(bed, ada, "The snapshot is locked by a task");
    expect(gcore.journal.patches()).toEqual([]);
    bed.advance(5_000);
    await bed.slack.until(() => looks() === 3, "another look");
    expect(environment()).toBe("prod");
    ends();
    await reads(bed, ben, "Changed: @ada", "#audit");
    expect(environment()).toBe("staging");
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    expect(await reads(bed, ben, "@ada changed snapshot")).not.toContain("locked");
    expect(gcore.effectiveChanges(id)).toBe(1);
    expect(await kinds()).toEqual([
      ...["requested", "approved", "attempted", "held"],
      ...["released", "attempted", "applied"],
    ]);
  });

  test("that is locked after the preview waits as well", async () => {
    const { ada, gcore } = bed;
    gcore.finishTask(task);
    await open(bed, ada, commandFor(id, "environment=staging"));
    await review(bed, ada);
    expect(ada.modal?.submitText).toBe("Apply change");
    task = gcore.lock(id, TASK);
    expect(await apply(bed, ada)).toContain("locked by a task (create_volume)");
    ends();
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    expect(gcore.journal.patches()).toHaveLength(1);
  });

  test("waits as well when Gcore says at the PATCH alone that something holds it", async () => {
    const { ada, gcore } = bed;
    gcore.finishTask(task);
    await open(bed, ada, commandFor(id, "environment=staging"));
    await review(bed, ada);
    gcore.faults.status(409, { method: "PATCH", message: "something is at work" });
    expect(await apply(bed, ada)).toContain("Waiting. The snapshot is locked by a task.");
    bed.advance(5_000);
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    expect(gcore.effectiveChanges(id)).toBe(1);
  });

  test("is looked at more and more seldom, and a look that fails is just another one", async () => {
    await waiting();
    const before = looks();
    bed.advance(HOUR);
    await bed.slack.until(() => looks() === before + 1, "a look");
    bed.gcore.faults.status(503, { method: "GET" });
    bed.advance(299_000);
    bed.advance(1_000);
    await bed.slack.until(() => looks() === before + 2, "a look that fails");
    bed.gcore.finishTask(task);
    bed.advance(300_000);
    await bed.slack.until(() => environment() === "staging", "the change");
  });

  test("that the task ends with nothing left of it is not done, and says why", async () => {
    await waiting();
    bed.gcore.remove(id);
    bed.advance(5_000);
    await bed.slack.until(() => bed.ada.modal?.text.includes("Not done."), "the outcome");
    expect(bed.ada.modal?.text).toContain("Gcore knows no such snapshot");
    await reads(bed, bed.ben, "Failed: @ada", "#audit");
  });

  test("that somebody else changes meanwhile is left as it is: a conflict, while the task still runs", async () => {
    const { ada, gcore } = bed;
    await waiting();
    gcore.update(id, ({ tags }) => {
      for (const tag of tags) if (tag.key === "environment") tag.value = "dev";
    });
    bed.advance(5_000);
    await bed.slack.until(() => ada.modal?.text.includes("Not applied: conflict."), "the outcome");
    expect(ada.modal?.text).toContain("now it is dev");
    expect(environment()).toBe("dev");
  });

  test("whose key no longer works is not done, and says why", async () => {
    await waiting();
    bed.gcore.revoke(bed.gcore.keys.full);
    bed.advance(5_000);
    await bed.slack.until(() => bed.ada.modal?.text.includes("Not done."), "the outcome");
    expect(bed.ada.modal?.text).toContain("Gcore does not accept your API key.");
  });

  test("is not made any more for somebody who has left the team", async () => {
    await waiting();
    bed.slack.workspace.deactivate(people.ada);
    ends();
    await reads(bed, bed.ben, "Failed: @ada", "#audit");
    expect(environment()).toBe("prod");
    expect((await kinds()).slice(-2)).toEqual(["held", "failed"]);
  });

  test("waits on while Slack does not tell whether who asked is still there", async () => {
    await waiting();
    await bed.said();
    const asked = () => bed.slack.journal.calls.filter(({ method }) => method === "users.info");
    const before = asked().length;
    bed.slack.faults.next("users.info", { kind: "error", error: "fatal_error" });
    ends();
    await bed.slack.until(() => asked().length === before + 1, "the question");
    expect(environment()).toBe("prod");
    expect((await kinds()).at(-1)).toBe("held");
    bed.advance(5_000);
    await bed.slack.until(() => environment() === "staging", "the change");
  });

  test("waits for a day and no longer", async () => {
    await waiting();
    await bed.said();
    bed.advance(24 * HOUR);
    await bed.slack.until(() => bed.ada.modal?.text.includes("Not done."), "the outcome");
    expect(bed.ada.modal?.text).toContain("Try again when the task has ended.");
    expect(bed.gcore.journal.patches()).toEqual([]);
  });

  test("does not keep another change of it from waiting too: they go one after the other", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ben, gcore.keys.colleague);
    await waiting();
    await open(bed, ben, commandFor(id, "team=search"));
    await review(bed, ben);
    await apply(bed, ben);
    ends();
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "Ada's change");
    await bed.slack.until(() => ben.modal?.text.includes("Done."), "Ben's change");
    expect([environment(), gcore.tags(id).get("team")]).toEqual(["staging", "search"]);
  });
});

describe("who asked can stop waiting", () => {
  beforeEach(() => begin());

  /** The way to stop is taken, and nothing is changed when the task ends. */
  async function stopped(): Promise<void> {
    await bed.slack.until(
      async () => (await kinds()).at(-1) === "stopped",
      "the entry in the ledger",
    );
    ends();
    bed.advance(HOUR);
    await bed.said();
    expect(environment()).toBe("prod");
    expect(bed.gcore.journal.patches()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "approved", "attempted", "held", "stopped"]);
  }

  test("in the view in which they agreed", async () => {
    await waiting();
    const told = await titledOutcome(() => bed.ada.press("Stop waiting"));
    expect(told).toContain("Withdrawn. @ada took the request to change snapshot");
    expect(told).toContain("Nothing was changed.");
    await stopped();
  });

  test("under the word that it waits", async () => {
    await waiting();
    await bed.ada.close({ all: true });
    await reads(bed, bed.ada, "[Stop waiting]");
    await bed.ada.press("Stop waiting", { channel: "#ops" });
    await reads(bed, bed.ada, "Withdrawn. @ada took the request");
    await stopped();
  });

  test("in the list of what waits", async () => {
    const { ada } = bed;
    await waiting();
    await ada.close({ all: true });
    await ada.command("#ops", "/snapshot pending");
    expect(await reads(bed, ada, "Waiting for a task to end")).toContain(
      "0 waiting for you, 1 of your own.",
    );
    await ada.press("Stop waiting", { channel: "#ops" });
    await stopped();
  });

  test("in their home tab, which forgets it then", async () => {
    const { ada } = bed;
    await waiting();
    await ada.close({ all: true });
    await ada.openHome();
    const home = () => ada.home().join("\n");
    await bed.slack.until(() => home().includes("[Stop waiting]"), "the home tab");
    expect(home()).toContain("locked by a task (create_volume)");
    await ada.press("Stop waiting", { home: true });
    await bed.slack.until(() => home().includes("Withdrawn."), "the home tab as it is now");
    expect(home()).not.toContain("[Stop waiting]");
    await stopped();
  });

  test("and nobody else can", async () => {
    const { ada, ben } = bed;
    await waiting();
    const value = await onlyRequest(bed);
    await ada.close({ all: true });
    await reads(bed, ada, "[Stop waiting]");
    await ben.command("#ops", "/snapshot pending");
    expect(await reads(bed, ben, "Nothing waits")).not.toContain("Stop waiting");
    await open(bed, ben, "/snapshot connect");
    await tell(bed, clickOf(bed, ben.id, "withdraw-request", value));
    await bed.slack.until(async () => (await kinds()).at(-1) === "refused", "the refusal");
    const told = () => ben.modal?.text ?? "";
    await bed.slack.until(() => told().includes("Only the person who asked"), "the answer for Ben");
    ends();
    await bed.slack.until(() => environment() === "staging", "the change");
  });

  test("until it is made: who comes too late is told what became of it", async () => {
    const { ada } = bed;
    await waiting();
    await reads(bed, ada, "[Stop waiting]");
    await bed.said();
    ends();
    await bed.slack.until(() => environment() === "staging", "the change");
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
    await ada.press("Stop waiting", { channel: "#ops" });
    await reads(bed, ada, "Done. Snapshot nightly-db-2026-11-20 is changed.");
    expect(await kinds()).not.toContain("stopped");
  });
});

describe("a change that somebody must approve", () => {
  beforeEach(() => begin(POLICY));

  test("can be asked for while a task holds the snapshot, and waits when it is approved", async () => {
    const { ada, ben } = bed;
    const asked = await askFor(bed, ada, id, { "Set tags": "environment=staging" });
    expect(asked).toContain("waits for a decision");
    await titled(bed, ben, "Review the request", () => ben.press("Review", { channel: "#ops" }));
    await ben.submit();
    await bed.slack.until(() => ben.modal?.text.includes("Waiting."), "the outcome for Ben");
    expect(ben.modal?.text).not.toContain("[Stop waiting]");
    await reads(bed, ben, "Approved, waits for a lock: the change that @ada asked for.");
    ends();
    await reads(bed, ben, "Approved and applied: the change that @ada asked for.");
    expect(environment()).toBe("staging");
  });

  test("and that its requester no longer wants to wait for says so to everybody, with who had approved it", async () => {
    const { ada, ben } = bed;
    await askFor(bed, ada, id, { "Set tags": "environment=staging" });
    await titled(bed, ben, "Review the request", () => ben.press("Review", { channel: "#ops" }));
    await ben.submit();
    await bed.slack.until(() => ada.modal?.text.includes("Waiting."), "the word for Ada");
    await ada.press("Stop waiting");
    const card = await reads(bed, ben, "Withdrawn: the change that @ada asked for.");
    expect(card).toContain("Approved by @ben");
    expect(card).toContain("Withdrawn by @ada");
    await reads(bed, ben, "Withdrawn: @ada", "#audit");
  });
});

/** Presses something, and waits for the outcome. */
async function titledOutcome(act: () => Promise<unknown>): Promise<string> {
  await act();
  await bed.slack.until(() => bed.ada.modal?.text.includes("Withdrawn."), "the outcome");
  return bed.ada.modal?.text ?? "";
}
