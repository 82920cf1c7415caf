import { afterEach, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { commandFor, fill, open, reads, settled } from "./steps.ts";

let bed: Bed;
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const POLICY = `
rules:
  - name: somebody else agrees
    approve_by:
      users: [${people.ben}]
      groups: [S0APPROVERS]
      expires_after: 24h
`;

/** How many rows a question has. */
const number = async (question: string): Promise<number> =>
  Number((await bed.bot.database.all(`SELECT count(*) AS n FROM ${question}`))[0]?.n);

/** Time goes by, and forms of a day before are forgotten. */
async function forgets(ms: number): Promise<void> {
  const old = `draft WHERE created_at < ${bed.clock.now() + ms - DAY}`;
  expect(await number(old)).toBeGreaterThan(0);
  bed.advance(ms);
  await bed.slack.until(async () => (await number(old)) === 0, "old forms to be forgotten");
}

test("a plan that is just being made keeps its items while old forms are forgotten; a plan of yesterday is gone whole", async () => {
  bed = await startBed({ policy: POLICY });
  const { ada, gcore, slack } = bed;
  gcore.fill(12);
  await bed.connect(ada, gcore.keys.full);
  await open(bed, ada, commandFor(gcore.ids.plain));
  await ada.close({ all: true });
  bed.advance(DAY - 5 * MINUTE);
  await open(bed, ada, "/snapshot bulk");
  fill(ada, { Filter: "name:bulk-*", "Set tags": "cost-centre=4711" });
  // Who may approve is asked when the items are there; Slack takes its time.
  let answers = (): void => undefined;
  const held = new Promise<void>((done) => {
    answers = done;
  });
  slack.watch(async (when, { path }) => {
    if (when === "before" && path.endsWith("usergroups.users.list")) await held;
  });
  await ada.submit();
  await slack.until(async () => (await number("plan_item")) === 12, "the items");
  await forgets(11 * MINUTE);
  answers();
  slack.watch(undefined);
  expect(await settled(bed, ada)).toContain("12 to change");
  expect(await number("plan_item")).toBe(12);

  await forgets(DAY + MINUTE);
  expect(await number("plan_item")).toBe(0);
  await ada.submit();
  expect(ada.modal?.text).toContain("no longer");
  expect(await number("request")).toBe(0);

  await ada.close({ all: true });
  await open(bed, ada, "/snapshot bulk");
  fill(ada, { Filter: "name:bulk-*", "Set tags": "cost-centre=4711" });
  await ada.submit();
  expect(await settled(bed, ada)).toContain("12 to change");
  await ada.submit();
  await reads(bed, ada, "12 snapshots");
  expect(await number("request")).toBe(1);
});
