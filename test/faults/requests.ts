import { people } from "../../playground/slack/seed.ts";
import { channels } from "../../playground/slack/slack.ts";
import type { Item } from "../../src/approval/bulk.ts";
import { startTally } from "../../src/approval/bulk-plan.ts";
import type { BulkPreview, ChangeRequest, Preview } from "../../src/approval/change-request.ts";
import type { Shown } from "../../src/approval/decide.ts";
import type { Person } from "../../src/approval/person.ts";
import { ANNOUNCE_AGREED, BULK_LIMITS, OUTCOMES, type Rule } from "../../src/approval/policy.ts";
import { createGcore } from "../../src/gcore/gcore.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Plans } from "../../src/store/plans.ts";
import type { Requests } from "../../src/store/requests.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

const ADA: Person = { enterpriseId: null, teamId: "T0LOCAL1", userId: people.ada };
const PLACE = { projectId: 1186668, regionId: 148 };

/** Slack takes a message a second in each channel: several of them do not wait for each other. */
const ROOMS = [channels.ops, channels.warRoom, channels.partners];

/** Ben or Cleo decides; every outcome is announced. */
const ruleFor = (approvals: number): Rule => ({
  name: `needs ${approvals}`,
  when: {},
  verdict: {
    kind: "approve",
    approvals,
    users: [people.ben, people.cleo],
    groups: [],
    selfApproval: false,
    directMessage: false,
    expiresAfter: 30 * 86_400_000,
  },
  announce: { ...ANNOUNCE_AGREED, outcomes: OUTCOMES },
});

/** The snapshots of each request: of most of them one; the plans, of 20 to 50, stand among them. */
export function wishesFor(
  { gcore }: Pick<World, "gcore">,
  { requests, plans }: { readonly requests: number; readonly plans: number },
  random: Random,
): readonly (readonly string[])[] {
  const wishes = gcore.fill(requests - plans, { prefix: "run" }).map((id) => [id]);
  for (let index = 0; index < plans; index += 1) {
    const many = gcore.fill(20 + Math.floor(random.next() * 31), { prefix: `many-${index}` });
    wishes.splice(Math.floor((index * requests) / plans), 0, many);
  }
  return wishes;
}

/**
 * Asks for what somebody wants: for one change of a snapshot, or for a plan of several, as the bot
 * does when somebody presses "Request approval": looked up at Gcore, planned, and written into the
 * database that the bots share.
 */
export async function askForAll(
  world: Pick<World, "gcore" | "clock">,
  { requests, plans }: { readonly requests: Requests; readonly plans: Plans },
  wishes: readonly (readonly string[])[],
  approvals: (index: number) => number,
): Promise<readonly ChangeRequest[]> {
  const { clock } = world;
  const asked: ChangeRequest[] = [];
  for (const [index, snapshotIds] of wishes.entries()) {
    const rule = ruleFor(approvals(index));
    const approvers = [people.ben, people.cleo];
    const items = await itemsFor(world, snapshotIds, `number-${index}`);
    const draft = draftOf(index, clock.now());
    const [first] = items;
    if (first === undefined) throw new Error("nothing is wanted");
    if (items.length === 1) {
      const { before, plan } = first;
      const ref = { ...PLACE, snapshotId: before.snapshotId };
      const preview: Preview = { ref, before, plan, reason: null, rule, approvers };
      asked.push(await requests.ask({ ...draft, preview }, `V0ADA${index}`, null, clock.now()));
      continue;
    }
    await plans.put(draft.id, items);
    const tally = startTally();
    for (const item of items) tally.take({ ...item, rule });
    const change = { set: [{ key: "run", value: `number-${index}` }], remove: [] };
    const bulk = tally.bulk({ kind: "change", change: { ...change, others: "keep" } });
    const preview: BulkPreview = { bulk, reason: null, rule, approvers };
    const shown = { ...draft, preview };
    const limits = { ...BULK_LIMITS, mostPerPerson: Number.MAX_SAFE_INTEGER };
    const many = await requests.askMany(shown, `V0ADA${index}`, null, clock.now(), limits);
    if (!many.ok) throw new Error(many.problem.kind);
    asked.push(many.value);
  }
  return asked;
}

async function itemsFor(
  { gcore, clock }: Pick<World, "gcore" | "clock">,
  snapshotIds: readonly string[],
  value: string,
): Promise<readonly Item[]> {
  const client = createGcore(gcore.url, clock);
  const caller = { person: ADA, apiKey: gcore.keys.full };
  const items: Item[] = [];
  for (const [index, snapshotId] of snapshotIds.entries()) {
    const before = await client.getSnapshot(caller, { ...PLACE, snapshotId });
    if (!before.ok) throw new Error(before.problem.kind);
    const change = { set: [{ key: "run", value }], remove: [], others: "keep" } as const;
    const plan = planChange(before.value, change);
    if (!plan.ok) throw new Error(plan.problem.kind);
    items.push({ n: index + 1, before: before.value, plan: plan.value });
  }
  return items;
}

const draftOf = (index: number, now: number): Omit<Shown, "preview"> => ({
  id: `r${String(index).padStart(6, "0")}`,
  person: ADA,
  origin: { channelId: ROOMS[index % ROOMS.length] ?? channels.ops, responseUrl: null, at: now },
  undoes: null,
});
