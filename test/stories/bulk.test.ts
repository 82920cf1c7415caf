import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { partIn, planned, planOf, runTo, type Wished } from "./bulk-steps.ts";
import { open, reads, settled } from "./steps.ts";

let bed: Bed;
let ids: readonly string[];
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const OTHER: Wished = { Filter: "name:bulk-*", "Set tags": "cost-centre=4711" };
const idOf = (nth: number): string => ids[nth] ?? "";
const tagsOf = (key: string): readonly (string | undefined)[] =>
  ids.map((id) => bed.gcore.tags(id).get(key));
const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);

async function start(count: number, policy?: string): Promise<void> {
  bed = await startBed(policy === undefined ? {} : { policy });
  ids = bed.gcore.fill(count);
  await bed.connect(bed.ada, bed.gcore.keys.full);
}

describe("many snapshots", () => {
  beforeEach(() => start(12));

  test("are changed by one plan, each exactly as it was shown, and announced once", async () => {
    const { ada, ben, gcore } = bed;
    const shown = await planned(bed, ada, OTHER);
    expect(shown).toContain("12 to change");
    expect(shown).toContain("Tag cost-centre is set to 4711");
    await runTo(bed, ada, "Done. All 12 snapshots are changed.");
    expect(tagsOf("cost-centre")).toEqual(ids.map(() => "4711"));
    for (const id of ids) expect(gcore.effectiveChanges(id)).toBe(1);
    await reads(bed, ben, "Bulk change over: @ada · 12 snapshots", "#audit");
    expect(bed.slack.messages("#audit")).toHaveLength(1);
    expect((await kinds()).slice(0, 2)).toEqual(["requested", "approved"]);
    expect((await kinds()).filter((kind) => kind === "applied")).toHaveLength(12);
    expect((await kinds()).at(-1)).toBe("finished");
  });

  test("are chosen by a filter, in the menu and by ids, each once, and one that is not there is said", async () => {
    const { ada, gcore } = bed;
    const gone = "5ed275b8-7eed-4722-8c98-777191d4e0ff";
    await open(bed, ada, "/snapshot bulk name:bulk-0000*");
    await bed.slack.until(
      async () => (await ada.suggestions("Snapshots", "bulk-000")).includes("bulk-00010"),
      "the snapshots in the menu",
    );
    await ada.choose("Snapshots", ["bulk-00010", "bulk-00009"], { typed: "bulk-000" });
    ada.fill("Snapshot ids", `1186668/148/${idOf(10)}, ${idOf(0)}\n${gone}`);
    ada.fill("Set tags", "cost-centre=4711");
    await ada.submit();
    const shown = await settled(bed, ada);
    expect(shown).toContain("11 to change");
    expect(shown).toContain("1 not found");
    await runTo(bed, ada, "Done. All 11 snapshots are changed.");
    expect(tagsOf("cost-centre")).toEqual([...ids.slice(0, 11).map(() => "4711"), undefined]);
    for (const id of ids) expect(gcore.effectiveChanges(id)).toBeLessThanOrEqual(1);
  });

  test("that all would get the same name are told of before", async () => {
    const { ada } = bed;
    const shown = await planned(bed, ada, { Filter: "name:bulk-*", "New name": "nightly" });
    expect(shown).toContain("Name: nightly, the same for all of them");
    await ada.close();
    const own = await planned(bed, ada, { Filter: "name:bulk-*", "New name": "nightly-{n}" });
    expect(own).toContain("Name: nightly-{n}");
    expect(own).not.toContain("the same for all");
  });

  test("get names of their own by the template", async () => {
    const { ada, gcore } = bed;
    await planned(bed, ada, { Filter: "name:bulk-*", "New name": "{volume}-{n}" });
    await runTo(bed, ada, "Done. All 12 snapshots are changed.");
    expect(ids.map((id) => gcore.snapshot(id).name)).toEqual(
      ids.map((_, index) => `bulk-volume-${index}-${index + 1}`),
    );
  });

  test("are not planned while a place cannot be read, and are when it can be", async () => {
    const { ada, gcore } = bed;
    gcore.faults.status(500, { method: "GET", path: /\/snapshots\/1186668\/148$/, times: 50 });
    const told = await planned(bed, ada, OTHER);
    expect(told).toContain("I could not read the whole list of snapshots");
    expect(told).toContain("Nothing is planned on half of it.");
    gcore.faults.clear();
    bed.advance(6_000);
    await ada.press("Try again");
    await bed.slack.until(() => ada.modal?.title === "Review the plan", "the plan");
    expect(ada.modal?.text).toContain("12 to change");
  });

  test("keep what was typed when somebody goes back to the form, and each fault is told at its field", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot bulk");
    const sent = await ada.submit();
    expect(JSON.stringify(sent)).toContain("No snapshot is chosen.");
    ada.fill("Filter", "name:bulk-*");
    ada.fill("New name", "{volum}-{n}");
    expect(JSON.stringify(await ada.submit())).toContain("There is no “{volum}”");
    ada.fill("New name", "{volume}-{n}");
    ada.fill("Reason", "tidy up");
    await ada.submit();
    await settled(bed, ada);
    await ada.press("Back to the form");
    await bed.slack.until(() => ada.modal?.title === "Change many snapshots", "the form");
    expect(["Filter", "New name", "Reason"].map((label) => ada.value(label))).toEqual([
      "name:bulk-*",
      "{volume}-{n}",
      "tidy up",
    ]);
  });

  test("stand in the history as one request, and each as one that can be taken back alone", async () => {
    const { ada, gcore } = bed;
    await planned(bed, ada, OTHER);
    await runTo(bed, ada, "Done. All 12 snapshots are changed.");
    await ada.close({ all: true });
    await ada.command("#lobby", `/snapshot history ${idOf(2)}`);
    const one = await reads(bed, ada, "One of many, changed at once (no. 3 of its plan)", "#lobby");
    expect(one).toContain("Tag cost-centre added: 4711");
    await ada.press("Undo", { channel: "#lobby" });
    await bed.slack.until(() => ada.modal?.title === "Review the change", "the way back of one");
    await ada.submit();
    await bed.slack.until(() => !gcore.tags(idOf(2)).has("cost-centre"), "one taken back");
    expect(tagsOf("cost-centre").filter((value) => value === "4711")).toHaveLength(11);
    await ada.close({ all: true });
    await ada.command("#lobby", "/snapshot history by:me outcome:finished");
    await reads(bed, ada, "All 12 snapshots are changed.", "#lobby");
  });

  test("that somebody changes meanwhile are left, and told of with what to do", async () => {
    const { ada, gcore } = bed;
    await planned(bed, ada, { Filter: "name:bulk-*", "Set tags": "team=platform" });
    gcore.update(idOf(3), (snapshot) => {
      for (const tag of snapshot.tags) if (tag.key === "team") tag.value = "legal";
    });
    gcore.remove(idOf(4));
    const told = await runTo(bed, ada, "Done in part. 10 of 12 snapshots are changed.");
    expect(told).toContain("1 not changed: failed");
    expect(told).toContain("1 not changed: somebody else changed it after the plan was made");
    const word = await reads(bed, ada, "What could not be changed");
    expect(word).toContain("snapshot bulk-00004");
    expect(word).toContain("Snapshot bulk-00005");
    expect(gcore.tags(idOf(3)).get("team")).toBe("legal");
    const shown = await planOf(bed, ada);
    expect(partIn(shown)).toBe("In the plan (12)");
    await ada.choose("plan-part", "Not changed, or not known (2)");
    await bed.slack.until(() => ada.modal?.text.includes("2 snapshots: not changed"), "the part");
    expect(ada.modal?.text).toContain("4. bulk-00004");
  });
});
