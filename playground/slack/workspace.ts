import type { Changes } from "./changes.ts";
import { newId } from "./ids.ts";
import type { ChannelSeed, PersonSeed, UserGroupSeed, WorkspaceSeed } from "./seed.ts";

/** A person of the workspace, with everything said. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly timeZone: string;
  readonly email: string;
  readonly team: string;
  readonly isGuest: boolean;
  /** Of another company: here only through a shared channel. */
  readonly isStranger: boolean;
  /** Their account was switched off. */
  readonly isDeactivated: boolean;
}

/** A conversation: a channel, or a direct message between two. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelSeed["kind"];
  readonly members: ReadonlySet<string>;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isShared: boolean;
}

const asMember = (seed: PersonSeed, team: string): Member => ({
  ...seed,
  team: seed.team ?? team,
  isGuest: seed.isGuest ?? false,
  isStranger: (seed.team ?? team) !== team,
  isDeactivated: false,
});

const asChannel = (seed: ChannelSeed): Channel => ({
  ...seed,
  members: new Set(seed.members),
  isPrivate: seed.kind !== "public",
  isArchived: seed.isArchived ?? false,
  isShared: seed.isShared ?? false,
});

/** Who and what is in the workspace, and who is in which conversation. */
export class Workspace {
  readonly team: WorkspaceSeed["team"];
  readonly bot: WorkspaceSeed["bot"];
  readonly appId: string;
  #userGroups: readonly UserGroupSeed[];
  readonly #people: Map<string, Member>;
  readonly #channels: Map<string, Channel>;
  readonly #changes: Changes;

  constructor(seed: WorkspaceSeed, changes: Changes) {
    this.team = seed.team;
    this.bot = seed.bot;
    this.appId = seed.appId;
    this.#userGroups = seed.userGroups;
    this.#people = new Map(seed.people.map((one) => [one.id, asMember(one, seed.team.id)]));
    this.#channels = new Map(seed.channels.map((one) => [one.id, asChannel(one)]));
    this.#changes = changes;
  }

  get userGroups(): readonly UserGroupSeed[] {
    return this.#userGroups;
  }

  /** Who is in a user group from now on; `undefined`: the group is gone. */
  setGroup(id: string, members: readonly string[] | undefined): void {
    this.#userGroups = this.#userGroups.flatMap((group) =>
      group.id !== id ? [group] : members === undefined ? [] : [{ ...group, members }],
    );
    this.#changes.tell({ kind: "workspace", about: id });
  }

  /** Switches a person's account off. Their clients may not have heard of it yet. */
  deactivate(id: string): void {
    const member = this.#people.get(id);
    if (member === undefined) throw new Error(`there is nobody ${id}`);
    this.#people.set(id, { ...member, isDeactivated: true });
    this.#changes.tell({ kind: "workspace", about: id });
  }

  people(): Member[] {
    return [...this.#people.values()];
  }

  channels(): Channel[] {
    return [...this.#channels.values()];
  }

  member(id: string): Member | undefined {
    return this.#people.get(id);
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  /** The channel called `name`, with or without its `#`. */
  channelNamed(name: string): Channel | undefined {
    const bare = name.replace(/^#/, "");
    return this.channels().find((one) => one.kind !== "im" && one.name === bare);
  }

  /** The channel with that id or name; the caller is sure that there is one. */
  channelOf(nameOrId: string): Channel {
    const found = this.channel(nameOrId) ?? this.channelNamed(nameOrId);
    if (found === undefined) throw new Error(`there is no channel ${nameOrId}`);
    return found;
  }

  /** The direct messages of these two, if they have any. */
  directMessages(one: string, other: string): Channel | undefined {
    return this.channels().find(
      (channel) => channel.kind === "im" && channel.members.has(one) && channel.members.has(other),
    );
  }

  /** The direct messages of these two, begun if need be. */
  openDirectMessages(one: string, other: string): Channel {
    const found = this.directMessages(one, other);
    if (found !== undefined) return found;
    const channel = asChannel({ id: newId("D"), name: "im", kind: "im", members: [one, other] });
    return this.#put(channel);
  }

  /** Whether the person may read what is said there. */
  mayRead(person: string, channel: Channel): boolean {
    if (channel.members.has(person)) return true;
    const member = this.member(person);
    return (
      channel.kind === "public" && member !== undefined && !member.isGuest && !member.isStranger
    );
  }

  /** The name to show for a person or a bot; its id if nobody has it. */
  nameOf(id: string): string {
    return id === this.bot.userId ? this.bot.name : (this.member(id)?.name ?? id);
  }

  invite(nameOrId: string, person: string): void {
    const channel = this.channelOf(nameOrId);
    this.#put({ ...channel, members: new Set([...channel.members, person]) });
  }

  kick(nameOrId: string, person: string): void {
    const channel = this.channelOf(nameOrId);
    this.#put({
      ...channel,
      members: new Set([...channel.members].filter((id) => id !== person)),
    });
  }

  archive(nameOrId: string, isArchived = true): void {
    this.#put({ ...this.channelOf(nameOrId), isArchived });
  }

  #put(channel: Channel): Channel {
    this.#channels.set(channel.id, channel);
    this.#changes.tell({ kind: "workspace", about: channel.id });
    return channel;
  }
}
