import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { apply, change, commandFor, reads, said, titled } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
  await bed.connect(bed.ben, bed.gcore.keys.colleague);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

describe("undo", () => {
  test("takes back exactly what was changed, by anybody whose own key may, after showing it", async () => {
    const { ada, ben, gcore } = bed;
    const id = gcore.ids.plain;
    const before = gcore.snapshot(id);
    await change(bed, ada, commandFor(id, '--name "one two" environment=staging owner=ada -team'));
    await said(bed, ben, "#ops");
    const shown = await titled(bed, ben, "Review the change", () => ben.press("Undo"));
    for (const line of [
      "Name: one two → nightly-db-2026-11-20",
      "Tag environment: staging → prod",
      "Tag owner removed, was ada",
      "Tag team added: payments",
    ]) {
      expect(shown).toContain(line);
    }
    expect(await apply(bed, ben)).toContain("Done.");
    const after = gcore.snapshot(id);
    expect(after.name).toBe(before.name);
    expect(new Set(after.tags)).toEqual(new Set(before.tags));
    const requested = (await bed.ledger()).filter(({ kind }) => kind === "requested");
    expect(requested.map(({ facts }) => facts)).toMatchObject([
      { undoes: null },
      { undoes: expect.any(String) },
    ]);
  });

  test("leaves alone what somebody has changed since, and says so", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.plain;
    await change(bed, ada, commandFor(id, "environment=staging team=search"));
    await said(bed, ada, "#ops");
    gcore.update(id, (snapshot) => {
      const tag = snapshot.tags.find(({ key }) => key === "team");
      if (tag !== undefined) tag.value = "core";
    });
    const shown = await titled(bed, ada, "Review the change", () =>
      ada.press("Undo", { channel: "#ops" }),
    );
    expect(shown).toContain("Tag environment: staging → prod");
    expect(shown).toContain(
      "Tag team stays: it was changed to search, and somebody has changed it since. Now it is core.",
    );
    await apply(bed, ada);
    expect(gcore.tags(id).get("team")).toBe("core");
    expect(gcore.tags(id).get("environment")).toBe("prod");
  });

  test("leaves it alone also when the look has to be made again", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.plain;
    await change(bed, ada, commandFor(id, "environment=staging team=search"));
    await said(bed, ada, "#ops");
    gcore.faults.status(429, { method: "GET", path: /snapshots/, retryAfter: 60 });
    await titled(bed, ada, "This cannot go on", () => ada.press("Undo", { channel: "#ops" }));
    gcore.update(id, (snapshot) => {
      const tag = snapshot.tags.find(({ key }) => key === "team");
      if (tag !== undefined) tag.value = "core";
    });
    const shown = await titled(bed, ada, "Review the change", () => ada.press("Try again"));
    expect(shown).toContain("Tag environment: staging → prod");
    expect(shown).toContain("Tag team stays: it was changed to search");
    await apply(bed, ada);
    expect(gcore.tags(id).get("team")).toBe("core");
  });

  test("has nothing to do when all is as it was before", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.plain;
    await change(bed, ada, commandFor(id, "environment=staging"));
    await said(bed, ada, "#ops");
    gcore.update(id, (snapshot) => {
      const tag = snapshot.tags.find(({ key }) => key === "environment");
      if (tag !== undefined) tag.value = "prod";
    });
    const shown = await titled(bed, ada, "Review the change", () =>
      ada.press("Undo", { channel: "#ops" }),
    );
    expect(shown).toContain("The snapshot is already like this: nothing would change.");
    expect(ada.modal?.submitText).toBeUndefined();
  });

  test("from the preview back to the form keeps what it would do", async () => {
    const { ada, gcore } = bed;
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging -team"));
    await said(bed, ada, "#ops");
    await titled(bed, ada, "Review the change", () => ada.press("Undo", { channel: "#ops" }));
    await titled(bed, ada, "Change a snapshot", () => ada.press("Back to the form"));
    expect(ada.value("Set tags")).toBe("environment=prod\nteam=payments");
  });

  test("needs a key of one's own", async () => {
    const { ada, cleo, gcore } = bed;
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await said(bed, ada, "#ops");
    const shown = await titled(bed, cleo, "This cannot go on", () => cleo.press("Undo"));
    expect(shown).toContain("You have not connected a Gcore API key yet.");
  });
});

describe("pending and history", () => {
  test("say that nothing waits, and what happened to a snapshot, with the way back", async () => {
    const { ada, ben, cleo, gcore } = bed;
    const id = gcore.ids.plain;
    await ada.command("#lobby", "/snapshot pending");
    await bed.slack.until(() => ada.sees("#lobby").length > 0, "the answer");
    expect(ada.sees("#lobby").join("\n")).toContain("Nothing waits");
    await ada.command("#lobby", `/snapshot history ${id}`);
    expect(ada.sees("#lobby").join("\n")).toContain("Nobody has changed the snapshot");
    await change(bed, ada, commandFor(id, "environment=staging"));
    await said(bed, ada, "#ops");
    await ben.command("#lobby", `/snapshot history ${id}`);
    const history = ben.sees("#lobby").join("\n");
    expect(history).toContain("@ada: Done. Snapshot nightly-db-2026-11-20 is changed.");
    expect(history).toContain("Tag environment: prod → staging");
    expect(history).toContain("[Undo]");
    await cleo.command("#lobby", `/snapshot history ${id}`);
    expect(cleo.sees("#lobby").join("\n")).toContain("You have not connected a Gcore API key yet.");
  });
});

describe("what waits for whom", () => {
  test("is listed for the requester and for whoever may decide, each with a way to it", async () => {
    await bed.end();
    bed = await startBed({
      policy: `rules: [{ name: two, approve_by: { users: [${people.ben}, ${people.cleo}], approvals: 2 } }]`,
    });
    const { ada, ben, cleo, dora, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", commandFor(gcore.ids.plain, "environment=staging"));
    await bed.slack.until(() => ada.modal, "the form");
    await titled(bed, ada, "Review the change", () => ada.submit());
    await ada.submit();
    await bed.said();
    const pendingOf = async (person: typeof ada): Promise<string> => {
      const before = person.sees("#lobby").length;
      await person.command("#lobby", "/snapshot pending");
      await bed.slack.until(() => person.sees("#lobby").length > before, "the answer");
      return person.sees("#lobby").slice(before).join("\n");
    };
    expect(await pendingOf(ada)).toContain("0 waiting for you, 1 of your own.");
    expect(await pendingOf(cleo)).toContain("1 waiting for you, 0 of your own.");
    expect(await pendingOf(dora)).toContain("Nothing waits");
    await titled(bed, ben, "Review the request", () => ben.press("Review", { channel: "#ops" }));
    await ben.submit();
    expect(ben.modal?.text).toContain("1 of 2 approvals so far");
    expect(await pendingOf(ben)).toContain("Nothing waits");
    expect(await reads(bed, ada, "1 of 2 approvals so far.")).toContain("Approved by @ben");
    await titled(bed, cleo, "Review the request", () => cleo.press("Review", { channel: "#ops" }));
    await cleo.submit();
    await reads(bed, ada, "Approved and applied");
    expect(gcore.tags(gcore.ids.plain).get("environment")).toBe("staging");
  });
});
