import { people } from "../../playground/slack/seed.ts";
import { channels } from "../../playground/slack/slack.ts";
import type { ChangeRequest, Draft, Preview } from "../../src/approval/change-request.ts";
import type { Person } from "../../src/approval/person.ts";
import { ANNOUNCE_AGREED, OUTCOMES, type Rule } from "../../src/approval/policy.ts";
import { createGcore } from "../../src/gcore/gcore.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Requests } from "../../src/store/requests.ts";
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

/**
 * Asks for one change of each of these snapshots, as the bot does when somebody presses "Request
 * approval": looked up at Gcore, planned, and written into the database that the bots share.
 */
export async function askForAll(
  { gcore, clock }: World,
  requests: Requests,
  snapshotIds: readonly string[],
  approvals: (index: number) => number,
): Promise<readonly ChangeRequest[]> {
  const client = createGcore(gcore.url, clock);
  const caller = { person: ADA, apiKey: gcore.keys.full };
  const asked: ChangeRequest[] = [];
  for (const [index, snapshotId] of snapshotIds.entries()) {
    const ref = { ...PLACE, snapshotId };
    const before = await client.getSnapshot(caller, ref);
    if (!before.ok) throw new Error(before.problem.kind);
    const change = { set: [{ key: "run", value: `number-${index}` }], remove: [] };
    const plan = planChange(before.value, { ...change, others: "keep" });
    if (!plan.ok) throw new Error(plan.problem.kind);
    const rule = ruleFor(approvals(index));
    const approvers = [people.ben, people.cleo];
    const preview = { ref, before: before.value, plan: plan.value, reason: null, rule, approvers };
    asked.push(
      await requests.ask(draftOf(index, preview, clock.now()), `V0ADA${index}`, null, clock.now()),
    );
  }
  return asked;
}

const draftOf = (
  index: number,
  preview: Preview,
  now: number,
): Draft & { readonly preview: Preview } => ({
  id: `r${String(index).padStart(6, "0")}`,
  person: ADA,
  origin: { channelId: ROOMS[index % ROOMS.length] ?? channels.ops, responseUrl: null, at: now },
  input: EMPTY_FORM,
  createdAt: now,
  preview,
  lookUp: null,
  formId: null,
  requestId: null,
  undoes: null,
});
