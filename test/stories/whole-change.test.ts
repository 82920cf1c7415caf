import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

describe("a whole change", () => {
  test("from the command to the summary in the channel and the announcements", async () => {
    const { ada, gcore, slack } = bed;
    const id = gcore.ids.plain;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", `/snapshot ${id} --project 1186668 --region 148`);
    await slack.until(() => ada.modal, "the form");
    console.log(ada.modal?.text);
    ada.fill("New name", "db-before-upgrade");
    ada.fill("Set tags", "environment=staging\nowner=Ada Lovelace");
    ada.fill("Remove tags", "cost_center");
    ada.fill("Reason", "Upgrade on Monday");
    expect(await ada.submit()).toMatchObject({ outcome: "updated" });
    await slack.until(() => ada.modal?.submitText === "Apply change", "the preview");
    console.log(ada.modal?.text);
    await ada.submit();
    await slack.until(
      () =>
        slack.messages("#audit-2").length > 0 && slack.messages("#ops", { as: "ada" }).length > 0,
      "the announcements",
    );
    console.log(ada.modal?.text);
    console.log(ada.sees("#ops"), ada.sees("#audit"));
    console.log(gcore.journal.patches().map((p) => p.body));
    console.log(
      (await bed.ledger()).map((entry) => entry.kind),
      gcore.snapshot(id),
    );
    console.log(bed.logs);
  });
});
