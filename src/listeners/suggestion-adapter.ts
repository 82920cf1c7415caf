import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from "@slack/bolt";
import type { Person } from "../approval/person.ts";
import { type Choices, choices } from "../blocks/choices.ts";
import { plainOf } from "../blocks/phrase.ts";
import { accidentPhrase } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { accident } from "./adapters.ts";
import type { SubmittedView } from "./answers.ts";
import { personOf } from "./slack-body.ts";

/** Somebody types into a menu: what is typed, and what stands in its view otherwise. */
export interface Typing {
  readonly person: Person;
  readonly typed: string;
  readonly view: SubmittedView;
}

/** A menu whose options the bot is asked for. Whatever goes wrong is said in it. */
export const suggestion =
  (deps: Deps, listener: (deps: Deps, typing: Typing) => Promise<Choices>) =>
  async ({
    body,
    ack,
  }: SlackOptionsMiddlewareArgs<"block_suggestion"> & AllMiddlewareArgs): Promise<void> => {
    if (body.view === undefined) return ack({ options: [] });
    const typing = { person: personOf(body), typed: body.value, view: body.view };
    const answer = await listener(deps, typing).catch((error: unknown) =>
      choices([], plainOf(accidentPhrase(accident(deps, error, "suggestion")))),
    );
    await ack(answer);
  };
