import type { Client } from "./client.ts";

/** What comes with something that a person does, good for this person alone. */
export interface Ticket {
  /** Good for one modal. */
  readonly trigger: string;
  /** Takes answers for them where they did it. */
  readonly responseUrl: string;
  /** A view that they have open, with nothing in it so far. */
  readonly view: string;
}

/**
 * Makes one for what no client sends: whoever tells the bot of that still wants to see what it says
 * to this person in consequence.
 */
export function ticketFor({ core, member }: Client, nameOrId: string): Ticket {
  const { id: channel } = core.workspace.channelOf(nameOrId);
  const title = { type: "plain_text", text: "Nothing yet" };
  const view = core.views.open(member.id, { type: "modal", title, blocks: [] });
  if (typeof view === "string") throw new Error(`no view could be opened: ${view}`);
  const target = { kind: "actions", channel, user: member.id } as const;
  return {
    trigger: core.triggers.issue({ user: member.id, channel }),
    responseUrl: core.responseUrls.issue(target, core.workspace.team.id),
    view: view.id,
  };
}
