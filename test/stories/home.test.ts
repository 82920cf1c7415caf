import { afterEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, type BedOptions, startBed } from "../bed.ts";
import { apply, askFor, change, commandFor, fill, pick, review, settled, titled } from "./steps.ts";

const GROUP = "S0APPROVERS";
type Someone = Bed["ada"];

let bed: Bed;
const begin = async (options: BedOptions = {}): Promise<Bed> => {
  bed = await startBed(options);
  return bed;
};
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** Ben or Cleo has to approve everything. */
const ASK_BEN = `rules: [{ name: four eyes, approve_by: { users: [${people.ben}, ${people.cleo}] } }]`;

const homeOf = (person: Someone): string => person.home().join("\n");

/** Waits until a person's home tab says this. @returns all of it. */
async function homeSays(person: Someone, words: string): Promise<string> {
  await bed.slack.until(() => homeOf(person).includes(words), `"${words}" in the home tab`);
  return homeOf(person);
}
const homeDrops = (person: Someone, words: string) =>
  bed.slack.until(() => !homeOf(person).includes(words), `no "${words}" in the home tab`);

/** Somebody opens their home tab for the first time. @returns what stands in it. */
async function opens(person: Someone): Promise<string> {
  await person.openHome();
  await bed.slack.until(() => person.home().length > 0, "the home tab");
  return homeOf(person);
}

describe("the home tab", () => {
  test("tells somebody new how to begin, and has the way to connect a key", async () => {
    const { ada, gcore } = await begin();
    const home = await opens(ada);
    for (const line of [
      "[Change a snapshot]",
      "You have not connected a Gcore API key yet.",
      "[Connect a key]",
      "Nothing waits for you.",
      "You have changed nothing through me yet.",
    ]) {
      expect(home).toContain(line);
    }
    expect(home).not.toContain("[Disconnect]");
    await titled(bed, ada, "Connect your key", () => ada.press("Connect a key", { home: true }));
    fill(ada, { "Gcore API key": gcore.keys.full });
    await ada.submit();
    const connected = await homeSays(ada, "Your Gcore API key is connected.");
    expect(connected).toContain("Expires: ");
    expect(connected).toContain("[Replace]");
    expect(connected).toContain("[Disconnect]");
    expect(connected).not.toContain("[Connect a key]");
  });

  test("asks before it disconnects the key, says what became of it, and shows it", async () => {
    const { ada, gcore } = await begin();
    await bed.connect(ada, gcore.keys.full);
    await opens(ada);
    await ada.press("Disconnect", { home: true, dismiss: true });
    expect((await bed.ledger()).map(({ kind }) => kind)).toEqual(["key connected"]);
    await ada.press("Disconnect", { home: true });
    await homeSays(ada, "You have not connected a Gcore API key yet.");
    const dm = ada.sees("D0ADA000001").join("\n");
    expect(dm).toContain("Your API key is removed from here for good.");
  });

  test("opens the form, and what comes of it goes to the person alone", async () => {
    const { ada, gcore, slack } = await begin();
    await bed.connect(ada, gcore.keys.full);
    await opens(ada);
    await titled(bed, ada, "Change a snapshot", () =>
      ada.press("Change a snapshot", { home: true }),
    );
    await pick(bed, ada, "nightly-db-2026-11-20");
    fill(ada, { "New name": "made-at-home" });
    await review(bed, ada);
    expect(await apply(bed, ada)).toContain("Done.");
    await bed.said();
    expect(ada.sees("D0ADA000001").join("\n")).toContain("@ada changed snapshot made-at-home.");
    expect(slack.messages("#ops")).toEqual([]);
    const home = await homeSays(ada, "Done. Snapshot nightly-db-2026-11-20 is changed.");
    expect(home).toContain("Name: nightly-db-2026-11-20 → made-at-home");
    await ada.close();
    await titled(bed, ada, "Review the change", () => ada.press("Undo", { home: true }));
    expect(await apply(bed, ada)).toContain("Done.");
    expect(gcore.snapshot(gcore.ids.plain).name).toBe("nightly-db-2026-11-20");
  });

  test("follows a request at everybody whom it concerns, and at nobody else", async () => {
    const { ada, ben, cleo, dora, gcore } = await begin({ policy: ASK_BEN });
    await bed.connect(ada, gcore.keys.full);
    for (const person of [ada, ben, dora]) await opens(person);
    await askFor(bed, ada, gcore.ids.plain, { "New name": "only-for-ben" });
    const atAda = await homeSays(ada, "only-for-ben");
    expect(atAda).toContain("[Withdraw]");
    const atBen = await homeSays(ben, "only-for-ben");
    expect(atBen).not.toContain("[Withdraw]");
    expect(atBen.slice(0, atBen.indexOf("Your open requests"))).toContain("[Review]");
    expect(homeOf(dora)).not.toContain("only-for-ben");
    expect(cleo.home()).toEqual([]);
    await titled(bed, ben, "Review the request", () => ben.press("Review", { home: true }));
    await ben.submit();
    await homeDrops(ben, "only-for-ben");
    await homeSays(ada, "Done. Snapshot nightly-db-2026-11-20 is changed.");
    expect(homeOf(ada)).toContain("You have none.");
    expect(homeOf(ben)).toContain("You have changed nothing through me yet.");
    expect(homeOf(dora)).toContain("You have changed nothing through me yet.");
  });

  test("lets whoever asked withdraw, and takes it from those who could decide", async () => {
    const { ada, ben, gcore } = await begin({ policy: ASK_BEN });
    await bed.connect(ada, gcore.keys.full);
    for (const person of [ada, ben]) await opens(person);
    await askFor(bed, ada, gcore.ids.plain, { "New name": "on-second-thought" });
    await homeSays(ben, "on-second-thought");
    await homeSays(ada, "[Withdraw]");
    await ada.close();
    await ada.press("Withdraw", { home: true });
    await homeDrops(ben, "on-second-thought");
    await homeSays(ada, "Withdrawn.");
  });

  test("follows a request that nobody decides on to its end", async () => {
    const { ada, ben, gcore } = await begin({ policy: ASK_BEN });
    await bed.connect(ada, gcore.keys.full);
    for (const person of [ada, ben]) await opens(person);
    await askFor(bed, ada, gcore.ids.plain, { "New name": "nobody-cared" });
    await homeSays(ben, "nobody-cared");
    await bed.pass(8 * 86_400_000);
    await homeDrops(ben, "nobody-cared");
    await homeSays(ada, "Expired.");
  });

  test("is published for nobody who has never opened it, and once for much at a time", async () => {
    const { ada, ben, gcore, slack } = await begin();
    const published = (person: Someone) =>
      slack.journal.calls.filter(
        ({ method, args }) => method === "views.publish" && args.user_id === person.id,
      );
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(ben, gcore.keys.colleague);
    expect(published(ada)).toEqual([]);
    await opens(ada);
    await Promise.all([ada.openHome(), ada.openHome(), ada.openHome(), ada.openHome()]);
    await slack.until(async () => {
      const [row] = await bed.bot.database.all(
        "SELECT count(*) AS n FROM home_tab WHERE version > shown",
      );
      return row?.n === 0;
    }, "the home tab to be as new as can be");
    expect(published(ada).length).toBeLessThanOrEqual(3);
    expect(published(ben)).toEqual([]);
    await ada.openHome("messages");
    expect(published(ada).length).toBeLessThanOrEqual(3);
  });

  test("tells a guest and somebody of another organisation plainly, and nothing more", async () => {
    const { slack } = await begin();
    for (const [name, words] of [
      ["gus", "You are a guest here"],
      ["olga", "You belong to another organisation"],
    ] as const) {
      const person = slack.person(name);
      expect(await opens(person)).toContain(words);
      expect(person.home()).toHaveLength(1);
    }
  });

  test("of two people never holds what is the other's", async () => {
    const { ada, ben, dora, gcore } = await begin();
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(ben, gcore.keys.colleague);
    for (const person of [ada, ben, dora]) await opens(person);
    await change(bed, ada, commandFor(gcore.ids.plain, "--name made-by-ada"));
    await change(bed, ben, commandFor(gcore.ids.untagged, "--name made-by-ben"));
    const [atAda, atBen] = [await homeSays(ada, "made-by-ada"), await homeSays(ben, "made-by-ben")];
    expect(atAda).not.toContain("made-by-ben");
    expect(atBen).not.toContain("made-by-ada");
    expect(atAda).toContain("slack-bot-maria");
    expect(atBen).not.toContain("slack-bot-maria");
    expect(homeOf(dora)).not.toMatch(/made-by|slack-bot/);
    for (const { method, args } of bed.slack.journal.calls) {
      if (method !== "views.publish" || args.user_id === ada.id) continue;
      expect(JSON.stringify(args)).not.toMatch(/made-by-ada|slack-bot-maria/);
    }
  });

  test("takes hostile, long, empty and right-to-left values for what they are", async () => {
    const { ada, gcore } = await begin();
    await bed.connect(ada, gcore.keys.full);
    await opens(ada);
    const hostile = "<!channel> <@U0NOBODY00> *b* `c`";
    const rtl = "شركة \u202eevil";
    const values = new Map([
      ["team", rtl],
      ["environment", hostile],
      ["cost_center", ""],
    ]);
    gcore.update(gcore.ids.plain, (snapshot) => {
      snapshot.name = `${hostile} ${"w".repeat(900)}`;
      for (const tag of snapshot.tags) tag.value = values.get(tag.key) ?? tag.value;
    });
    await change(bed, ada, commandFor(gcore.ids.plain, "-environment -team -cost_center"));
    const home = await homeSays(ada, "Done.");
    expect(home).toContain(hostile);
    expect(home).toContain("⟨U+202E⟩");
    expect(home).toContain("Tag cost_center removed, was (empty)");
    expect(home).not.toContain("\u202e");
  });

  test("asks Slack for a group once for everybody, and says when Slack does not tell", async () => {
    const { ada, ben, cleo, gcore, slack } = await begin({
      policy: `rules: [{ name: group, approve_by: { groups: [${GROUP}] } }]`,
    });
    await bed.connect(ada, gcore.keys.full);
    await askFor(bed, ada, gcore.ids.plain, { "New name": "group-only" });
    const asked = () =>
      slack.journal.calls.filter(({ method }) => method === "usergroups.users.list").length;
    const before = asked();
    slack.faults.next("usergroups.users.list", { kind: "error", error: "no_such_subteam" });
    expect(await opens(ada)).toContain("Slack did not tell me who may decide on 1 more.");
    for (const person of [ben, cleo]) {
      await opens(person);
      expect(await homeSays(person, "group-only")).toContain("[Review]");
    }
    expect(asked()).toBe(before + 2);
  });

  test("comes over Socket Mode, too", async () => {
    const { ada } = await begin({ socketMode: true });
    expect(await opens(ada)).toContain("[Change a snapshot]");
  });

  test("comes when Slack is away for a moment, and after nothing was taken", async () => {
    const { ada, gcore, slack } = await begin();
    await bed.connect(ada, gcore.keys.full);
    slack.faults.next("views.publish", { kind: "status", status: 503 });
    await ada.openHome();
    await slack.until(() => slack.journal.calls.some(({ method }) => method === "views.publish"));
    await slack.until(async () => {
      const [row] = await bed.bot.database.all("SELECT attempts FROM home_tab");
      return row?.attempts === 1;
    });
    bed.advance(3_000);
    await homeSays(ada, "Your Gcore API key is connected.");
  });
});

describe("defaults", () => {
  const choose = async (person: Someone, project: string, region: string): Promise<string> => {
    await titled(bed, person, "Your defaults", () =>
      person.press("Choose defaults", { home: true }),
    );
    await person.choose("Project", project);
    await person.choose("Region", region);
    await person.submit();
    const shown = await settled(bed, person);
    await person.close();
    return shown;
  };
  const form = async (person: Someone, command: string) => {
    await person.command("#ops", command);
    await bed.slack.until(() => person.modal?.title === "Change a snapshot", "the form");
    const place = [person.value("Project"), person.value("Region")];
    await person.close();
    return place;
  };

  test("begin each form; what was typed goes before them, and they before what was used last", async () => {
    const { ada, ben, gcore } = await begin();
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(ben, gcore.keys.colleague);
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await ada.close();
    expect(await opens(ada)).toContain("Project: the last one that you used");
    expect(await form(ada, "/snapshot")).toEqual(["production (1186668)", "Region 148"]);
    const saved = await choose(ada, "staging (1202779)", "The last one that you used");
    expect(saved).toContain("Project: staging (1202779)");
    await homeSays(ada, "Project: staging (1202779)");
    expect(homeOf(ada)).toContain("Region: the last one that you used");
    const [project, region] = await form(ada, "/snapshot");
    expect([project, region]).toEqual(["staging (1202779)", "Luxembourg-3 (148)"]);
    expect(await form(ada, "/snapshot --project 1210004")).toEqual([
      "Project 1210004",
      "Luxembourg-3 (148)",
    ]);
    expect(await form(ben, "/snapshot")).toEqual([null, null]);
    await choose(ada, "The last one that you used", "Paris-3 (160)");
    await homeSays(ada, "Region: Paris-3 (160)");
    expect(await form(ada, "/snapshot")).toEqual(["production (1186668)", "Paris-3 (160)"]);
  });

  test("are offered only with a key, and from what the key sees", async () => {
    const { ada, gcore } = await begin();
    expect(await opens(ada)).not.toContain("[Choose defaults]");
    await bed.connect(ada, gcore.keys.full);
    await homeSays(ada, "[Choose defaults]");
    gcore.faults.status(503, { method: "GET", path: /regions/ });
    await titled(bed, ada, "This cannot go on", () => ada.press("Choose defaults", { home: true }));
  });
});
