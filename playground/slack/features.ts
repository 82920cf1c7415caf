/** An entry of Slack's menus that the app registered. */
export interface Shortcut {
  readonly type: "global" | "message";
  readonly name: string;
  readonly callbackId: string;
  readonly description: string;
}

/** What the app's manifest says that it has, beside its commands. */
export interface Features {
  readonly hasHomeTab: boolean;
  readonly hasMessagesTab: boolean;
  /** Nobody can write to the app. */
  readonly isReadOnly: boolean;
  /** The events that the app subscribed to. */
  readonly events: readonly string[];
  /** Slack knows where to ask for the options of menus; without that none has any. */
  readonly asksForOptions: boolean;
  /** Not said: any shortcut that is asked for is one. */
  readonly shortcuts?: readonly Shortcut[];
}

/** An app that has all of it, for tests that ask for nothing else. */
export const everyFeature: Features = {
  hasHomeTab: true,
  hasMessagesTab: true,
  isReadOnly: false,
  events: ["app_home_opened"],
  asksForOptions: true,
};
