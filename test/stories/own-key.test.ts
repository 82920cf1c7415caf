import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor, open, reads, said } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

describe("a person's own key", () => {
  test("is checked live, and what it may do is told with what is unknown", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", "/snapshot key");
    const told = await said(bed, ada, "#ops");
    for (const line of [
      "It may edit snapshots.",
      "Token: slack-bot-maria (29841)",
      "Account: Example Ltd (7350925)",
      "Role in the cloud: User in project 1186668",
      "Projects it sees: ",
      "production (1186668)",
      "Expires: ",
    ]) {
      expect(told).toContain(line);
    }
  });

  test.each(["noExpiry", "oldForm", "admin", "readOnly"] as const)(
    "of the kind “%s” can be connected",
    async (which) => {
      await bed.connect(bed.ada, bed.gcore.keys[which]);
      const { reply } = await bed.ada.command("#ops", "/snapshot key");
      expect(JSON.stringify(reply)).toContain(
        which === "readOnly"
          ? "It may look at snapshots but not edit them."
          : "It may edit snapshots.",
      );
    },
  );

  test("that has expired since is not called one that may edit, and can be replaced", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.addKey({ expiresIn: 3_600_000 }));
    bed.advance(86_400_000);
    const { reply } = await ada.command("#ops", "/snapshot key");
    const told = JSON.stringify(reply);
    expect(told).toContain("expired");
    expect(told).toContain("Connect a key");
    expect(told).not.toContain("It may edit snapshots.");
  });

  test("can be replaced by another", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.readOnly);
    await bed.connect(ada, gcore.keys.full);
    expect(await change(bed, ada, commandFor(gcore.ids.plain, "a=1"))).toContain("Done.");
  });

  test("is gone for good after /snapshot disconnect, from the database's files too", async () => {
    const { ada, gcore, bot, folder } = bed;
    await bed.connect(ada, gcore.keys.full);
    const [row] = await bot.database.all("SELECT value FROM keyv WHERE key LIKE 'gcore-key:%'");
    const sealed = /"sealed":"(v1\.[^"]+)"/.exec(String(row?.value))?.[1] ?? "nothing";
    await ada.command("#ops", "/snapshot disconnect");
    await reads(bed, ada, "Your API key is removed from here for good.");
    for (const name of await readdir(join(folder, "data"))) {
      expect((await readFile(join(folder, "data", name))).includes(sealed)).toBe(false);
    }
    await open(bed, ada, commandFor(gcore.ids.plain, "a=1"));
    expect(ada.modal?.title).toBe("Connect your key");
    expect((await bed.ledger()).map(({ kind }) => kind)).toEqual([
      "key connected",
      "key disconnected",
    ]);
  });

  test("that was never connected can be disconnected without harm", async () => {
    await bed.ada.command("#ops", "/snapshot disconnect");
    await reads(bed, bed.ada, "You have no API key here.");
  });

  test("sealed for one person does not open in the row of another", async () => {
    const { ada, ben, gcore, bot } = bed;
    await bed.connect(ada, gcore.keys.full);
    await bot.database.run(
      `INSERT INTO keyv (key, value)
       SELECT replace(key, ?, ?), value FROM keyv WHERE key LIKE 'gcore-key:%'`,
      ada.id,
      ben.id,
    );
    await ben.command("#ops", `/snapshot show ${gcore.ids.plain} --project 1186668 --region 148`);
    await reads(bed, ben, "Your API key can no longer be opened here.");
    expect(gcore.journal.calls("GET", /snapshots/)).toEqual([]);
  });
});

describe("/snapshot show", () => {
  test("shows the whole snapshot to the person alone, in their own time zone", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", `/snapshot show ${gcore.ids.plain} --project 1186668 --region 148`);
    const told = await said(bed, ada, "#ops");
    expect(told).toContain("Status: available");
    expect(told).toContain("bootable = False 🔒 Gcore's own");
    expect(ben.sees("#ops")).toEqual([]);
  });

  test("finds a snapshot by its id alone, wherever the key sees it", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", `/snapshot show ${gcore.ids.staging}`);
    await reads(bed, ada, "Project: staging (1202779)");
    // The last place is another one now.
    await ada.command("#ops", `/snapshot show ${gcore.ids.plain}`);
    await reads(bed, ada, "Name: nightly-db-2026-11-20");
  });

  test("says so when the key sees it nowhere, or not where it was said to be", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    for (const [index, where] of [
      gcore.ids.otherProject,
      `${gcore.ids.plain} --project 1202779 --region 148`,
      `${gcore.ids.plain} --project 1202779`,
    ].entries()) {
      await ada.command("#ops", `/snapshot show ${where}`);
      const told = await said(bed, ada, "#ops", index + 1);
      expect(
        told.split("Check the id, and the project and the region if you named them."),
      ).toHaveLength(index + 2);
    }
  });

  test.each([
    "hostile",
    "manyTags",
    "policyMade",
    "longValue",
    "legacyKey",
    "locked",
    "errored",
    "creating",
    "noTagsAtAll",
    "protoKeys",
  ] as const)("shows the snapshot “%s” as text, whatever is in it", async (which) => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.command("#ops", `/snapshot show ${gcore.ids[which]} --project 1186668 --region 148`);
    await reads(bed, ada, `Id: ${gcore.ids[which]}`);
  });

  test("works for a key that may only look", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.readOnly);
    await ada.command("#ops", `/snapshot show ${gcore.ids.plain} --project 1186668 --region 148`);
    await reads(bed, ada, "Status: available");
  });
});

describe("/snapshot help", () => {
  test("tells every command", async () => {
    await bed.ada.command("#ops", "/snapshot help");
    const told = await said(bed, bed.ada, "#ops");
    for (const command of ["show", "connect", "key", "disconnect", "help"]) {
      expect(told).toContain(`/snapshot ${command}`);
    }
  });
});
