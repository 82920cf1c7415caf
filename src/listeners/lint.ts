import { keyProblem } from "../approval/key-scope.ts";
import { findingsIn } from "../approval/lint.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { lintMessage, noTagRulesMessage } from "../blocks/lint-message.ts";
import { commandFaultMessage, helpMessage, problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { parseCommand } from "../snapshot/command.ts";
import type { LintFilter } from "../snapshot/lint-words.ts";
import type { Click } from "./adapters.ts";
import { openForm } from "./change-form.ts";
import { tellPerson } from "./tell.ts";

/** How long a person waits for what is not known yet, in milliseconds. */
const PATIENCE = 8_000;

/** Which snapshots break the tag rules, of those that this person's key sees. */
export async function lintSnapshots(
  { policy, keys, catalogue, clock }: Deps,
  person: Person,
  filter: LintFilter,
): Promise<Message> {
  if (policy.tagRules.length === 0) return noTagRulesMessage();
  const key = await keys.get(person);
  if (!key.ok) return problemMessage(key.problem);
  const { apiKey, scope } = key.value;
  const problem = keyProblem(scope, clock.now());
  if (problem !== undefined && problem.kind !== "key-read-only") return problemMessage(problem);
  const { snapshots, ...sight } = await catalogue.see(
    { person, apiKey },
    placeOf(filter),
    PATIENCE,
  );
  const findings = findingsIn(policy.tagRules, snapshots);
  return lintMessage(findings, { ...sight, filter, count: snapshots.length });
}

const placeOf = ({ projectId, regionId }: LintFilter) => ({
  ...(projectId === undefined ? {} : { projectId }),
  ...(regionId === undefined ? {} : { regionId }),
});

/** Another page, or the same one anew, in the place of the one whose button was pressed. */
export async function turnLint(
  deps: Deps,
  { person, value, responseUrl }: Click,
): Promise<Message | undefined> {
  const asked = parseCommand(value);
  if (!asked.ok) return commandFaultMessage(asked.problem);
  if (asked.value.kind !== "lint") return helpMessage();
  const message = await lintSnapshots(deps, person, asked.value);
  await tellPerson(deps, person, responseUrl, message, "instead");
  return undefined;
}

/** Opens the form for a snapshot that breaks rules, filled as far as they say what is to stand there. */
export async function openMend(
  deps: Deps,
  { person, value, channelId, responseUrl, triggerId }: Click,
): Promise<Message | undefined> {
  const asked = parseCommand(value);
  if (!asked.ok) return commandFaultMessage(asked.problem);
  if (asked.value.kind !== "change") return helpMessage();
  const origin = {
    channelId: channelId ?? person.userId,
    responseUrl: responseUrl ?? null,
    at: deps.clock.now(),
  };
  return await openForm(deps, person, origin, asked.value, triggerId);
}
