import type { Reader } from "../../slack/render/reader.ts";
import type { PageState } from "../state.ts";

/** How the person reads: in their time zone, and with the names of their workspace. */
export const readerOf = ({ me, names, clockAhead }: PageState): Reader => ({
  timeZone: me.timeZone,
  now: Date.now() + clockAhead,
  personName: (id) => names.people[id] ?? id,
  groupName: (id) => names.groups[id] ?? id,
  channelName: (id) => names.channels[id] ?? id,
});
