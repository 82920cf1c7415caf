import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { apply, change, commandFor, fill, open, review } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** What the menu offers once everything that was to be read is read. */
async function offered(typed: string, menu = "Snapshot", person = bed.ada): Promise<string[]> {
  let last: string[] = [];
  await bed.slack.until(async () => {
    last = await person.suggestions(menu, typed);
    return !last.some((text) => text.includes("still reading from"));
  }, "everything to be read");
  return last;
}

describe("the form without an id", () => {
  test("offers the projects that the key sees, and all open regions", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot");
    expect((await offered("", "Project")).sort()).toEqual([
      "production (1186668)",
      "staging (1202779)",
    ]);
    expect(await offered("lux", "Region")).toEqual(["Luxembourg-3 (148)", "Luxembourg-2 (76)"]);
    expect(await offered("", "Region")).not.toContain("Lagos (200)");
    expect(await offered("4711", "Project")).toEqual(["Project 4711"]);
    expect(await offered("nowhere", "Region")).toEqual([
      "No region fits. Type a part of its name, or its number.",
    ]);
  });

  test("finds a snapshot by its name, id, volume and tag, in all places of the key", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, "/snapshot");
    expect(await offered("staging-db")).toEqual(["staging-db"]);
    expect(await offered(gcore.ids.twinElsewhere.slice(0, 9))).toEqual(["weekly"]);
    expect(await offered("db-london")).toEqual(["weekly"]);
    expect(await offered("team=payments")).toEqual(["nightly-db-2026-11-20"]);
    expect(await offered("invoices")).toEqual([
      "Nothing fits. Type a part of a name, id or volume, or key=value.",
    ]);
  });

  test("looks only in the project and the region that are chosen", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot");
    await ada.choose("Project", "staging (1202779)");
    expect(await offered("")).toEqual(["staging-db"]);
    await ada.choose("Region", "Luxembourg-3 (148)");
    expect(await offered("")).toEqual([
      "Nothing here fits. Clear Project and Region to look everywhere.",
    ]);
  });

  test("shows those first that the person was at lately", async () => {
    const { ada, gcore } = bed;
    await change(bed, ada, commandFor(gcore.ids.errored, "a=1"));
    await ada.close();
    await open(bed, ada, "/snapshot");
    expect((await offered(""))[0]).toBe("broken-by-storage");
  });

  test("is filled from the snapshot that is chosen, and the change goes its way", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, "/snapshot");
    await offered("nightly");
    await ada.choose("Snapshot", "nightly-db-2026-11-20", { typed: "nightly" });
    await bed.slack.until(() => ada.value("New name") === "nightly-db-2026-11-20", "the form");
    expect(ada.value("Project")).toBe("production (1186668)");
    expect(ada.value("Region")).toBe("Luxembourg-3 (148)");
    expect(ada.value("Set tags")).toBe("environment=prod\nteam=payments\ncost_center=cc-1001");
    expect(ada.modal?.text).toContain("nightly-db-2026-11-20 · 120 GiB · available · Luxembourg-3");
    fill(ada, { "Set tags": "environment=staging\nteam=payments\ncost_center=cc-1001" });
    await ada.choose("Remove tags", "cost_center=cc-1001");
    const preview = await review(bed, ada);
    expect(preview).toContain("Tag environment: prod → staging");
    expect(preview).toContain("Tag cost_center removed, was cc-1001");
    expect(preview).not.toContain("Name:");
    await apply(bed, ada);
    expect(gcore.journal.patches()[0]?.body).toEqual({
      tags: { cost_center: null, environment: "staging" },
    });
  });

  test("asks for what was edited alone, also when it is looked up again and others have changed more", async () => {
    const { ada, gcore, slack } = bed;
    const id = gcore.ids.plain;
    await open(bed, ada, commandFor(id));
    fill(ada, { "Set tags": "environment=staging\nteam=payments" });
    const task = gcore.lock(id);
    expect(await review(bed, ada)).toContain("locked by a task");
    gcore.finishTask(task);
    gcore.update(id, ({ tags }) => {
      for (const tag of tags) if (tag.key === "team") tag.value = "search";
    });
    await ada.press("Look again");
    await slack.until(() => ada.modal?.submitText === "Apply change", "the preview");
    expect(ada.modal?.text).toContain("Tag environment: prod → staging");
    expect(ada.modal?.text).toContain("team = search");
  });

  test("keeps what was typed before a snapshot is chosen, and when another one is", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot");
    fill(ada, { "New name": "mine", "Set tags": "owner=Ada", Reason: "because" });
    await offered("staging-db");
    await ada.choose("Snapshot", "staging-db", { typed: "staging-db" });
    const filled = "owner=Ada\nenvironment=staging";
    await bed.slack.until(() => ada.value("Set tags") === filled, "the form");
    expect([ada.value("New name"), ada.value("Reason")]).toEqual(["mine", "because"]);
    await ada.choose("Project", "production (1186668)");
    await ada.choose("Region", "Luxembourg-3 (148)", { typed: "lux" });
    await offered("nightly");
    await ada.choose("Snapshot", "nightly-db-2026-11-20", { typed: "nightly" });
    await bed.slack.until(() => ada.value("Set tags")?.includes("team=payments"), "the other");
    expect(ada.value("Set tags")).toBe(
      "owner=Ada\nenvironment=prod\nteam=payments\ncost_center=cc-1001",
    );
    expect([ada.value("New name"), ada.value("Reason")]).toEqual(["mine", "because"]);
  });

  test("takes nothing for a choice that only tells something", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot");
    fill(ada, { Reason: "because" });
    const note = "Nothing fits. Type a part of a name, id or volume, or key=value.";
    await offered("nowhere");
    await ada.choose("Snapshot", note, { typed: "nowhere" });
    await bed.slack.until(() => ada.value("Snapshot") === null, "an empty menu");
    expect(ada.value("Reason")).toBe("because");
    expect((await ada.submit()).outcome).toBe("blocked");
  });
});

describe("tags from elsewhere", () => {
  // Where the volume is not there at once the form gives way to a word that it is looked for.
  const lines = () =>
    bed.ada.modal?.text.includes("Set tags") ? bed.ada.value("Set tags")?.split("\n") : undefined;

  test("come from another snapshot into the form, but for those that nobody may change", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.untagged));
    fill(ada, { "Set tags": "team=mine" });
    await offered("nightly", "Copy tags from");
    await ada.choose("Copy tags from", "nightly-db-2026-11-20", { typed: "nightly" });
    await bed.slack.until(() => (lines() ?? []).length > 1, "the tags");
    expect(lines()).toEqual(["team=mine", "environment=prod", "cost_center=cc-1001"]);
    expect(ada.value("Copy tags from")).toBeNull();
    expect(await review(bed, ada)).toContain("Tag cost_center added: cc-1001");
  });

  test("come from the snapshot's own volume", async () => {
    const { ada, gcore } = bed;
    gcore.tagVolume(gcore.ids.plain, { backup: "daily", environment: "staging" });
    await open(bed, ada, commandFor(gcore.ids.plain));
    expect((await offered("", "Copy tags from"))[0]).toBe("db-primary");
    await ada.choose("Copy tags from", "db-primary");
    await bed.slack.until(() => lines()?.includes("backup=daily"), "the tags");
    expect(lines()).toEqual([
      "backup=daily",
      "environment=staging",
      "team=payments",
      "cost_center=cc-1001",
    ]);
  });

  test("of a volume that is gone: it says so, and nothing that was typed is lost", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain));
    fill(ada, { Reason: "because" });
    gcore.tagVolume(gcore.ids.plain, undefined);
    await ada.choose("Copy tags from", "db-primary");
    await bed.slack.until(() => ada.modal?.text.includes("no longer knows the volume"), "the word");
    expect(ada.value("Reason")).toBe("because");
    expect(lines()).toContain("environment=prod");
  });
});

describe("an id alone", () => {
  test("is found wherever the key sees it, and fills the form", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, `/snapshot ${gcore.ids.staging}`);
    expect([ada.value("Project"), ada.value("Region"), ada.value("New name")]).toEqual([
      "staging (1202779)",
      "Frankfurt-2 (180)",
      "staging-db",
    ]);
  });

  test("with a change in the same command is found when the change is looked up", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, `/snapshot ${gcore.ids.staging} environment=prod`);
    expect(ada.value("Set tags")).toBe("environment=prod");
    expect(await review(bed, ada)).toContain("Tag environment: staging → prod");
  });

  test("that is nowhere says so in the form, and can be chosen anew", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot 00000000-0000-4000-8000-000000000000");
    expect(ada.modal?.text).toContain("Gcore knows no such snapshot");
    await offered("nightly");
    await ada.choose("Snapshot", "nightly-db-2026-11-20", { typed: "nightly" });
    await bed.slack.until(() => ada.value("New name") === "nightly-db-2026-11-20", "the form");
    expect(ada.modal?.text).not.toContain("Gcore knows no such snapshot");
  });

  test("typed into the menu is looked for everywhere, though no list has it yet", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.twinElsewhere;
    await open(bed, ada, "/snapshot");
    await ada.choose("Region", "Luxembourg-3 (148)", { typed: "lux" });
    expect(await offered(id)).toEqual([id]);
    gcore.faults.slow(600, { method: "GET", path: /snapshots\// });
    await ada.choose("Snapshot", id, { typed: id });
    await bed.slack.until(
      () => ada.modal?.title === "One moment",
      "the word that it takes a while",
    );
    await bed.slack.until(() => ada.modal?.title === "Change a snapshot", "the form");
    expect([ada.value("Region"), ada.value("New name")]).toEqual(["London-2 (196)", "weekly"]);
  });
});

describe("a menu while Gcore is slow or away", () => {
  test("does not wait for it, says that it is still reading, and has it when asked again", async () => {
    const { ada, gcore, slack } = bed;
    await open(bed, ada, "/snapshot");
    await offered("", "Project");
    gcore.faults.next({ path: /snapshots/ }, { kind: "delay", ms: 2_000 }, 300);
    expect(await ada.suggestions("Snapshot", "nightly")).toEqual([
      "I am still reading from Gcore. Type one more letter in a moment.",
    ]);
    await ada.choose("Project", "production (1186668)");
    await ada.choose("Region", "Luxembourg-3 (148)");
    await slack.until(
      async () => (await ada.suggestions("Snapshot", "nightly"))[0] === "nightly-db-2026-11-20",
      "the snapshot",
    );
    gcore.faults.clear();
  });

  test("says what is wrong as its only option", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, "/snapshot");
    gcore.revoke(gcore.keys.full);
    bed.advance(60_000);
    expect(await offered("nightly")).toEqual([
      "Gcore does not accept your API key. It was revoked, or has expired.",
    ]);
  });
});

describe("what one person's key sees", () => {
  test("is in nobody else's menu, though both look at the same time", async () => {
    const { ada, ben, gcore } = bed;
    const other = gcore.addKey({ projects: [1210004] });
    await bed.connect(ben, other);
    await Promise.all([open(bed, ada, "/snapshot"), open(bed, ben, "/snapshot")]);
    const all = async (person: typeof ada, name: string) => {
      await bed.slack.until(
        async () => (await person.suggestions("Snapshot", name)).includes(name),
        "everything to be read",
      );
      return await person.suggestions("Snapshot", "");
    };
    const [hers, his] = await Promise.all([all(ada, "weekly"), all(ben, "invoices-2026-10")]);
    expect(hers).not.toContain("invoices-2026-10");
    expect(his).toEqual(["invoices-2026-10"]);
    expect(await offered("", "Project", ben)).toEqual(["billing (1210004)"]);
  });
});

describe("foreign names in a menu", () => {
  test("stay text, however hostile, long or from right to left they are", async () => {
    const { ada, gcore } = bed;
    gcore.add({ name: "\u202Egnp.exe مرحبا", project_id: 1186668, region_id: 148 });
    gcore.add({ name: "x".repeat(300), project_id: 1186668, region_id: 148 });
    await open(bed, ada, "/snapshot");
    expect(await offered("مرحبا")).toEqual(["⟨U+202E⟩gnp.exe مرحبا"]);
    expect(await offered("xxxx")).toEqual([`${"x".repeat(74)}…`]);
    expect(await offered("<!channel>")).toContain(
      "<!channel> <@U0000000001> *pay* <https://evil.example|bank> `rm`",
    );
  });
});
