/** A person as Slack knows them. Ids of people are unique only together with team and enterprise. */
export interface Person {
  readonly enterpriseId: string | null;
  readonly teamId: string;
  readonly userId: string;
}

/**
 * Whether two are one human being. In an enterprise an id is one person's in all of its teams:
 * whoever changes to another team is not somebody else by that.
 */
export const samePerson = (one: Person, other: Person): boolean =>
  one.userId === other.userId && sameOrganisation(one, other);

/** Whether they are of one team, or of teams of one enterprise. */
export const sameOrganisation = (
  one: Pick<Person, "teamId" | "enterpriseId">,
  other: Pick<Person, "teamId" | "enterpriseId">,
): boolean =>
  one.teamId === other.teamId ||
  (one.enterpriseId !== null && one.enterpriseId === other.enterpriseId);

/** The person as one text, to keep things under. Slack's ids hold no colon. */
export const personId = ({ enterpriseId, teamId, userId }: Person): string =>
  `${enterpriseId ?? ""}:${teamId}:${userId}`;
