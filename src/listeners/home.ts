import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import type { Deps } from "../deps.ts";
import type { Click } from "./adapters.ts";
import { openForm } from "./change-form.ts";
import { disconnectKey } from "./own-key.ts";

/** Somebody looks at their home tab: it is published as it is now, and follows from here on. */
export async function openHome({ homeTabs, nudge }: Deps, person: Person): Promise<void> {
  await homeTabs.open(person);
  nudge();
}

/** Opens the form for a change that began nowhere: what comes of it goes to the person alone. */
export function changeFromHome(
  deps: Deps,
  { person, triggerId }: Pick<Click, "person" | "triggerId">,
): Promise<Message | undefined> {
  const origin = { channelId: person.userId, responseUrl: null, at: deps.clock.now() };
  const command = { kind: "change", set: [], remove: [], others: "keep" } as const;
  return openForm(deps, person, origin, command, triggerId);
}

/** The button that removes the key; the question came before. */
export const disconnectFromHome = (deps: Deps, { person }: Click): Promise<Message> =>
  disconnectKey(deps, person);
