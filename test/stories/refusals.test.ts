import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { apply, commandFor, fill, open, reads, review, said } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(bed.gcore.journal.patches().filter(({ effective }) => effective)).toEqual([]);
  expect(await bed.end()).toEqual([]);
});

const connected = async (key: string) => {
  await bed.connect(bed.ada, key);
  return bed;
};

describe("without a usable key", () => {
  test("a person without one is asked for it first, and then comes to the form they wanted", async () => {
    const { ada, gcore, slack } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(ada.modal?.title).toBe("Connect your key");
    expect(ada.modal?.text).toContain("You have not connected a Gcore API key yet.");
    expect(ada.modal?.text).toContain("Slack does not hide what you paste here");
    ada.fill("Gcore API key", gcore.keys.full);
    await ada.submit();
    await slack.until(() => ada.modal?.submitText === "Go to the form");
    await ada.submit();
    expect(ada.value("Set tags")).toBe("environment=staging");
  });

  test("a text that is no key is refused under the field", async () => {
    const { ada } = bed;
    await open(bed, ada, "/snapshot connect");
    ada.fill("Gcore API key", "my key");
    expect(await ada.submit()).toMatchObject({
      outcome: "errors",
      errors: { "Gcore API key": expect.stringContaining("not a Gcore API key") },
    });
  });

  test.each(["revoked", "expired"] as const)("a key that is %s is not connected", async (which) => {
    const { ada, gcore, slack } = bed;
    await open(bed, ada, "/snapshot connect");
    ada.fill("Gcore API key", gcore.keys[which]);
    await ada.submit();
    await slack.until(() => ada.modal?.text.includes("It was revoked, or has expired"));
    await ada.close();
    expect((await ada.command("#ops", "/snapshot key")).reply?.text).toContain(
      "You have not connected a Gcore API key yet.",
    );
  });

  test("[matrix-appservice-slack#683] a key that expires is refused before a form is offered", async () => {
    const key = bed.gcore.addKey({ expiresIn: 3_600_000 });
    const { ada, gcore, advance } = await connected(key);
    advance(24 * 3_600_000);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(ada.modal?.text).toContain("Your API key has expired (");
  });

  test("a key that expires between form and agreement is refused then", async () => {
    const key = bed.gcore.addKey({ expiresIn: 3_600_000 });
    const { ada, gcore, advance } = await connected(key);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    advance(2 * 3_600_000);
    await ada.submit();
    expect(ada.modal?.text).toContain("Your API key has expired (");
    expect((await bed.ledger()).map(({ kind }) => kind)).toEqual(["key connected", "refused"]);
  });

  test("a key that may only look is told so, before a form is offered", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.readOnly);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(ada.modal?.text).toContain("may look but not change: its role is Observer.");
  });

  test("a key for another project is told which ones it sees", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.otherProject);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    const told = await review(bed, ada);
    expect(told).toContain("Your API key does not see project 1186668.");
    expect(told).toContain("(1210004)");
  });

  test("a key that sees a new project since it was connected may change there", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.otherProject);
    gcore.changeKey(gcore.keys.otherProject, { projects: [1210004, 1186668] });
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(await review(bed, ada)).toContain("Tag environment: prod → staging");
  });

  test("a key that is revoked after it was connected is told so at the next use", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    gcore.revoke(gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(await review(bed, ada)).toContain("Gcore does not accept your API key.");
  });

  test("a key that is revoked after the preview changes nothing, and everybody is told", async () => {
    const { ada, ben, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    gcore.revoke(gcore.keys.full);
    expect(await apply(bed, ada)).toContain("Not done.");
    await reads(bed, ada, "Gcore does not accept your API key.");
    await reads(bed, ben, "Failed: @ada", "#audit");
  });

  test("a key whose role was taken away after the preview is told what Gcore says", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    gcore.changeKey(gcore.keys.full, { role: "Observer" });
    const told = await apply(bed, ada);
    expect(told).toContain("Not done.");
    expect(told).toContain("Gcore does not let your API key do this.");
  });

  test("a key that Gcore tells nothing about is connected, and unknown is called unknown", async () => {
    const { ada, gcore } = bed;
    gcore.knobs.tokenRecord = 403;
    gcore.knobs.assignments = 403;
    await bed.connect(ada, gcore.keys.full);
    const reply = await ada.command("#ops", "/snapshot key");
    const text = JSON.stringify(reply.reply);
    expect(text).toContain("Gcore does not tell whether it may edit snapshots");
    expect(await said(bed, ada, "#ops")).toMatch(/Expires: unknown/);
  });
});

describe("a key in the text of a command", () => {
  test.each([
    ["after a word", (key: string) => `/snapshot connect ${key}`],
    ["alone", (key: string) => `/snapshot ${key}`],
    ["in a reason", (key: string) => `/snapshot --reason "my key is ${key}"`],
  ])("%s is refused, and its owner is told to revoke it", async (_where, command) => {
    const { ada, gcore } = bed;
    const { reply } = await ada.command("#ops", command(gcore.keys.full));
    expect(reply?.text).toContain("There is an API key in your command.");
    await reads(bed, ada, "revoke that key in the Gcore portal now");
    expect(ada.modal).toBeUndefined();
  });

  test("the person's own key in a field of the form is refused under that field", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    fill(ada, { Reason: `see ${gcore.keys.full}` });
    expect(await ada.submit()).toMatchObject({
      outcome: "errors",
      errors: { Reason: expect.stringContaining("This looks like an API key") },
    });
    fill(ada, { Reason: "" });
  });

  test("any other key in a field is refused as well, and kept nowhere", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    fill(ada, { Reason: `new one: ${gcore.keys.noExpiry}`, "Set tags": `a=${gcore.keys.admin}` });
    const { errors } = await ada.submit();
    expect(Object.keys(errors ?? {}).sort()).toEqual(["Reason", "Set tags"]);
    fill(ada, { Reason: "", "Set tags": "a=1" });
  });

  test("a key in a field is refused also when none is connected any more", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await ada.command("#ops", "/snapshot disconnect");
    fill(ada, { Reason: gcore.keys.full });
    expect(await ada.submit()).toMatchObject({ outcome: "errors" });
    fill(ada, { Reason: "" });
  });

  test("[sso-elevator#98] a refused change is in the ledger with what was asked for", async () => {
    const { ada } = await connected(bed.gcore.keys.full);
    const id = "00000000-0000-4000-8000-000000000000";
    await open(bed, ada, commandFor(id, 'a=1 --reason "so that"'));
    await review(bed, ada);
    expect((await bed.ledger()).at(-1)).toMatchObject({
      kind: "refused",
      facts: {
        problem: { kind: "snapshot-not-found" },
        ref: { snapshotId: id },
        change: { set: [{ key: "a", value: "1" }] },
        reason: "so that",
      },
    });
  });
});

describe("what Gcore would refuse is refused in the form, under its field, with the rule", () => {
  test.each([
    ["New name", "ab", "3 to 63 characters; this one has 2"],
    ["New name", "x".repeat(64), "3 to 63 characters; this one has 64"],
    ["New name", "prod/db", "letters a-z, digits, spaces and . _ - only; not “/”"],
    ["New name", ".abc", "begins with a letter or a digit"],
    ["New name", "abc-", "ends with a letter, a digit, a dot or an underscore"],
    ["Set tags", "environment", "as key=value. This line has no “=”"],
    ["Set tags", "cost center=1", "A key may hold no spaces"],
    ["Set tags", "=1", "needs a key"],
    ["Set tags", "a=", "has no value"],
    ["Set tags", `a=${"x".repeat(256)}`, "at most 255 characters"],
    ["Set tags", `${"x".repeat(256)}=a`, "at most 255 characters"],
    ["Set tags", "a=1\na=2", "is set twice"],
    ["Set tags", "bootable=true", "Gcore's own tag"],
    ["Remove tags", "volume_name", "Gcore's own tag"],
    ["Remove tags", "cost center", "A key may hold no spaces"],
    ["Reason", "x".repeat(501), "at most 500 characters"],
  ])("%s: %s", async (label, text, rule) => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    fill(ada, { [label]: text });
    expect(await ada.submit()).toMatchObject({
      outcome: "errors",
      errors: { [label]: expect.stringContaining(rule) },
    });
  });

  test("a form in which nothing is asked for says so", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain));
    expect(await ada.submit()).toMatchObject({
      errors: { "New name": expect.stringContaining("Nothing to change yet") },
    });
  });
});

describe("what the snapshot itself refuses", () => {
  test("an unknown snapshot", async () => {
    const { ada } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor("00000000-0000-4000-8000-000000000000", "a=1"));
    const told = await review(bed, ada);
    expect(told).toContain("Gcore knows no such snapshot where your key may look.");
    await ada.press("Back to the form");
    await bed.slack.until(() => ada.modal?.title === "Change a snapshot");
    expect(ada.value("Set tags")).toBe("a=1");
  });

  test("a locked snapshot tells by which task and since when, and can be looked at again", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    const id = gcore.ids.plain;
    const taskId = gcore.lock(id, { task_type: "delete_snapshot" });
    await open(bed, ada, commandFor(id, "environment=staging"));
    const told = await review(bed, ada);
    expect(told).toMatch(/locked by a task \(delete_snapshot\) since .+\d/);
    expect(told).toContain("Tag environment: prod → staging");
    expect(ada.modal?.submitText).toBe("Apply when it is free");
    gcore.finishTask(taskId, "it failed");
    gcore.update(id, { task_id: null });
    await ada.press("Look again");
    await bed.slack.until(() => ada.modal?.submitText === "Apply change");
  });

  test("a read-only tag is never sent", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "image_id=other"));
    expect(await review(bed, ada)).toContain("Gcore marks as read-only: image_id");
  });

  test("a change that would change nothing cannot be applied", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=prod -nothing"));
    const told = await review(bed, ada);
    expect(told).toContain("The snapshot is already like this: nothing would change.");
    expect(told).toContain("There is no tag nothing to remove.");
    expect(ada.modal?.submitText).toBeUndefined();
  });

  test("[nao#1323] a change that is too large to be shown whole is not offered", async () => {
    const { ada, gcore } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.manyTags, "--clear-tags"));
    expect(await review(bed, ada)).toContain("This would change 300 things at once");
  });
});

describe("what is somebody else's", () => {
  test("[terrapod#687] an id of another person's form opens nothing", async () => {
    const { ada, ben, gcore, slack } = await connected(bed.gcore.keys.full);
    await bed.connect(ben, gcore.keys.colleague);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    const draftId = ada.modal?.privateMetadata;
    await open(bed, ben, commandFor(gcore.ids.plain, "environment=other"));
    await review(bed, ben);
    // What a forged client would send: Ben's own view with the id of Ada's change in it.
    const [view] = slack.stack("ben");
    if (view !== undefined) Object.assign(view.content, { private_metadata: draftId });
    await ben.submit();
    expect(ben.modal?.text).toContain("I no longer have this form.");
    expect((await bed.ledger()).map(({ kind }) => kind)).not.toContain("requested");
  });

  test("a form that is older than a day is gone, and says so", async () => {
    const { ada, gcore, slack } = await connected(bed.gcore.keys.full);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    bed.advance(25 * 3_600_000);
    await slack.until(
      async () => (await bed.bot.database.all("SELECT 1 FROM draft")).length === 0,
      "the form to be forgotten",
    );
    await ada.submit();
    expect(ada.modal?.text).toContain("I no longer have this form. Forms are kept for a day.");
  });
});

describe("a command that is not understood", () => {
  test.each([
    ["/snapshot conect", "/snapshot connect"],
    ["/snapshot shwo", "/snapshot show <id or link>"],
    ["/snapshot halp", "/snapshot help"],
    ["/snapshot show", "Which snapshot?"],
    ['/snapshot --name "x', "A quote in your command is not closed."],
    ["/snapshot --nam x", "The nearest one is --name"],
    ["/snapshot --project one", "--project takes a number, not one."],
    ["/snapshot --clear-tags a=1", "--replace-tags"],
    ["/snapshot --replace-tags", "--clear-tags"],
  ])("%s gets the nearest usage", async (command, expected) => {
    const { ada } = bed;
    await ada.command("#ops", command);
    await reads(bed, ada, expected);
  });
});
