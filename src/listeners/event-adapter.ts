import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from "@slack/bolt";
import type { Person } from "../approval/person.ts";
import type { Deps } from "../deps.ts";
import { personOf } from "./slack-body.ts";

/** A tab of the app that somebody turned to. Nobody waits for an answer. */
export const homeOpened =
  (deps: Deps, listener: (deps: Deps, person: Person) => Promise<void>) =>
  async ({
    event,
    body,
  }: SlackEventMiddlewareArgs<"app_home_opened"> & AllMiddlewareArgs): Promise<void> => {
    if (event.tab !== "home") return;
    const enterpriseId = body.enterprise_id ?? body.authorizations?.[0]?.enterprise_id;
    const person = personOf({
      user: { id: event.user },
      team: { id: body.team_id },
      enterprise: enterpriseId ? { id: enterpriseId } : null,
    });
    await listener(deps, person);
  };
