import type { Changes } from "./changes.ts";
import type { SharedFile } from "./files.ts";
import type { Timestamps } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** A message as it stands now. An edit makes a new one with the same `ts`. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** Who wrote it: a person, or the bot's user. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly edited: boolean;
  /** Only for the eyes of `visibleTo`. */
  readonly ephemeral: boolean;
  readonly visibleTo?: string;
  /** The message that this one is a reply to. */
  readonly threadTs?: string;
  /** A reply that stands in the channel, too. */
  readonly isBroadcast?: true;
  readonly metadata?: JsonObject;
  /** What was shared with it. */
  readonly files?: readonly SharedFile[];
}

export type NewMessage = Pick<Message, "channel" | "user" | "text" | "blocks"> &
  Partial<Pick<Message, "visibleTo" | "threadTs" | "isBroadcast" | "metadata" | "files">>;

/** Every message of every channel, the ephemeral ones too, in the order of saying. */
export class Messages {
  #all: readonly Message[] = [];
  readonly #timestamps: Timestamps;
  readonly #changes: Changes;

  constructor(timestamps: Timestamps, changes: Changes) {
    this.#timestamps = timestamps;
    this.#changes = changes;
  }

  post(message: NewMessage): Message {
    const posted: Message = {
      ...message,
      ts: this.#timestamps.next(),
      edited: false,
      ephemeral: message.visibleTo !== undefined,
    };
    this.#all = [...this.#all, posted];
    this.#changes.tell({ kind: "message", about: posted.channel });
    return posted;
  }

  /** Puts other content into a message that is there. */
  edit(channel: string, ts: string, content: Pick<Message, "text" | "blocks">): Message {
    const before = this.find(channel, ts);
    if (before === undefined) throw new Error(`there is no message ${ts} in ${channel}`);
    const after: Message = { ...before, ...content, edited: true };
    this.#all = this.#all.map((one) => (one === before ? after : one));
    this.#changes.tell({ kind: "message", about: channel });
    return after;
  }

  remove(channel: string, ts: string): void {
    this.#all = this.#all.filter((one) => one.channel !== channel || one.ts !== ts);
    this.#changes.tell({ kind: "message", about: channel });
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#all.find((one) => one.channel === channel && one.ts === ts);
  }

  /** The replies to a message that everybody in the channel can see. */
  replies(channel: string, ts: string): Message[] {
    return this.of(channel).filter((one) => one.threadTs === ts && !one.ephemeral);
  }

  /** All of a channel, or what `person` can see of it: of ephemeral ones only their own. */
  of(channel: string, person?: string): Message[] {
    return this.#all.filter(
      (one) =>
        one.channel === channel &&
        (person === undefined || one.visibleTo === undefined || one.visibleTo === person),
    );
  }
}
