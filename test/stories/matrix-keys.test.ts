import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { channels, people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { ADAS, answerTo, markNow, sentSince } from "./matrix/cell.ts";
import {
  clickInMessage,
  commandOf,
  deliver,
  homeOpenedBy,
  type Sender,
  shortcutOf,
} from "./matrix/deliver.ts";
import { readsAll } from "./matrix/scene.ts";
import { REGION, stonesIn } from "./matrix/stones.ts";
import { connectAs, PEOPLE } from "./matrix/world.ts";
import { open, titled } from "./steps.ts";

const POLICY = `
rules: [{ name: everybody confirms alone, confirm: requester }]
tag_rules: [{ required: [owner] }]
`;

let bed: Bed;
let stones: ReturnType<typeof stonesIn>;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY });
  stones = stonesIn(bed);
  await bed.connect(bed.ada, stones.azurite.key());
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** Somebody types a command. @returns all that the bot sends in consequence. */
const types = (from: Sender, text: string, answer: RegExp): Promise<string> =>
  answerTo({ bed }, from, commandOf(text), answer);

/** What is offered in a menu of the form once everything that was to be read is read. */
async function offered(menu: string): Promise<string> {
  let last = "";
  await bed.slack.until(async () => {
    last = (await bed.ada.suggestions(menu, "")).join();
    return !last.includes("still being read");
  }, "everything to be read");
  return last;
}

describe("whoever connects another key", () => {
  test.each([
    ["in place of the old one", []],
    ["after the old one was removed", ["/snapshot disconnect"]],
  ])("%s sees nothing of what the old one saw", async (_when, before) => {
    const { ada } = bed;
    const { azurite, basalt } = stones;
    await readsAll(bed, azurite);
    await open(bed, ada, `/snapshot ${azurite.ids[5]}`);
    expect(ada.modal?.text).toContain("azurite-5");
    await ada.close();
    for (const command of before) await ada.command("#lobby", command);
    const mark = markNow({ bed });
    await bed.connect(ada, basalt.key());

    const place = `--project ${azurite.project} --region ${REGION}`;
    const missed = /knows no such snapshot|does not let your API key/;
    await types(PEOPLE.ada, `${azurite.ids[5]} ${place}`, missed);
    await types(PEOPLE.ada, `${azurite.ids[5]}`, missed);
    await types(PEOPLE.ada, `show ${azurite.ids[5]} ${place}`, missed);
    await types(PEOPLE.ada, "list", /basalt-/);
    await types(PEOPLE.ada, "lint", /basalt-/);
    await types(PEOPLE.ada, "history", /Nothing that you may see/);
    await types(PEOPLE.ada, "key", /basalt-key/);
    await answerTo({ bed }, PEOPLE.ada, homeOpenedBy(), /basalt-key/);
    await answerTo(
      { bed },
      PEOPLE.ada,
      clickInMessage("choose-defaults", "button", ""),
      /basalt-works/,
    );
    await titled(bed, ada, "Change a snapshot", () => ada.shortcut("change-snapshot"));
    expect(ada.value("Project") ?? "").not.toContain(String(azurite.project));
    for (const menu of ["Project", "Snapshot", "Copy tags from"]) {
      expect(await offered(menu)).toContain("basalt-");
      expect(await offered(menu)).not.toMatch(ADAS);
    }
    expect(sentSince({ bed }, mark, true)).not.toMatch(ADAS);
  });

  test("sees nothing of what a removed key saw while there is none", async () => {
    const { ada } = bed;
    await readsAll(bed, stones.azurite);
    await ada.command("#lobby", "/snapshot disconnect");
    const home = await answerTo({ bed }, PEOPLE.ada, homeOpenedBy(), /last one that you used/);
    expect(home).not.toMatch(ADAS);
    expect(await types(PEOPLE.ada, "list", /have not connected/)).not.toMatch(ADAS);
  });

  test("with the same project keeps what they chose", async () => {
    const { ada } = bed;
    await readsAll(bed, stones.azurite);
    await bed.connect(ada, stones.azurite.key("azurite-second"));
    await titled(bed, ada, "Change a snapshot", () => ada.shortcut("change-snapshot"));
    expect(ada.value("Project")).toBe(`azurite-works (${stones.azurite.project})`);
  });
});

describe("the same user id in another team is somebody else", () => {
  /** Ada's user id, in a team of which Ada is not. */
  const twin: Sender = { user: people.ada, team: "T0OTHER", channel: channels.lobby };

  const homesDue = () => bed.bot.database.all("SELECT user_id FROM home_tab WHERE version > shown");

  test("who has no key because she has one", async () => {
    await readsAll(bed, stones.azurite);
    const id = stones.azurite.ids[5];
    const mark = markNow({ bed });
    for (const text of ["list", "lint", "key", "history", `show ${id}`, "history export:csv"]) {
      await types(twin, text, /have not connected/);
    }
    await types(twin, `${id}`, /Connect your key/);
    await types(twin, "disconnect", /nothing to remove/);
    await answerTo({ bed }, twin, shortcutOf("change-snapshot", ""), /Connect your key/);
    // Her own home tab may be shown to her at any time.
    expect(sentSince({ bed }, mark)).not.toMatch(ADAS);
    await types(PEOPLE.ada, "key", /azurite-key/);
  });

  test("whose key, lists and defaults are not hers", async () => {
    await readsAll(bed, stones.azurite);
    await connectAs(bed, twin, stones.basalt.key());
    const mark = markNow({ bed });
    await types(twin, "list", /basalt-/);
    await types(twin, "key", /basalt-key/);
    await answerTo({ bed }, twin, clickInMessage("choose-defaults", "button", ""), /basalt-works/);
    await types(twin, "", /Change a snapshot/);
    // Her own home tab may be shown to her at any time.
    expect(sentSince({ bed }, mark)).not.toMatch(ADAS);
    expect(await types(PEOPLE.ada, "list", /azurite-/)).not.toContain("basalt");
    await types(twin, "disconnect", /is removed/);
    await types(PEOPLE.ada, "key", /azurite-key/);
  });

  test("whose home tab and files do not come to her", async () => {
    const { ada, slack } = bed;
    await readsAll(bed, stones.azurite);
    await connectAs(bed, twin, stones.basalt.key());
    await answerTo({ bed }, PEOPLE.ada, homeOpenedBy(), /azurite-key/);
    const mark = markNow({ bed });
    await deliver(bed, twin, homeOpenedBy());
    await types(twin, "history export:csv", /could not send/);
    await slack.until(async () => (await homesDue()).length === 0, "the home tabs");
    expect(ada.home().join("\n")).toContain("azurite-key");
    const toAda = slack.journal.calls
      .slice(mark.calls)
      .filter(({ args }) => args.user_id === ada.id || args.channel === ada.id);
    expect(JSON.stringify(toAda)).not.toMatch(/basalt|another organisation|history/);
  });
});
