import type { Origin } from "../approval/change-request.ts";
import type { Person } from "../approval/person.ts";

/** Somebody's click or shortcut, where it was made in a channel. */
interface Made {
  readonly person: Person;
  readonly channelId?: string | undefined;
  readonly responseUrl?: string | undefined;
}

/**
 * Where a conversation begins with it at `at`: in its channel, else `elsewhere`. That is the person's own
 * conversation with the bot where nothing else is said.
 */
export const originOf = (
  { person, channelId, responseUrl }: Made,
  at: number,
  elsewhere: string = person.userId,
): Origin => ({ channelId: channelId ?? elsewhere, responseUrl: responseUrl ?? null, at });
