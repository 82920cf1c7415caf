import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { ENGINES } from "../store/engines.ts";
import { askFor, commandFor, open, reads, review, titled } from "./steps.ts";

const POLICY = `
rules:
  - name: production needs two others
    when: { tags: { environment: prod } }
    approve_by: { users: [${people.ben}, ${people.cleo}, ${people.dora}], approvals: 2 }
`;

describe.each(ENGINES)("On %s", (engine) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await startBed({ engine, policy: POLICY });
    await bed.connect(bed.ada, bed.gcore.keys.full);
  });
  afterEach(async () => {
    expect(await bed.end()).toEqual([]);
  });

  test("three who approve at the same moment, where two are needed, decide once", async () => {
    const { ada, ben, cleo, dora, gcore } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    const approvers = [ben, cleo, dora];
    for (const person of approvers) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
    }
    await Promise.all(approvers.map((person) => person.submit()));
    for (const person of approvers) {
      await bed.slack.until(() => person.modal?.text.includes("Done."), "the outcome");
    }
    const kinds = (await bed.ledger()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "approved")).toHaveLength(1);
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("[sso-elevator#139] the approval of somebody who has left the company by the second one does not count", async () => {
    const { ada, ben, cleo, dora, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    const approve = async (person: typeof ben) => {
      await titled(bed, person, "Review the request", () => person.press("Review"));
      await person.submit();
    };
    await approve(ben);
    slack.workspace.deactivate(people.ben);
    await approve(cleo);
    expect(cleo.modal?.text).toContain("1 of 2 approvals so far");
    expect(await reads(bed, ada, "Does not count any more: the approval of @ben")).toContain(
      "1 of 2 approvals so far.",
    );
    expect(gcore.journal.patches()).toEqual([]);
    await approve(dora);
    await bed.slack.until(() => dora.modal?.text.includes("Done."), "the outcome");
    const [approved] = (await bed.ledger()).filter(({ kind }) => kind === "approved");
    expect(approved?.facts).toMatchObject({
      approvals: [{ by: { userId: people.cleo } }, { by: { userId: people.dora } }],
      lapsed: [{ by: { userId: people.ben } }],
    });
  });

  test("a change is neither shown nor made with the key of somebody who has left; it can be rejected", async () => {
    const { ada, ben, cleo, gcore, slack } = bed;
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging" });
    await titled(bed, ben, "Review the request", () => ben.press("Review"));
    slack.workspace.deactivate(people.ada);
    await ben.submit();
    expect(ben.modal?.text).toContain("@ada is no member of this workspace any more");
    const looks = gcore.journal.calls().length;
    const shown = await titled(bed, cleo, "Review the request", () => cleo.press("Review"));
    expect(shown).toContain("@ada is no member of this workspace any more");
    expect(cleo.modal?.submitText).toBeUndefined();
    expect(gcore.journal.calls()).toHaveLength(looks);
    await titled(bed, cleo, "Reject the request", () => cleo.press("Reject…"));
    cleo.fill("Why not?", "Ada has left");
    await cleo.submit();
    expect(await reads(bed, cleo, "Rejected: the change that @ada asked for.")).toContain(
      "has left",
    );
  });

  test("[sso-elevator#138] what only people who have left could approve cannot be asked for", async () => {
    const { ada, gcore, slack } = bed;
    for (const person of [people.ben, people.cleo]) slack.workspace.deactivate(person);
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    expect(await review(bed, ada)).toContain(
      "asks for 2 approvals, and only 1 person may give one",
    );
    expect(ada.modal?.submitText).not.toBe("Request approval");
  });
});
