import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import {
  apply,
  askFor,
  change,
  commandFor,
  fill,
  open,
  reads,
  review,
  said,
  settled,
  titled,
} from "./steps.ts";

const POLICY = `
rules:
  - name: cost centres need somebody else
    when: { touches: "tag:cost_center" }
    approve_by: { users: ${people.ben} }
    announce: { outcomes: [applied, failed, refused] }
  - name: the rest
    confirm: requester
tag_rules:
  - required: [environment]
    values: { environment: [prod, staging, dev], cost_center: "cc-*" }
    protected: "billing:*"
    most_tags: 4
  - when: { project: 1186668, region: 148 }
    name: ["nightly-*", "before-*", weekly]
`;

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);
const addTag = (id: string, key: string, value: string): void => {
  bed.gcore.update(id, (snapshot) => {
    snapshot.tags = [
      ...snapshot.tags.filter((tag) => tag.key !== key),
      { key, value, read_only: false },
    ];
  });
};

describe("before a mistake is made", () => {
  test("the form says the rules for the place that stands in it, under the fields", async () => {
    const { ada, gcore } = bed;
    const form = await open(bed, ada, commandFor(gcore.ids.plain));
    for (const words of [
      "Your team's rules: nightly-*, before-* or weekly (* stands for anything).",
      "Your team's rules: each snapshot has environment. environment: prod, staging or dev. cost_center: cc-* (* stands for anything). At most 4 tags. Nobody sets billing:*.",
      "Your team's rules: environment stays. Nobody removes billing:*.",
    ]) {
      expect(form.text).toContain(words);
    }
  });

  test("for another place it says only what holds everywhere", async () => {
    const form = await open(bed, bed.ada, "/snapshot --project 1202779 --region 180");
    expect(form.text).toContain("environment: prod, staging or dev.");
    expect(form.text).not.toContain("nightly-*");
  });
});

describe("a form that is sent off", () => {
  test("is told under each field what the rules do not let through, before anything is looked up", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "-billing:id"));
    fill(ada, { "New name": "monday", "Set tags": "team=search\nenvironment=qa" });
    expect(await ada.submit()).toMatchObject({
      outcome: "errors",
      errors: {
        "New name":
          "The name is to be nightly-*, before-* or weekly (* stands for anything), not monday.",
        "Set tags": "The tag environment may be prod, staging or dev, not qa.",
        "Remove tags": "The tag billing:id is protected: it is not set or removed through me.",
      },
    });
    fill(ada, { "New name": "", "Set tags": "environment=", "Remove tags": "" });
    expect(await ada.submit()).toMatchObject({
      errors: { "Set tags": "The tag environment needs a value: prod, staging or dev." },
    });
    fill(ada, { "Set tags": "environment=staging" });
    expect(await review(bed, ada)).toContain("Tag environment: prod → staging");
    expect(gcore.journal.patches()).toEqual([]);
  });

  test("shows hostile and endless values as text, and short", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain));
    for (const value of ["<!channel>\u202e<@U0000000001>", "w".repeat(255)]) {
      fill(ada, { "Set tags": `environment=${value}` });
      const { errors } = (await ada.submit()) as { errors: Record<string, string> };
      expect(errors["Set tags"]).toMatch(/^The tag environment may be prod.*, not .{1,100}\.$/);
      expect(errors["Set tags"]).not.toContain("\u202e");
    }
  });
});

describe("what only the snapshot tells", () => {
  test("stands in the way at the preview, with the way back to the form, and is in the ledger", async () => {
    const { ada, ben, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "-environment cost_center=cc-7"));
    const told = await review(bed, ada);
    expect(told).toContain("Your team's tag rules do not let this change through.");
    expect(told).toContain("The tag environment is required (prod, staging or dev).");
    expect(ada.modal?.submitText).toBeUndefined();
    const [, refused] = await bed.ledger();
    expect(refused).toMatchObject({
      kind: "refused",
      facts: { problem: { kind: "tag-rules-broken", breaches: [{ kind: "tag-missing" }] } },
    });
    // The rule that the change meets wants refusals announced.
    await reads(bed, ben, "The tag environment is required", "#audit");
    await titled(bed, ada, "Change a snapshot", () => ada.press("Back to the form"));
    expect(ada.value("Remove tags")).toBe("environment");
    fill(ada, { "Remove tags": "" });
    expect(await review(bed, ada)).toContain("Tag cost_center: cc-1001 → cc-7");
  });

  test("also where a protected or a required tag would go with all others", async () => {
    const { ada, gcore } = bed;
    addTag(gcore.ids.plain, "billing:id", "7");
    await open(bed, ada, commandFor(gcore.ids.plain, "--clear-tags"));
    const told = await review(bed, ada);
    expect(told).toContain("The tag billing:id is protected");
    expect(told).toContain("The tag environment is required");
  });

  test("also where there would be more tags than may be", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "one=1 two=2"));
    expect(await review(bed, ada)).toContain(
      "There may be at most 4 tags besides Gcore's own, not 5.",
    );
  });

  test("is a note where it was so before, and the change goes through", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.untagged, "owner=ada"));
    expect(await review(bed, ada)).toContain(
      "Against your team's tag rules before this change, and after it: The tag environment is required (prod, staging or dev).",
    );
    expect(await apply(bed, ada)).toContain("Done.");
    expect(gcore.tags(gcore.ids.untagged).get("owner")).toBe("ada");
  });
});

describe("what has changed since", () => {
  test("lets nothing be asked for that the rules no longer let through", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    // As if the bot had been started anew with other rules: what was shown is no longer allowed.
    await bed.bot.database.run(
      `UPDATE draft SET body = replace(body, '"after":"staging"', '"after":"test"')`,
    );
    await ada.submit();
    expect(ada.modal?.text).toContain("The tag environment may be prod, staging or dev, not test.");
    expect(await kinds()).toEqual(["refused"]);
    expect(gcore.journal.patches()).toEqual([]);
  });

  test("ends an approved change as failed where the snapshot no longer leaves room for it", async () => {
    const { ada, ben, gcore } = bed;
    const id = gcore.ids.plain;
    await askFor(bed, ada, id, { "Set tags": "cost_center=cc-7\none=1" });
    addTag(id, "two", "2");
    await titled(bed, ben, "Review the request", () => ben.press("Review", { channel: "#ops" }));
    await ben.submit();
    const told = await reads(bed, ada, "Not done.");
    expect(told).toContain("There may be at most 4 tags besides Gcore's own, not 5.");
    await reads(bed, ben, "Failed: @ada", "#audit");
    expect(gcore.journal.patches()).toEqual([]);
    expect((await kinds()).at(-1)).toBe("failed");
  });
});

describe("a change that is made of an earlier one", () => {
  test("an undo is refused where the rules forbid the old value", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.plain;
    addTag(id, "environment", "qa");
    await change(bed, ada, commandFor(id, "environment=prod"));
    await ada.close();
    await said(bed, ada, "#ops");
    await ada.press("Undo", { channel: "#ops" });
    expect(await settled(bed, ada)).toContain(
      "The tag environment may be prod, staging or dev, not qa.",
    );
    expect((await kinds()).at(-1)).toBe("refused");
    expect(gcore.tags(id).get("environment")).toBe("prod");
  });

  test("asking again is refused where the rules leave no room any more", async () => {
    const { ada, ben, gcore } = bed;
    const id = gcore.ids.plain;
    await askFor(bed, ada, id, { "Set tags": "cost_center=cc-7\none=1" });
    await ada.close();
    addTag(id, "cost_center", "cc-8");
    addTag(id, "two", "2");
    await ben.press("Review", { channel: "#ops" });
    await reads(bed, ada, "conflict");
    await ada.press("Ask again", { channel: "#ops" });
    expect(await settled(bed, ada)).toContain("There may be at most 4 tags");
  });
});
