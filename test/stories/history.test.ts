import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Person } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor, titled } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
  await bed.connect(bed.ben, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** One change after the other, each told in #ops; the outcome may be another than success. */
async function changes(person: Person, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    await change(bed, person, command);
    await bed.said();
    await person.close();
  }
}

/** What the command answers, in a channel where nothing else is said. */
async function history(person: Person, filter = ""): Promise<string> {
  const before = person.sees("#lobby").length;
  await person.command("#lobby", `/snapshot history ${filter}`);
  return person.sees("#lobby").slice(before).join("\n");
}

const count = (text: string, what: string): number => text.split(what).length - 1;
const newest = (person: Person) => {
  const message = bed.slack.messages("#lobby", { as: person.id }).at(-1);
  if (message === undefined) throw new Error("nothing was said");
  return message;
};

describe("/snapshot history", () => {
  test("finds by snapshot, person, project, time and outcome", async () => {
    const { ada, ben, gcore } = bed;
    const { plain, untagged } = gcore.ids;
    await changes(ada, commandFor(plain, "team=search"), commandFor(untagged, "team=core"));
    bed.advance(3 * 86_400_000);
    gcore.faults.status(403, { method: "PATCH", path: /snapshots/ });
    await changes(ben, commandFor(plain, "team=data"));
    const all = await history(ada);
    expect(all).toContain("What happened through me, the newest first.");
    expect(count(all, "Not done.") + count(all, "Done.")).toBe(3);
    expect(all.indexOf("@ben")).toBeLessThan(all.indexOf("@ada"));
    expect(count(await history(ada, plain), "• Tag team")).toBe(2);
    expect(await history(ada, "by:me")).not.toContain("@ben: ");
    for (const who of [`<@${ben.id}>`, `<@${ben.id}|ben>`, ben.id]) {
      const found = await history(ada, `by:${who}`);
      expect(count(found, "@ben: ")).toBe(1);
      expect(found).not.toContain("@ada: ");
    }
    expect(count(await history(ada, "since:1d"), "• Tag")).toBe(1);
    expect(count(await history(ada, "until:1d"), "• Tag")).toBe(2);
    expect(count(await history(ada, "outcome:failed"), "Not done.")).toBe(1);
    expect(count(await history(ada, "outcome:applied,expired project:production"), "Done.")).toBe(
      2,
    );
    expect(await history(ada, "project:staging")).toContain(
      "Nothing that you may see fits project:staging.",
    );
  });

  test("turns its pages in their place, and Undo works from any of them", async () => {
    const { ada, gcore } = bed;
    const teams = ["a", "b", "c", "d", "e", "f"];
    await changes(ada, ...teams.map((team) => commandFor(gcore.ids.plain, `team=${team}`)));
    expect(await history(ada, "by:me")).toContain("Tag team: e → f");
    const shows = async (button: string, text: string): Promise<string> => {
      await ada.press(button, { message: newest(ada) });
      await bed.slack.until(() => ada.sees("#lobby").join("\n").includes(text), text);
      return ada.sees("#lobby").join("\n");
    };
    const older = await shows("Older", "Tag team: payments → a");
    expect(count(older, "Done.")).toBe(1);
    expect(older).not.toContain("[Older]");
    const newer = await shows("Newer", "Tag team: e → f");
    expect(newer).not.toContain("[Newer]");
    expect(bed.slack.messages("#lobby", { as: ada.id })).toHaveLength(1);
    await shows("Older", "Tag team: payments → a");
    const shown = await titled(bed, ada, "Review the change", () =>
      ada.press("Undo", { message: newest(ada) }),
    );
    expect(shown).toContain("Tag team stays");
  });

  test("shows others nothing of projects that their key does not see, and each their own", async () => {
    const { ada, ben, cleo, gcore } = bed;
    await changes(ada, commandFor(gcore.ids.plain, "team=search"));
    await bed.connect(cleo, gcore.keys.otherAccount);
    expect(await history(cleo)).toContain("Nothing that you may see has happened");
    expect(await history(cleo, gcore.ids.plain)).toContain("Nobody has changed the snapshot");
    expect(await history(cleo, `by:${ada.id}`)).toContain("Nothing that you may see fits");
    expect(await history(cleo, "project:1186668")).toContain("Nothing that you may see fits");
    expect(await history(ben)).toContain("@ada: Done.");
    // Whoever gets another key still sees what they asked for themselves.
    await bed.connect(ada, gcore.keys.otherAccount);
    expect(await history(ada)).toContain("@ada: Done.");
  });

  test("says what to do about a filter that it does not understand", async () => {
    const { ada } = bed;
    const answers = {
      "by:@ben": "Write by:me, or the person's member id after by:.",
      "since:monday": "since: takes a day such as 2026-11-21 or a length of time such as 7d",
      "until:2026-02-30": "until: takes a day such as 2026-11-21",
      "outcome:done": "outcome: takes pending, approved, applying, held, applied, failed,",
      "outcom:failed": "The nearest one is outcome:.",
      "by:me by:me": "You wrote by: twice.",
      nightly: "I do not know what to do with nightly.",
      "project:nowhere": "Your key sees no project nowhere.",
    };
    for (const [filter, answer] of Object.entries(answers)) {
      expect(await history(ada, filter)).toContain(answer);
    }
  });

  test("shows hostile and right-to-left names and reasons as text", async () => {
    const { ada, gcore } = bed;
    gcore.update(gcore.ids.plain, (snapshot) => {
      snapshot.name = "שלום <!channel> *b* \u202Egnp";
    });
    await changes(
      ada,
      commandFor(gcore.ids.plain, `team="<@U0000000001>" --reason "${"<!here> ".repeat(50)}"`),
    );
    expect(await history(ada)).toContain(
      "Snapshot שלום <!channel> *b* ⟨U+202E⟩gnp\u200e is changed.",
    );
  });
});
