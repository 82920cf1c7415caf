import type { KnownBlock } from "@slack/types";
import { type CloudRole, type KeyScope, READ_ONLY_ROLE } from "../approval/key-scope.ts";
import type { ProjectName } from "../problem.ts";
import { bullets, labelled, paragraph } from "./kit.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { clip } from "./visible.ts";

const MOST = 15;

/** What a connected key is and may do. */
export const keyCard = (scope: KeyScope, where?: "home"): KnownBlock[] => [
  paragraph([{ bold: "Your Gcore API key is connected. " }, ...rightPhrase(scope)]),
  keyFacts(scope),
  // The home tab has a button for it, which says the same.
  ...(where === "home"
    ? []
    : [
        paragraph([
          "Remove it with ",
          { code: "/snapshot disconnect" },
          ". In the Gcore portal it stays until you revoke it there.",
        ]),
      ]),
];

/** What a key is, also one that can no longer be used. What Gcore did not tell is called unknown. */
export function keyFacts(scope: KeyScope): KnownBlock {
  const { tokenId, tokenName, accountId, accountName } = scope;
  return bullets([
    labelled("Token", ...named(tokenName, tokenId)),
    labelled("Account", ...named(accountName, String(accountId))),
    labelled(
      "Role of the token",
      scope.tokenRole === null ? "unknown" : clip(scope.tokenRole, 100),
    ),
    labelled("Role in the cloud", ...roles(scope.cloudRoles)),
    labelled("Projects it sees", ...projects(scope.projects)),
    labelled("Expires", ...expiry(scope.expiry)),
    labelled("Checked with Gcore", { date: scope.learntAt }),
  ]);
}

const rightPhrase = ({ cloudRoles }: KeyScope): Phrase => {
  const roleNames = cloudRoles?.map(({ role }) => role) ?? [];
  if (roleNames.length === 0) {
    return ["Gcore does not tell whether it may edit snapshots; the first change will show."];
  }
  return roleNames.every((role) => role === READ_ONLY_ROLE)
    ? ["It may look at snapshots but not edit them."]
    : ["It may edit snapshots."];
};

const named = (name: string | null, id: string): Phrase =>
  name === null ? [id] : [clip(name, 100), ` (${id})`];

const roles = (cloudRoles: readonly CloudRole[] | null): Phrase => {
  if (cloudRoles === null || cloudRoles.length === 0) return ["unknown"];
  return joined(
    cloudRoles.map(({ role, projectId }) =>
      projectId === null ? `${role} in all projects` : `${role} in project ${projectId}`,
    ),
  );
};

const projects = (list: readonly ProjectName[] | null): Phrase => {
  if (list === null) return ["unknown"];
  return list.length === 0 ? ["none"] : joined(list.map(({ id, name }) => `${name} (${id})`));
};

const joined = (texts: readonly string[]): Piece[] => [
  texts
    .slice(0, MOST)
    .map((text) => clip(text, 100))
    .join(", "),
  texts.length > MOST ? ` and ${texts.length - MOST} more` : "",
];

const expiry = (when: KeyScope["expiry"]): Phrase =>
  typeof when === "object" ? [{ date: when.at }] : [when];
