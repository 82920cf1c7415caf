import type { LocalGcore } from "../gcore/gcore.ts";
import { people } from "../slack/slack.ts";
import type { Member } from "../slack/workspace.ts";
import type { PageKey } from "./state.ts";

const DAY = 86_400_000;

/** What each person of the workspace is for the bot. */
export const parts: Readonly<Record<string, string>> = {
  [people.ada]: "requester",
  [people.ben]: "approver",
  [people.cleo]: "approver",
  [people.dora]: "outside",
  [people.gus]: "guest",
  [people.olga]: "other team",
};

const kinds = [
  { name: "Full", use: "reads and changes snapshots", given: {} },
  {
    name: "Read-only",
    use: "looks but may not change",
    given: { role: "Observer", projects: null },
  },
  {
    name: "Other project",
    use: "has a role elsewhere only",
    given: { projects: [1210004] },
  },
  { name: "Expired", use: "ran out yesterday", given: { expiresIn: -DAY } },
] as const;

/** Issues one key of each kind to a person. Each has its own issuer, as roles belong to those. */
export const issueKeys = (gcore: LocalGcore, member: Member, firstUser: number): PageKey[] =>
  kinds.map(({ name, use, given }, index) => ({
    name,
    use,
    text: gcore.addKey({
      ...given,
      name: `${member.name}-${name.toLowerCase().replaceAll(" ", "-")}`,
      user: { id: firstUser + index, name: member.realName, email: member.email },
    }),
  }));
