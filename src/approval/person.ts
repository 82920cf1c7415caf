/** A person as Slack knows them. Ids of people are unique only together with team and enterprise. */
export interface Person {
  readonly enterpriseId: string | null;
  readonly teamId: string;
  readonly userId: string;
}

export const samePerson = (one: Person, other: Person): boolean =>
  personId(one) === personId(other);

/** The person as one text, to keep things under. Slack's ids hold no colon. */
export const personId = ({ enterpriseId, teamId, userId }: Person): string =>
  `${enterpriseId ?? ""}:${teamId}:${userId}`;
