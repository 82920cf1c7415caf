import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { commandFor, open, review, said, settled } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
  await bed.connect(bed.ben, bed.gcore.keys.colleague);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

// The time limits are got's own and real; one test for both, because it takes as long as they do.
test("a Gcore that never answers is given up on: a look is told so, a change is called unknown and looked up", async () => {
  const { ada, ben, gcore, slack } = bed;
  await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
  await review(bed, ada);
  await open(bed, ben, commandFor(gcore.ids.untagged, "team=search"));
  gcore.faults.hang("after", { method: "PATCH" });
  gcore.faults.hang("before", { method: "GET", path: new RegExp(gcore.ids.untagged) });
  await Promise.all([ada.submit(), ben.submit()]);

  await slack.until(() => ben.modal?.title !== "One moment", "the look to be given up", 15_000);
  expect(await settled(bed, ben)).toContain("Gcore did not answer (ETIMEDOUT).");

  await slack.until(
    () => ada.modal?.text.includes("Outcome unknown so far."),
    "the PATCH to be given up",
    25_000,
  );
  bed.advance(5_000);
  expect(await said(bed, ben, "#audit")).toContain("Changed: @ada");
  expect(gcore.journal.patches()).toHaveLength(1);
}, 60_000);
