import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { ENGINES } from "../store/engines.ts";
import { apply, change, commandFor, open, reads, review, said } from "./steps.ts";

describe.each(ENGINES)("On %s", (engine) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await startBed({ engine });
    await bed.connect(bed.ada, bed.gcore.keys.full);
    await bed.connect(bed.ben, bed.gcore.keys.colleague);
  });
  afterEach(async () => {
    expect(await bed.end()).toEqual([]);
  });

  describe("two people at once", () => {
    test("both change the same tag: one is applied, the other is told of the conflict", async () => {
      const { ada, ben, gcore } = bed;
      const id = gcore.ids.plain;
      await open(bed, ada, commandFor(id, "environment=staging"));
      await open(bed, ben, commandFor(id, "environment=testing"));
      await Promise.all([review(bed, ada), review(bed, ben)]);
      const outcomes = (await Promise.all([apply(bed, ada), apply(bed, ben)])).join("\n");
      expect(outcomes).toContain("Done.");
      expect(outcomes).toContain("Not applied: conflict.");
      expect(gcore.effectiveChanges(id)).toBe(1);
    });

    test("both change other things of the same snapshot: both are applied", async () => {
      const { ada, ben, gcore } = bed;
      const id = gcore.ids.plain;
      await open(bed, ada, commandFor(id, "environment=staging"));
      await open(bed, ben, commandFor(id, "team=search"));
      await Promise.all([review(bed, ada), review(bed, ben)]);
      await ada.submit();
      await ben.submit();
      await said(bed, ada, "#ops", 2);
      expect(gcore.tags(id).get("environment")).toBe("staging");
      expect(gcore.tags(id).get("team")).toBe("search");
    });

    test("a change waits while the outcome of another one on the same snapshot is in doubt", async () => {
      const { ada, ben, gcore } = bed;
      const id = gcore.ids.plain;
      await open(bed, ada, commandFor(id, "environment=staging"));
      await open(bed, ben, commandFor(id, "team=search"));
      await Promise.all([review(bed, ada), review(bed, ben)]);
      gcore.faults.answerLost();
      expect(await apply(bed, ada)).toContain("Outcome unknown so far.");
      await ben.submit();
      expect(ben.modal?.text).toContain("is on its way. The result comes");
      expect(gcore.journal.patches()).toHaveLength(1);
      bed.advance(5_000);
      await reads(bed, ben, "Changed: @ben", "#audit");
      expect(gcore.tags(id).get("team")).toBe("search");
    });

    test("each change is made with the key of the one who asked", async () => {
      const { ada, ben, gcore } = bed;
      await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      await change(bed, ben, commandFor(gcore.ids.untagged, "team=search"));
      const tokens = gcore.journal.patches().map(({ tokenId }) => String(tokenId));
      expect(tokens).toEqual(
        [gcore.keys.full, gcore.keys.colleague].map((key) => key.split("_")[0]),
      );
    });

    test("nobody sees the other's key or form", async () => {
      const { ada, ben } = bed;
      await ada.command("#ops", "/snapshot key");
      await reads(bed, ada, "Your Gcore API key is connected.");
      expect(ben.sees("#ops").join("\n")).not.toContain("key");
    });
  });
});
