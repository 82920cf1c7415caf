import { findingsIn } from "../approval/lint.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { lintMessage, noTagRulesMessage } from "../blocks/lint-message.ts";
import { commandFaultMessage, helpMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { parseCommand } from "../snapshot/command.ts";
import type { Filter } from "../snapshot/filter.ts";
import { FIRST_PAGE, pageOf } from "../snapshot/list-page.ts";
import type { Click } from "./adapters.ts";
import { openForm } from "./change-form.ts";
import { findSnapshots } from "./find-snapshots.ts";
import { originOf } from "./origin.ts";

/** Slack takes 50 blocks in a message, and not too much text. */
const ROWS = 8;

/** Which snapshots break the tag rules, of those that the person's key sees and that fit the filter. */
export async function lintSnapshots(
  deps: Deps,
  person: Person,
  filter: Filter,
  from = FIRST_PAGE,
  fresh?: number,
): Promise<Message> {
  const { tagRules } = deps.policy;
  if (tagRules.length === 0) return noTagRulesMessage();
  const found = await findSnapshots(deps, person, filter, fresh);
  if (!found.ok) return found.problem;
  const { snapshots } = found.value;
  const findings = findingsIn(tagRules, snapshots);
  const { items, ...page } = pageOf(
    findings.map(({ snapshot }) => snapshot),
    from,
    ROWS,
  );
  return lintMessage({
    ...{ ...found.value, ...page, filter },
    ...{ findings, total: findings.length, lookedAt: snapshots.length },
    rows: findings.slice(page.before, page.before + items.length),
  });
}

/** Opens the form for a snapshot that breaks rules, filled as far as they say what is to stand there. */
export async function openMend(deps: Deps, click: Click): Promise<Message | undefined> {
  const { person, value, triggerId } = click;
  const asked = parseCommand(value);
  if (!asked.ok) return commandFaultMessage(asked.problem);
  if (asked.value.kind !== "change") return helpMessage();
  const origin = originOf(click, deps.clock.now());
  return await openForm(deps, person, origin, asked.value, triggerId);
}
