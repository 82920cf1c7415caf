import type { LocalSlack } from "../slack/slack.ts";
import type { Channel } from "../slack/workspace.ts";

/** Up to where each person has read each channel. */
export class ReadMarks {
  readonly #marks = new Map<string, string>();
  readonly #slack: LocalSlack;

  constructor(slack: LocalSlack) {
    this.#slack = slack;
  }

  /** The person has seen everything that is in the channel now. @returns whether that is news. */
  read(person: string, channel: string): boolean {
    const last = this.#slack.messages(channel, { as: person }).at(-1)?.ts;
    const at = `${person} ${channel}`;
    if (last === undefined || this.#marks.get(at) === last) return false;
    this.#marks.set(at, last);
    return true;
  }

  /** How many messages of others wait there. */
  unread(person: string, channel: Channel): number {
    const mark = Number(this.#marks.get(`${person} ${channel.id}`) ?? 0);
    return this.#slack
      .messages(channel.id, { as: person })
      .filter((message) => message.user !== person && Number(message.ts) > mark).length;
  }

  /** The same for all conversations that the person is in. */
  unreadAnywhere(person: string): number {
    return this.#slack.workspace
      .channels()
      .filter((channel) => channel.members.has(person))
      .reduce((sum, channel) => sum + this.unread(person, channel), 0);
  }
}
