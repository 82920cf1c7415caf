import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { channels, people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { apply, change, commandFor, fill, pick, reads, review, said, titled } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const GLOBAL = "change-snapshot";
const OF_A_MESSAGE = "change-mentioned-snapshot";
const ADA_AND_BOT = "D0ADA000001";

/** Ben says something in #ops, and somebody chooses the shortcut at it. */
async function at(person: Bed["ada"], text: string, title: string, channel = "#ops") {
  const { ts } = bed.slack.say("ben", channel, text);
  return await titled(bed, person, title, () => person.messageShortcut(OF_A_MESSAGE, channel, ts));
}

describe("the shortcut “Change a snapshot”", () => {
  test("opens the form from anywhere, and what comes of it goes to the person alone", async () => {
    const { ada, gcore, slack } = bed;
    await bed.connect(ada, gcore.keys.full);
    await titled(bed, ada, "Change a snapshot", () => ada.shortcut(GLOBAL));
    await pick(bed, ada, "nightly-db-2026-11-20");
    fill(ada, { "Set tags": "environment=staging" });
    await review(bed, ada);
    expect(await apply(bed, ada)).toContain("Done.");
    await bed.said();
    expect(ada.sees(ADA_AND_BOT).join("\n")).toContain("@ada changed snapshot nightly-db");
    expect(slack.messages(channels.ops)).toEqual([]);
    expect(slack.messages(channels.audit)).toHaveLength(1);
  });

  test("asks for a key first where there is none, and says when it came too late", async () => {
    const { ada, slack } = bed;
    await titled(bed, ada, "Connect your key", () => ada.shortcut(GLOBAL));
    await ada.close();
    slack.faults.expireTrigger();
    await ada.shortcut(GLOBAL);
    expect(await said(bed, ada, ADA_AND_BOT)).toContain("Slack gave me too little time");
  });

  test("invites those who may approve, as there is no channel where they could see the card", async () => {
    await bed.end();
    bed = await startBed({
      policy: `rules: [{ name: four eyes, approve_by: { users: [${people.ben}] } }]`,
    });
    const { ada, ben, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await titled(bed, ada, "Change a snapshot", () => ada.shortcut(GLOBAL));
    await pick(bed, ada, "nightly-db-2026-11-20");
    fill(ada, { "New name": "from-nowhere" });
    await review(bed, ada);
    await ada.submit();
    await bed.said();
    expect(ada.sees(ADA_AND_BOT).join("\n")).toContain("@ada asks for approval");
    expect(ben.sees("D0BEN000001").join("\n")).toContain("asks you, among others, to approve");
    await titled(bed, ben, "Review the request", () =>
      ben.press("Review", { channel: "D0BEN000001" }),
    );
    await ben.submit();
    await bed.slack.until(() => gcore.snapshot(gcore.ids.plain).name === "from-nowhere");
    await bed.said();
    // The card follows where it stands, and the summary comes after it.
    const told = ada.sees(ADA_AND_BOT).join("\n");
    expect(told).toContain("Approved and applied");
    expect(told).toContain("@ada changed snapshot from-nowhere.");
  });
});

describe("the shortcut “Change this snapshot”", () => {
  test("opens the form for the snapshot in the message, and answers in its channel", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const { plain } = gcore.ids;
    const link = `https://api.gcore.com/cloud/v1/snapshots/1186668/148/${plain}`;
    await at(ada, `Who made <${link}|this>?`, "Change a snapshot");
    expect([ada.value("Project"), ada.value("Region"), ada.value("Snapshot")]).toEqual([
      "production (1186668)",
      "Luxembourg-3 (148)",
      "nightly-db-2026-11-20",
    ]);
    fill(ada, { "New name": "named-at-last" });
    await review(bed, ada);
    await apply(bed, ada);
    await reads(bed, ada, "@ada changed snapshot named-at-last.");
  });

  test("lets the person choose where there are several ids, each with the words before it", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await ada.close();
    await said(bed, ada, "#ops");
    const [summary] = bed.slack.messages("#ops");
    const text = await titled(bed, ada, "Which snapshot?", () =>
      ada.messageShortcut(OF_A_MESSAGE, "#ops", summary?.ts ?? ""),
    );
    expect(text).toContain("Some may be ids of other things.");
    await ada.choose("Snapshot", `Id: ${gcore.ids.plain}`);
    await titled(bed, ada, "Change a snapshot", () => ada.submit());
    expect(ada.value("Snapshot")).toBe("nightly-db-2026-11-20");
    expect(ada.value("Project")).toBe("production (1186668)");
  });

  test("asks for the key after the choice, and keeps the choice", async () => {
    const { ada, gcore } = bed;
    const { plain, untagged } = gcore.ids;
    await at(ada, `first ${plain}\nthen ${untagged}`, "Which snapshot?");
    await ada.choose("Snapshot", `then ${untagged}`);
    await titled(bed, ada, "Connect your key", () => ada.submit());
    fill(ada, { "Gcore API key": gcore.keys.full });
    await ada.submit();
    await bed.slack.until(() => ada.modal?.title === "Key connected");
    await titled(bed, ada, "Change a snapshot", () => ada.submit());
    expect(ada.value("Snapshot")).toBe("before-upgrade");
  });

  test("opens the form empty, and says so, where there is no id", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const text = await at(ada, "Nothing to see here", "Change a snapshot");
    expect(text).toContain("I found no snapshot id in that message.");
    expect(ada.value("Snapshot")).toBeNull();
  });

  test("takes hostile, long and right-to-left words around ids for what they are", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const { plain, untagged } = gcore.ids;
    const hostile = "<!channel> <@U0NOBODY00> *b* \u202eevil";
    await at(ada, `${hostile} ${plain}\n${"ش".repeat(500)} ${untagged}`, "Which snapshot?");
    const offered = ada.modal?.text ?? "";
    expect(offered).not.toContain("\u202e");
    await ada.choose("Snapshot", `${"ش".repeat(37)}… ${untagged}`);
    await titled(bed, ada, "Change a snapshot", () => ada.submit());
    expect(ada.value("Snapshot")).toBe("before-upgrade");
  });

  test("tells whoever asked where the bot cannot post", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await at(ada, gcore.ids.plain, "Change a snapshot", "D0ADABEN001");
    fill(ada, { "New name": "between-two" });
    await review(bed, ada);
    await apply(bed, ada);
    await bed.slack.until(
      () => ada.sees("D0ADABEN001").join("\n").includes("changed snapshot between-two"),
      "the summary, to Ada alone",
    );
    expect(bed.ben.sees("D0ADABEN001").join("\n")).not.toContain("between-two");
  });
});
