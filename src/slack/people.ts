import type { WebClient } from "@slack/web-api";
import { type Person, sameOrganisation } from "../approval/person.ts";
import type { Standing } from "../approval/rights.ts";
import { err, ok, type Result } from "../problem.ts";
import { readError } from "./errors.ts";

/** Who people are, as Slack says now; nothing is remembered. A refusal is Slack's word for it. */
export interface People {
  /** By id and by where they come from: somebody elsewhere may have the id of one of ours. */
  standing(person: Person): Promise<Result<Standing, string>>;
  /** The same for an id of ours. */
  standingOfOwn(userId: string): Promise<Result<Standing, string>>;
  /**
   * Whether what is sent to this person's id comes to them: here the same id may be somebody else's.
   */
  isReached(person: Person): Promise<boolean>;
  /** The ids of a user group's members. */
  groupMembers(groupId: string): Promise<Result<readonly string[], string>>;
}

/** The team (and organisation) that the bot is installed in. */
export interface Home {
  readonly teamId: string;
  readonly enterpriseId: string | null;
}

/** People through this client. @param home where the bot is at home, once that is known */
export function peopleThrough(client: WebClient, home: () => Home | undefined): People {
  const standingIn = async (own: Home, userId: string): Promise<Result<Standing, string>> => {
    try {
      const { user } = await client.users.info({ user: userId });
      if (user === undefined) return err("no answer");
      const { enterprise_id: enterprise } = user.enterprise_user ?? {};
      const isOurs =
        user.team_id === own.teamId ||
        (own.enterpriseId !== null && enterprise === own.enterpriseId);
      if (user.is_stranger || !isOurs) return ok("outsider");
      if (user.deleted) return ok("deactivated");
      if (user.is_bot) return ok("bot");
      return ok(user.is_restricted || user.is_ultra_restricted ? "guest" : "member");
    } catch (error) {
      const { error: word } = readError(error);
      // Whom Slack does not know, or does not show, is nobody of ours.
      return word === "user_not_found" || word === "user_not_visible" ? ok("outsider") : err(word);
    }
  };
  return {
    async standing(person) {
      const own = home();
      if (own === undefined) return err("no answer");
      return sameOrganisation(person, own) ? standingIn(own, person.userId) : ok("outsider");
    },
    async standingOfOwn(userId) {
      const own = home();
      return own === undefined ? err("no answer") : standingIn(own, userId);
    },
    async isReached({ userId, teamId, enterpriseId }) {
      const own = home();
      if (own === undefined) return false;
      if (sameOrganisation({ teamId, enterpriseId }, own)) return true;
      // Those of other organisations whom Slack knows here have their own team in their record.
      const answer = await client.users.info({ user: userId }).catch(() => undefined);
      return answer?.user?.team_id === teamId;
    },
    async groupMembers(groupId) {
      try {
        const { users = [] } = await client.usergroups.users.list({ usergroup: groupId });
        return ok(users);
      } catch (error) {
        return err(readError(error).error);
      }
    },
  };
}
