import type { Shortcut } from "../slack/features.ts";
import type { FormValues } from "../slack/form.ts";
import type { JsonObject } from "../slack/json.ts";

/** Everything that the page shows to the person whose eyes it looks through. */
export interface PageState {
  readonly me: PagePerson;
  readonly people: readonly PagePerson[];
  readonly channels: readonly PageChannel[];
  /** The names of everybody, of every channel and of every user group, by id. */
  readonly names: {
    readonly people: Readonly<Record<string, string>>;
    readonly channels: Readonly<Record<string, string>>;
    readonly groups: Readonly<Record<string, string>>;
  };
  readonly botUser: string;
  /** The modal, the root first. */
  readonly views: readonly PageView[];
  /** The home tab, once the bot published one. */
  readonly home: PageView | null;
  readonly app: PageApp;
  readonly keys: readonly PageKey[];
  readonly commands: readonly SlashCommand[];
  /** A command to begin with. */
  readonly firstCommand: string;
  /** What was turned at the knobs and still stands, in words. */
  readonly standing: readonly string[];
  /** Grows with what went over the wire. */
  readonly traffic: number;
  /** Changes with the bot's database. */
  readonly database: number;
  /** How far everybody's clock is ahead of the browser's, in milliseconds. */
  readonly clockAhead: number;
  readonly tour: PageTour | null;
  /** Grows with every change: of two states, the one with more is the newer. */
  readonly revision: number;
}

/** The tour, while it is shown in the place of the playground. */
export interface PageTour {
  /** 0 before the first one. */
  readonly step: number;
  readonly caption: string;
  /** Through whose eyes, and at which channel, it is to be seen; `""`: wherever one is. */
  readonly person: string;
  readonly channel: string;
  readonly isOnTheWire: boolean;
  readonly standing: "playing" | "held" | "over";
}

/** What the app offers to the person. */
export interface PageApp {
  readonly hasHomeTab: boolean;
  readonly hasMessagesTab: boolean;
  readonly isReadOnly: boolean;
  readonly shortcuts: readonly Shortcut[];
}

export interface PagePerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** What they are for the bot: "requester". */
  readonly part: string;
  readonly timeZone: string;
  readonly unread: number;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  /** In direct messages: whom they are with. */
  readonly withBot: boolean;
  readonly isArchived: boolean;
  readonly isShared: boolean;
  readonly unread: number;
  readonly messages: readonly PageMessage[];
}

export interface PageMessage {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly edited: boolean;
  readonly ephemeral: boolean;
  /** The message that it is a reply to. */
  readonly threadTs: string | null;
  /** A reply that stands in the channel, too. */
  readonly isBroadcast: boolean;
  /** What the person chose in it. */
  readonly values: FormValues;
  /** What was shared with it; below `/files/` by its id. */
  readonly files: readonly PageFile[];
}

export interface PageFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface PageView {
  readonly id: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string;
  readonly blocks: readonly JsonObject[];
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

/** A key to paste. It is the person's own, and Gcore is a local one: nothing secret is shown. */
export interface PageKey {
  readonly name: string;
  readonly use: string;
  readonly text: string;
}

export interface SlashCommand {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}
