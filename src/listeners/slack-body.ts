import type { Person } from "../approval/person.ts";

/** Whom an interaction came from, by the payload that Slack signed. */
export function personOf(body: {
  readonly team?:
    | { readonly id: string; readonly enterprise_id?: string | undefined }
    | null
    | undefined;
  readonly enterprise?: { readonly id: string } | null | undefined;
  readonly user: { readonly id: string; readonly team_id?: string | undefined };
}): Person {
  return {
    enterpriseId: body.enterprise?.id ?? body.team?.enterprise_id ?? null,
    teamId: body.team?.id ?? body.user.team_id ?? "",
    userId: body.user.id,
  };
}

/** The text of a command as it was typed: Slack sends `& < >` escaped. */
export const typedText = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
