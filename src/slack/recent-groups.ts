import type { Clock } from "../clock.ts";
import type { People } from "./people.ts";

/** How long an answer counts as recent, in milliseconds. */
const RECENT = 60_000;

/**
 * The members of groups as Slack said within the last minute: for what is shown to many people at
 * the same time, since Slack answers only some twenty such questions a minute. Never for a decision.
 */
export function recentGroups(
  people: Pick<People, "groupMembers">,
  clock: Clock,
): Pick<People, "groupMembers"> {
  const known = new Map<string, { readonly at: number; readonly members: Members }>();
  return {
    async groupMembers(groupId) {
      const recent = known.get(groupId);
      if (recent !== undefined && recent.at > clock.now() - RECENT) return recent.members;
      const members = people.groupMembers(groupId);
      known.set(groupId, { at: clock.now(), members });
      // What Slack did not tell is asked again.
      if (!(await members).ok) known.delete(groupId);
      return members;
    },
  };
}

type Members = ReturnType<People["groupMembers"]>;
