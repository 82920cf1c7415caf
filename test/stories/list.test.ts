import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Person } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor, reads, said, settled, titled } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** The newest message that this person sees in #ops, and its text. */
const newest = (person: Person) => {
  const message = bed.slack.messages("#ops", { as: person.id }).at(-1);
  if (message === undefined) throw new Error("nothing was said");
  return message;
};
const textOf = (person: Person): string => person.sees("#ops").join("\n");

async function list(person: Person, filter = ""): Promise<string> {
  const before = person.sees("#ops").length;
  const count = bed.slack.messages("#ops", { as: person.id }).length;
  await person.command("#ops", `/snapshot list ${filter}`);
  await bed.slack.until(
    () => bed.slack.messages("#ops", { as: person.id }).length > count,
    "the list",
  );
  return person.sees("#ops").slice(before).join("\n");
}

/** Chooses in the menu of the row that begins with this name. */
async function choose(person: Person, name: string, option: string): Promise<void> {
  const message = newest(person);
  const row = message.blocks.find((block) => JSON.stringify(block).includes(`"text":"${name}\\n`));
  const text = row?.text as { text: string } | undefined;
  await person.chooseIn(message, text?.text ?? name, option);
}

describe("/snapshot list", () => {
  test("shows what the person's own key sees, to them alone, with how old it is", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const told = await list(ada);
    expect(told).toMatch(/1\d snapshots, the newest first, 1 to 10 of them here\./);
    expect(told).toContain("nightly-db-2026-11-20");
    expect(told).toContain("120 GiB · made 1 day ago · available · Luxembourg-3 · production");
    expect(told).toContain("environment=prod · team=payments · cost_center=cc-1001");
    expect(told).toMatch(/Read from Gcore .* or later\./);
    expect(told).not.toContain("invoices");
    expect(told).not.toContain("id 4d927987…");
    expect(ben.sees("#ops")).toEqual([]);
  });

  test.each([
    ["nightly", ["nightly-db-2026-11-20"]],
    ["name:WEEKLY", ["weekly", "weekly", "weekly"]],
    ["tag:slot=a", ["weekly"]],
    ["tag:team volume:archive", ["with-a-long-value", "with-old-keys"]],
    ["status:err*", ["broken-by-storage"]],
    ["project:staging", ["staging-db"]],
    ["region:London-2", ["weekly"]],
    ["region:196 older:1d", ["weekly"]],
    ["newer:2d", ["nightly-db-2026-11-20"]],
    ['tag:"cost center"', ["with-old-keys"]],
  ])("finds by %s", async (filter, names) => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await list(ada, filter);
    const found = newest(ada).blocks.flatMap((block) =>
      block.type === "section" ? [(block.text as { text: string }).text.split("\n")[0]] : [],
    );
    expect([...found].sort()).toEqual([...names].sort());
  });

  test("tells snapshots of one name apart", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const told = await list(ada, "name:weekly");
    for (const twin of ["twinA", "twinB", "twinElsewhere"] as const) {
      expect(told).toContain(`id ${gcore.ids[twin].slice(0, 8)}…`);
    }
  });

  test("turns its pages in their place, also when somebody comes back to it much later", async () => {
    const { ada, gcore } = bed;
    gcore.fill(25, { prefix: "bulk" });
    await bed.connect(ada, gcore.keys.full);
    expect(await list(ada, 'name:"bulk*"')).toContain(
      "25 snapshots for name:bulk*, the newest first, 1 to 10 of them here.",
    );
    const shows = async (button: string, text: string): Promise<void> => {
      await ada.press(button, { message: newest(ada) });
      await bed.slack.until(() => textOf(ada).includes(text), text);
    };
    await shows("Next page", "11 to 20 of them here");
    expect(textOf(ada)).toContain("bulk-00011");
    bed.advance(20 * 60_000);
    // What is new meanwhile moves nobody's page.
    gcore.fill(1, { prefix: "bulk-new" });
    await shows("Next page", "26 snapshots");
    expect(textOf(ada)).toContain("bulk-00021");
    expect(textOf(ada)).not.toContain("[Next page]");
    await shows("Previous page", "12 to 21 of them here");
    expect(textOf(ada)).toContain("bulk-00011");
    await shows("Previous page", "2 to 11 of them here");
    await shows("Previous page", "1 to 10 of them here");
    expect(textOf(ada)).not.toContain("[Previous page]");
    expect(bed.slack.messages("#ops", { as: ada.id })).toHaveLength(1);
  });

  test("is read anew with Refresh", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    expect(await list(ada, "nightly")).toContain("environment=prod");
    gcore.update(gcore.ids.plain, (snapshot) => {
      snapshot.name = "nightly-renamed";
    });
    bed.advance(3_000);
    await ada.press("Refresh", { message: newest(ada) });
    await bed.slack.until(() => textOf(ada).includes("nightly-renamed"), "the new name");
  });

  test("says what Gcore has not told, and what it has", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    gcore.faults.status(503, { method: "GET", path: /snapshots\/1202779\/180/ });
    const told = await list(ada);
    expect(told).toContain("nightly-db-2026-11-20");
    expect(told).toContain("Not all of it is known. Gcore did not answer (HTTP 503).");
    expect(told).toContain("I am still reading 1 place (a project in a region each).");
  });

  test("does not wait longer than a person would for a slow Gcore", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    gcore.faults.slow(6_000, { method: "GET", path: /snapshots\/1202779\/180/ });
    expect(await list(ada)).toContain("I am still reading 1 place");
    await bed.slack.until(() => gcore.journal.calls("GET", /1202779.180/).length > 0, "it to end");
  });

  test.each([
    ["nmae:x", "There is no filter nmae: here. The nearest one is name:."],
    ["--project 1", "There is no filter --project here. The nearest one is project:."],
    ["name: x", "Something is missing after name:. Write it without a space: name:nightly-*."],
    ["older:long", "older: takes a length of time such as 45m, 12h, 30d or 2w, not long."],
    ["project:1 project:2", "You wrote project: twice. Write it once."],
    [`name:${"x".repeat(1_600)}`, "Your filter is too long for me to remember. Make it shorter."],
    ["project:produktion", "Your key sees no project produktion."],
    ["region:nowhere", "Your key sees no region nowhere."],
  ])("answers the filter %s with what to do", async (filter, answer) => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    expect(await list(ada, filter)).toContain(answer);
  });

  test("says so when nothing fits, and when there is no key", async () => {
    const { ada, cleo, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    expect(await list(ada, "no-such-thing")).toContain(
      "Your key sees no snapshots for no-such-thing.",
    );
    expect(await list(cleo)).toContain("You have not connected a Gcore API key yet.");
  });

  test("shows hostile, endless and right-to-left names and tags as text", async () => {
    const { ada, gcore } = bed;
    gcore.update(gcore.ids.plain, (snapshot) => {
      snapshot.name = "שלום \u202Egnp.exe";
      snapshot.tags = [{ key: "k".repeat(255), value: "<!channel> `x`", read_only: false }];
    });
    await bed.connect(ada, gcore.keys.full);
    const told = await list(ada);
    await ada.press("Next page", { message: newest(ada) });
    await bed.slack.until(() => textOf(ada).includes("11 to"), "the next page");
    expect(textOf(ada)).toContain(
      "<!channel> <@U0000000001> *pay* <https://evil.example|bank> `rm`",
    );
    expect(told).toContain("שלום ⟨U+202E⟩gnp.exe");
    expect(told).toContain(`${"k".repeat(39)}…=<!channel> \`x\``);
  });
});

describe("the menu of a row", () => {
  beforeEach(async () => {
    await bed.connect(bed.ada, bed.gcore.keys.full);
  });

  test("opens the form for that snapshot, filled with where it is", async () => {
    const { ada } = bed;
    await list(ada, "nightly");
    await titled(bed, ada, "Change a snapshot", () =>
      choose(ada, "nightly-db-2026-11-20", "Change"),
    );
    expect(ada.value("Snapshot")).toBe("nightly-db-2026-11-20");
    expect(ada.value("Region")).toBe("Luxembourg-3 (148)");
  });

  test("shows the snapshot whole, with buttons for the same", async () => {
    const { ada } = bed;
    await list(ada, "nightly");
    await choose(ada, "nightly-db-2026-11-20", "Show");
    await reads(bed, ada, "Description: Nightly, before the backup");
    await ada.press("History", { message: newest(ada) });
    await reads(bed, ada, "Nobody has changed the snapshot");
    await titled(bed, ada, "Change a snapshot", () => ada.press("Change", { channel: "#ops" }));
    expect(ada.value("Snapshot")).toBe("nightly-db-2026-11-20");
  });

  test("takes the last change back where there is one, and offers it nowhere else", async () => {
    const { ada, gcore } = bed;
    await change(bed, ada, commandFor(gcore.ids.plain, "team=search"));
    await said(bed, ada, "#ops");
    await ada.close();
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await said(bed, ada, "#ops", 2);
    await ada.close();
    await list(ada);
    const text = JSON.stringify(newest(ada).blocks);
    expect(text.split("Undo last change")).toHaveLength(2);
    await choose(ada, "nightly-db-2026-11-20", "Undo last change");
    await settled(bed, ada);
    expect(ada.modal?.text).toContain("Tag environment: staging → prod");
    expect(ada.modal?.text).not.toContain("Tag team:");
  });

  test("does not offer the changes of others in projects that the key does not see", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ben, gcore.keys.full);
    await change(bed, ben, commandFor(gcore.ids.plain, "team=search"));
    await said(bed, ben, "#ops");
    const ofBen = "UPDATE request SET project_id = 1210004 WHERE requester_user = ?";
    await bed.bot.database.run(ofBen, ben.id);
    await list(ada, "nightly");
    expect(JSON.stringify(newest(ada).blocks)).not.toContain("Undo last change");
    await list(ben, "nightly");
    expect(JSON.stringify(newest(ben).blocks)).toContain("Undo last change");
  });
});
