import type { Core } from "../core.ts";
import type { Courier, Parcel } from "../delivery/courier.ts";
import type { Delivery } from "../journal.ts";
import type { Channel, Member } from "../workspace.ts";

/** One person's Slack client: who they are, and what it has shown them so far. */
export interface Client {
  readonly core: Core;
  readonly courier: Courier;
  readonly member: Member;
  /** The slash commands that the app registered. */
  readonly commands: readonly string[];
  /** Whether Slack writes names in the text of commands as ids. */
  readonly shouldEscape: boolean;
  /** Errors that were shown, in the order of showing. */
  readonly errors: string[];
}

/** How the person acts: with `deliverTwice`, the bot is told the same thing twice at once. */
export interface Manner {
  readonly deliverTwice?: boolean;
}

/** What the person's client says when the bot did not answer, or not as it should. */
export const TROUBLE = "We had some trouble connecting. Try again?";

/**
 * Tells the bot, and waits until it is done with it. Of two answers to the same thing the client
 * takes the first; the other one is only written down.
 */
export async function tell(client: Client, parcel: Parcel, manner: Manner): Promise<Delivery> {
  const first = client.courier.deliver(parcel);
  if (manner.deliverTwice !== true) return await first;
  const second = client.courier.deliver(structuredClone(parcel));
  const taken = await Promise.race([first, second]);
  await Promise.all([first, second]);
  return taken;
}

/** What Slack calls the error of a delivery; `undefined` if there was none. */
export const errorOf = (delivery: Delivery): string | undefined => {
  if (delivery.failure === undefined) return undefined;
  return delivery.failure === "timeout" ? "operation_timeout" : "dispatch_failed";
};

/** The channel, if the person can say something there. */
export function channelToTypeIn(client: Client, nameOrId: string): Channel {
  const { member, core } = client;
  const channel = core.workspace.channelOf(nameOrId);
  if (!channel.members.has(member.id)) {
    throw new Error(`${member.name} is not in ${channel.name} and cannot type there`);
  }
  if (channel.isArchived) throw new Error(`${channel.name} is archived: nobody can type there`);
  return channel;
}

/** Apps of a workspace are for its own people; others meet them only in shared channels. */
export function mustBeOfTheTeam({ member }: Client, what: string): void {
  if (member.isStranger) throw new Error(`${member.name} is of another team and has no ${what}`);
}
