import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import type { Deps } from "../deps.ts";
import type { Click } from "./adapters.ts";
import { disconnectKey } from "./own-key.ts";

/** Somebody looks at their home tab: it is published as it is now, and follows from here on. */
export async function openHome({ homeTabs, slack, nudge }: Deps, person: Person): Promise<void> {
  if (slack.isVerified() && !(await slack.isReached(person))) return;
  await homeTabs.open(person);
  nudge("say");
}

/** The button that removes the key; the question came before. */
export const disconnectFromHome = (deps: Deps, { person }: Click): Promise<Message> =>
  disconnectKey(deps, person);
