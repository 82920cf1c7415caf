/** One person as the workspace is told about them at the start. */
export interface PersonSeed {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly timeZone: string;
  readonly email: string;
  /** The team that they belong to; the workspace's own if it is not said. */
  readonly team?: string;
  readonly isGuest?: boolean;
}

/** One conversation as the workspace is told about it at the start. `im` is between two. */
export interface ChannelSeed {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  readonly members: readonly string[];
  readonly isArchived?: boolean;
  readonly isShared?: boolean;
}

/** One group of people that can be mentioned together. */
export interface UserGroupSeed {
  readonly id: string;
  readonly handle: string;
  readonly members: readonly string[];
}

/** Everything that a workspace has before anybody does anything. */
export interface WorkspaceSeed {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly bot: { readonly userId: string; readonly botId: string; readonly name: string };
  readonly appId: string;
  readonly people: readonly PersonSeed[];
  readonly channels: readonly ChannelSeed[];
  readonly userGroups: readonly UserGroupSeed[];
}

/** The people of the workspace that is there when nothing else is asked for. */
export const people = {
  ada: "U0ADA000001",
  ben: "U0BEN000001",
  cleo: "U0CLEO00001",
  dora: "U0DORA00001",
  gus: "U0GUS000001",
  olga: "U0OLGA00001",
} as const;

/** The bot itself, in the same workspace. */
export const bot = { userId: "U0SNAPBOT01", botId: "B0SNAPBOT01", appId: "A0SNAPBOT01" } as const;

/** The conversations of the same workspace. */
export const channels = {
  ops: "C0OPS000001",
  lobby: "C0LOBBY0001",
  secret: "C0SECRET001",
  warRoom: "C0WARROOM01",
  audit: "C0AUDIT0001",
  audit2: "C0AUDIT0002",
  old: "C0OLD000001",
  /** Shared with the team of Olga. */
  partners: "C0PARTNERS1",
  adaAndBot: "D0ADA000001",
  benAndBot: "D0BEN000001",
  cleoAndBot: "D0CLEO00001",
  doraAndBot: "D0DORA00001",
  gusAndBot: "D0GUS000001",
  /** The bot is not in it. */
  adaAndBen: "D0ADABEN001",
} as const;

const { ada, ben, cleo, dora, gus, olga } = people;
const us = bot.userId;

const room = (
  id: string,
  name: string,
  kind: ChannelSeed["kind"],
  members: readonly string[],
): ChannelSeed => ({ id, name, kind, members });

/** A cloud team of four, a guest and somebody of another company, with the channels they need. */
export const defaultWorkspace: WorkspaceSeed = {
  team: { id: "T0LOCAL1", name: "Snapshot Cloud", domain: "snapshot-cloud" },
  bot: { userId: us, botId: bot.botId, name: "snapshot" },
  appId: bot.appId,
  people: [
    {
      id: ada,
      name: "ada",
      realName: "Ada Reyes",
      timeZone: "Europe/Luxembourg",
      email: "ada@snapshot-cloud.example",
    },
    {
      id: ben,
      name: "ben",
      realName: "Ben Okafor",
      timeZone: "America/New_York",
      email: "ben@snapshot-cloud.example",
    },
    {
      id: cleo,
      name: "cleo",
      realName: "Cleo Tanaka",
      timeZone: "Asia/Tokyo",
      email: "cleo@snapshot-cloud.example",
    },
    {
      id: dora,
      name: "dora",
      realName: "Dora Lindqvist",
      timeZone: "Europe/London",
      email: "dora@snapshot-cloud.example",
    },
    {
      id: gus,
      name: "gus",
      realName: "Gus Weber",
      timeZone: "Europe/Berlin",
      email: "gus@contractor.example",
      isGuest: true,
    },
    {
      id: olga,
      name: "olga",
      realName: "Olga Petrova",
      timeZone: "Europe/Athens",
      email: "olga@partner.example",
      team: "T0OTHER",
    },
  ],
  channels: [
    room(channels.ops, "ops", "public", [ada, ben, cleo, dora, gus, us]),
    room(channels.lobby, "lobby", "public", [ada, ben, cleo, dora]),
    room(channels.secret, "secret", "private", [ada, ben]),
    room(channels.warRoom, "war-room", "private", [ada, ben, cleo, us]),
    room(channels.audit, "audit", "public", [ada, ben, cleo, dora, us]),
    room(channels.audit2, "audit-2", "public", [ben, dora, us]),
    { ...room(channels.old, "old", "public", [ada, ben]), isArchived: true },
    { ...room(channels.partners, "partners", "public", [ada, ben, olga, us]), isShared: true },
    room(channels.adaAndBot, "ada-and-bot", "im", [ada, us]),
    room(channels.benAndBot, "ben-and-bot", "im", [ben, us]),
    room(channels.cleoAndBot, "cleo-and-bot", "im", [cleo, us]),
    room(channels.doraAndBot, "dora-and-bot", "im", [dora, us]),
    room(channels.gusAndBot, "gus-and-bot", "im", [gus, us]),
    room(channels.adaAndBen, "ada-and-ben", "im", [ada, ben]),
  ],
  userGroups: [{ id: "S0APPROVERS", handle: "snapshot-approvers", members: [ben, cleo] }],
};
