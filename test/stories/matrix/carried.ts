import type { Bed } from "../../bed.ts";

/** What the elements and views that the bot sent so far carry: what only their reader can send back. */
export interface Carried {
  /** The values of buttons and menus, by their action; the last one last. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The private metadata of views, by their callback id; the last one last. */
  readonly metadata: ReadonlyMap<string, readonly string[]>;
}

/** Everything that the bot has sent so far, as one text each. */
export const sentSoFar = ({ slack: { journal } }: Bed): readonly unknown[] => [
  ...journal.calls.map(({ args }) => args),
  ...journal.responsePosts.map(({ body }) => body),
  ...journal.deliveries.map(({ answer }) => answer),
];

export function carriedSoFar(bed: Bed): Carried {
  const values = new Map<string, string[]>();
  const metadata = new Map<string, string[]>();
  const note = (into: Map<string, string[]>, id: unknown, value: unknown): void => {
    if (typeof id !== "string" || typeof value !== "string") return;
    into.set(id, [...(into.get(id) ?? []), value]);
  };
  for (const sent of sentSoFar(bed)) {
    visit(sent, (object) => {
      const { action_id: actionId, value = "", options, callback_id: callbackId } = object;
      if (Array.isArray(options)) {
        for (const option of options) note(values, actionId, option?.value);
      } else note(values, actionId, value);
      note(metadata, callbackId, object.private_metadata ?? "");
    });
  }
  return { values, metadata };
}

/** Every object in a value; what Slack is sent as the text of some JSON is opened. */
function visit(value: unknown, look: (object: Record<string, unknown>) => void): void {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      visit(JSON.parse(value), look);
    } catch {
      // It only looked like JSON.
    }
  }
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) look(value as Record<string, unknown>);
  for (const member of Object.values(value)) visit(member, look);
}
