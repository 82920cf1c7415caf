import type { Core } from "../core.ts";
import type { Member } from "../workspace.ts";

/** Who reads, and with what in mind: it decides on times and names. */
export interface Reader {
  readonly timeZone: string;
  /** The time that "today" refers to, in milliseconds. */
  readonly now: number;
  personName(id: string): string;
  channelName(id: string): string;
  groupName(id: string): string;
}

/** A member of the workspace, reading now. */
export function readerFor(core: Core, member: Member): Reader {
  return {
    timeZone: member.timeZone,
    now: core.clock.now(),
    personName: (id) => core.workspace.nameOf(id),
    groupName: (id) => core.workspace.userGroups.find((one) => one.id === id)?.handle ?? id,
    channelName: (id) => core.workspace.channel(id)?.name ?? id,
  };
}
