import type { Watcher } from "../loopback.ts";
import type { ChangeListener } from "./changes.ts";
import { Person } from "./client/person.ts";
import type { Core } from "./core.ts";
import type { Courier } from "./delivery/courier.ts";
import type { DisconnectReason, SocketMode } from "./delivery/socket-mode.ts";
import type { SlackFaults } from "./faults.ts";
import type { Features } from "./features.ts";
import type { SharedFile } from "./files.ts";
import type { FormValues } from "./form.ts";
import type { Journal } from "./journal.ts";
import type { PostingLimits } from "./limits.ts";
import type { Message } from "./messages.ts";
import { encodeEntities } from "./mrkdwn.ts";
import { type Reader, readerFor } from "./render/reader.ts";
import type { View } from "./views.ts";
import type { Channel, Member, Workspace } from "./workspace.ts";

/** A channel with what is said in it. */
export type ChannelState = Channel & { readonly messages: readonly Message[] };

/** A Slack that runs in this process, for one workspace and one app. */
export class LocalSlack {
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly journal: Journal;
  readonly faults: SlackFaults;
  readonly limits: PostingLimits;
  readonly workspace: Workspace;
  /** The other end of Socket Mode. */
  readonly socket: {
    /** How many sockets the bot has open. */
    readonly connections: () => number;
    /** Makes every client leave and come back, or only so many. */
    readonly refresh: (reason?: DisconnectReason, most?: number) => void;
    /** Breaks every connection without a word. */
    readonly drop: () => void;
  };
  readonly #parts: Parts;
  readonly #people = new Map<string, Person>();

  constructor(parts: Parts) {
    const { core, socket } = parts;
    this.#parts = parts;
    this.url = parts.url;
    this.botToken = core.secrets.botToken;
    this.appToken = core.secrets.appToken;
    this.signingSecret = core.secrets.signingSecret;
    this.journal = core.journal;
    this.faults = parts.faults;
    this.limits = core.limits;
    this.workspace = core.workspace;
    this.socket = {
      connections: () => socket.connections,
      refresh: (reason, most) => socket.refresh(reason, most),
      drop: () => socket.drop(),
    };
  }

  /** Where the Web API is. */
  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  /** Posts deliveries to this address from now on. */
  deliverTo(url: string): void {
    this.#parts.courier.deliverTo(url);
  }

  /** The person with that id or name, at their client. */
  person(idOrName: string): Person {
    const { core, courier, commands, shouldEscape } = this.#parts;
    const member = this.#member(idOrName);
    const known = this.#people.get(member.id);
    if (known !== undefined) return known;
    const client = { core, courier, commands, shouldEscape, member, errors: [] };
    const person = new Person(client);
    this.#people.set(member.id, person);
    return person;
  }

  /** The channel with that id or name, as it is now. */
  channel(nameOrId: string): ChannelState {
    const channel = this.workspace.channelOf(nameOrId);
    return { ...channel, messages: this.#parts.core.messages.of(channel.id) };
  }

  /** The messages of a channel: all of them, or what `as` can see. */
  messages(nameOrId: string, options: { readonly as?: string } = {}): Message[] {
    const channel = this.workspace.channelOf(nameOrId);
    const reader = options.as === undefined ? undefined : this.#member(options.as).id;
    if (reader !== undefined && !this.workspace.mayRead(reader, channel)) return [];
    return this.#parts.core.messages.of(channel.id, reader);
  }

  /** A file that was shared, by its id. */
  file(id: string): SharedFile | undefined {
    return this.#parts.core.files.shared(id);
  }

  /** What the app's manifest says that it has. */
  get features(): Features {
    return this.#parts.core.features;
  }

  /** Says something as a person, in their own words; with `thread`, as a reply to that message. */
  say(person: string, nameOrId: string, text: string, thread?: string): Message {
    const { id: channel } = this.workspace.channelOf(nameOrId);
    const user = this.#member(person).id;
    const reply = thread === undefined ? {} : { threadTs: thread };
    const said = { channel, user, text: encodeEntities(text), blocks: [], ...reply };
    return this.#parts.core.messages.post(said);
  }

  /** What stands in the elements of a message, for that person. */
  valuesIn(message: Message, person: string): FormValues {
    return this.#parts.core.messageForms.values(this.#member(person).id, message);
  }

  /** The views that a person has open, the root first. */
  stack(person: string): readonly View[] {
    return this.#parts.core.views.stack(this.#member(person).id);
  }

  /** The home tab of a person, once the bot published one. */
  home(person: string): View | undefined {
    return this.#parts.core.views.home(this.#member(person).id);
  }

  /** How a person reads, for the renderer. */
  reader(person: string): Reader {
    return readerFor(this.#parts.core, this.#member(person));
  }

  /** Calls `watcher` before and after each call of the Web API and each post to a response_url. */
  watch(watcher: Watcher | undefined): void {
    this.#parts.watching.watcher = watcher;
  }

  setScopes(scopes: readonly string[]): void {
    const granted = this.#parts.core.scopes;
    granted.clear();
    for (const scope of scopes) granted.add(scope);
  }

  invite(channel: string, person: string): void {
    this.workspace.invite(channel, person);
  }

  kick(channel: string, person: string): void {
    this.workspace.kick(channel, person);
  }

  archive(channel: string, isArchived = true): void {
    this.workspace.archive(channel, isArchived);
  }

  /** What should not have happened; a test asserts that it is nothing. */
  violations(): string[] {
    return this.journal.violations();
  }

  /** Takes the violations that a test provoked on purpose out of the list, and hands them back. */
  forgive(pattern: RegExp): string[] {
    return this.journal.forgive(pattern);
  }

  /** Calls `listener` after each change; call what it gives to stop that. */
  subscribe(listener: ChangeListener): () => void {
    return this.#parts.core.changes.subscribe(listener);
  }

  /** Waits until `look` finds something: what it gives, unless that is undefined, null or false. */
  until<T>(look: () => T | Promise<T>, what?: string, limitMs?: number) {
    return this.#parts.core.changes.until(look, what, limitMs);
  }

  async stop(): Promise<void> {
    this.#parts.courier.stop();
    await this.#parts.socket.stop();
    await this.#parts.stopListening();
  }

  #member(idOrName: string): Member {
    const found =
      this.workspace.member(idOrName) ??
      this.workspace.people().find((one) => one.name === idOrName);
    if (found === undefined) throw new Error(`there is nobody called ${idOrName}`);
    return found;
  }
}

/** What a local Slack is made of. */
export interface Parts {
  readonly url: string;
  readonly core: Core;
  readonly courier: Courier;
  readonly socket: SocketMode;
  readonly faults: SlackFaults;
  readonly commands: readonly string[];
  readonly shouldEscape: boolean;
  readonly watching: { watcher: Watcher | undefined };
  readonly stopListening: () => Promise<void>;
}
