import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { ENGINES } from "../store/engines.ts";
import { apply, change, commandFor, fill, open, review, said } from "./steps.ts";

describe.each(ENGINES)("On %s", (engine) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await startBed({ engine });
    await bed.connect(bed.ada, bed.gcore.keys.full);
  });
  afterEach(async () => {
    expect(await bed.end()).toEqual([]);
  });

  describe("a whole change", () => {
    test("goes from the command to the summary in the channel and to the audit channels", async () => {
      const { ada, ben, gcore, slack } = bed;
      const id = gcore.ids.plain;
      await open(bed, ada, commandFor(id));
      expect(ada.modal?.title).toBe("Change a snapshot");
      fill(ada, {
        "New name": "db-before-upgrade",
        "Set tags": "environment=staging\nowner=Ada Lovelace",
        Reason: "Upgrade on Monday",
      });
      await ada.choose("Remove tags", "cost_center=cc-1001");
      const preview = await review(bed, ada);
      for (const line of [
        "Name: nightly-db-2026-11-20 → db-before-upgrade",
        "Tag environment: prod → staging",
        "Tag cost_center removed, was cc-1001",
        "Tag owner added: Ada Lovelace",
        "team = payments",
        "bootable = False 🔒 Gcore's own",
        "image_id = 2c2fdc2e-6c8f-42bf-a3cc-7c8f0e34dcbc 🔒 read-only",
        "Reason: Upgrade on Monday",
      ]) {
        expect(preview).toContain(line);
      }
      expect(gcore.journal.patches()).toEqual([]);

      expect(await apply(bed, ada)).toContain("Done. Snapshot nightly-db-2026-11-20 is changed.");

      expect(gcore.journal.patches().map(({ body, headers }) => ({ body, headers }))).toEqual([
        {
          body: {
            name: "db-before-upgrade",
            tags: { cost_center: null, environment: "staging", owner: "Ada Lovelace" },
          },
          headers: expect.objectContaining({
            "content-type": "application/json",
            "user-agent": expect.stringContaining(`slack/T0LOCAL1/${ada.id}`),
          }),
        },
      ]);
      const summary = await said(bed, ada, "#ops");
      for (const line of [
        "@ada changed snapshot db-before-upgrade.",
        "Status: available",
        "Size: 120 GiB",
        "Region: Luxembourg-3 (148)",
        "Project: production (1186668)",
        "Volume: db-primary (0f16ff72-c388-4c69-892f-995c3cb2666f)",
        "Description: Nightly, before the backup window",
        "Creator task: ",
        "Lock: none",
        "Ledger no. 5",
      ]) {
        expect(summary).toContain(line);
      }
      for (const channel of ["#audit", "#audit-2"]) {
        expect(await said(bed, ben, channel)).toContain(
          "Changed: @ada · snapshot nightly-db-2026-11-20 · ledger no. 5",
        );
        expect(slack.messages(channel)).toHaveLength(1);
      }
      expect((await bed.ledger()).map(({ kind }) => kind)).toEqual([
        "key connected",
        "requested",
        "approved",
        "attempted",
        "applied",
      ]);
    });

    test("takes at most three calls to Gcore once the key is connected", async () => {
      const { ada, gcore } = bed;
      gcore.journal.clear();
      await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      expect(gcore.journal.entries.map(({ method }) => method)).toEqual(["GET", "GET", "PATCH"]);
    });

    test("can be typed as one command, which fills the form", async () => {
      const { ada, gcore } = bed;
      const rest = '--name "New name" environment=staging -team --reason "so that"';
      await open(bed, ada, commandFor(gcore.ids.plain, rest));
      expect(ada.value("Project")).toBe("production (1186668)");
      expect(ada.value("Region")).toBe("Region 148");
      expect(ada.value("Snapshot")).toBe(gcore.ids.plain);
      expect(ada.value("New name")).toBe("New name");
      expect(ada.value("Set tags")).toBe("environment=staging");
      expect(ada.value("Remove tags")).toBe("team");
      expect(ada.value("Reason")).toBe("so that");
    });

    test("finds the id in a link, and the place in a link to the API", async () => {
      const { ada, gcore } = bed;
      const id = gcore.ids.plain;
      await open(
        bed,
        ada,
        `/snapshot https://api.gcore.com/cloud/v1/snapshots/1186668/148/${id}?x=1`,
      );
      expect([ada.value("Project"), ada.value("Region"), ada.value("Snapshot")]).toEqual([
        "production (1186668)",
        "Luxembourg-3 (148)",
        "nightly-db-2026-11-20",
      ]);
    });

    test("remembers project and region from the last use", async () => {
      const { ada, gcore } = bed;
      await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      await ada.close();
      await open(bed, ada, "/snapshot");
      expect([ada.value("Project"), ada.value("Region")]).toEqual([
        "production (1186668)",
        "Region 148",
      ]);
    });

    test("can be gone back from, with everything that was typed", async () => {
      const { ada, gcore } = bed;
      const typed = {
        "New name": "db-new",
        "Set tags": "a=1\nb=2",
        Reason: "r",
      };
      await open(bed, ada, commandFor(gcore.ids.plain));
      fill(ada, typed);
      await ada.choose("Remove tags", "team=payments");
      await ada.choose("Other tags", "Remove all tags that are not set above");
      await review(bed, ada);
      await ada.press("Back to the form");
      await bed.slack.until(() => ada.modal?.title === "Change a snapshot");
      for (const [label, text] of Object.entries(typed)) expect(ada.value(label)).toBe(text);
      expect(ada.value("Remove tags")).toBe("team=payments");
      expect(ada.value("Other tags")).toBe("Remove all tags that are not set above");
      fill(ada, { "New name": "db-newer" });
      expect(await review(bed, ada)).toContain("Name: nightly-db-2026-11-20 → db-newer");
    });

    test("keeps characters that Slack escapes as they were typed", async () => {
      const { ada, gcore } = bed;
      await change(bed, ada, commandFor(gcore.ids.plain, 'note="a < b & c > d"'));
      expect(gcore.tags(gcore.ids.plain).get("note")).toBe("a < b & c > d");
    });

    test("a look-up that ends after the person went back leaves what they type alone", async () => {
      const { ada, gcore, slack } = bed;
      await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      gcore.faults.slow(300, { method: "GET" });
      await ada.submit();
      await ada.press("Back to the form");
      await slack.until(() => ada.modal?.title === "Change a snapshot");
      fill(ada, { Reason: "typed meanwhile" });
      await slack.until(() => gcore.journal.calls("GET", /snapshots/).length === 1);
      await new Promise((done) => setTimeout(done, 100));
      expect(ada.value("Reason")).toBe("typed meanwhile");
      expect(ada.modal?.title).toBe("Change a snapshot");
    });

    test("gives no command to take it back where that would do something else", async () => {
      const { ada, gcore } = bed;
      const id = gcore.ids.plain;
      gcore.update(id, (draft) => {
        for (const tag of draft.tags) if (tag.key === "team") tag.value = "a\u200bb";
      });
      await open(bed, ada, commandFor(id, "team=x"));
      const preview = await review(bed, ada);
      expect(preview).toContain("a⟨U+200B⟩b → x");
      expect(preview).toContain("One command cannot put all of it back.");
      expect(preview).not.toContain("/snapshot ");
    });

    test("says how to take it back, as a command that does so", async () => {
      const { ada, gcore } = bed;
      const id = gcore.ids.plain;
      const before = gcore.snapshot(id);
      await change(bed, ada, commandFor(id, '--name "one two" environment="x y" -team added=1'));
      const summary = await said(bed, ada, "#ops");
      const command = summary.split("\n").find((line) => line.startsWith("/snapshot")) ?? "";
      await ada.close();
      await change(bed, ada, command);
      const after = gcore.snapshot(id);
      expect(after.name).toBe(before.name);
      expect(new Set(after.tags)).toEqual(new Set(before.tags));
    });
  });

  describe("the same submission delivered twice", () => {
    test("[bolt-js#816] makes one preview of the form and one request of the agreement", async () => {
      const { ada, gcore, slack } = bed;
      await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      await ada.submit({ deliverTwice: true });
      await slack.until(() => ada.modal?.submitText === "Apply change", "the preview");
      await ada.submit({ deliverTwice: true });
      await said(bed, ada, "#ops");
      await said(bed, ada, "#audit");
      await said(bed, ada, "#audit-2");
      expect(gcore.journal.patches()).toHaveLength(1);
      expect(slack.messages("#ops")).toHaveLength(1);
      expect(slack.messages("#audit")).toHaveLength(1);
      const kinds = (await bed.ledger()).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "requested")).toHaveLength(1);
      expect(kinds.filter((kind) => kind === "approved")).toHaveLength(1);
    });
  });

  describe("the summary goes where the person is", () => {
    test.each([
      ["a private channel that the bot is in", "#war-room"],
      ["the direct messages with the bot", "D0ADA000001"],
    ])("in %s it is a message there", async (_where, channel) => {
      const { ada, gcore } = bed;
      await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"), {}, channel);
      expect(await said(bed, ada, channel)).toContain("@ada changed snapshot");
      expect(bed.slack.messages(channel).some((message) => "user" in message)).toBe(true);
    });

    test.each([
      ["a public channel that the bot is not in", "#lobby", "not_in_channel"],
      ["a private channel that the bot is not in", "#secret", "channel_not_found"],
      ["direct messages with somebody else", "D0ADABEN001", "channel_not_found"],
    ])(
      "[hypha#943] in %s it is told to the person alone, and why",
      async (_where, channel, error) => {
        const { ada, ben, gcore } = bed;
        await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"), {}, channel);
        const told = await said(bed, ada, channel);
        expect(told).toContain("@ada changed snapshot");
        expect(told).toContain(`Slack says: ${error}`);
        expect(ben.sees(channel).join("\n")).not.toContain("changed snapshot");
        await said(bed, ben, "#audit");
      },
    );

    test("when Slack's address for answers has run out, it is a direct message", async () => {
      const { ada, gcore } = bed;
      await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"), "#lobby");
      await review(bed, ada);
      bed.advance(31 * 60_000);
      await apply(bed, ada);
      const told = await said(bed, ada, "D0ADA000001");
      expect(told).toContain("@ada changed snapshot");
      expect(told).toContain("Slack says: not_in_channel");
    });
  });
});
