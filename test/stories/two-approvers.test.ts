import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { ENGINES } from "../store/engines.ts";
import { askFor, titled } from "./steps.ts";

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
});
