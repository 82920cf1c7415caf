import { App, type Logger, type Receiver } from "@slack/bolt";
import { CONNECT_VIEW, CONNECTED_VIEW } from "./blocks/connect-view.ts";
import { FORM_VIEW } from "./blocks/form-view.ts";
import { BACK_ACTION, LOOK_AGAIN_ACTION, PREVIEW_VIEW } from "./blocks/preview-view.ts";
import { CONNECT_ACTION } from "./blocks/replies.ts";
import type { Deps } from "./deps.ts";
import type { InFlight } from "./in-flight.ts";
import { command, messageAction, submission, viewAction } from "./listeners/adapters.ts";
import { backToForm, lookAgain, submitForm } from "./listeners/change-form.ts";
import { onCommand } from "./listeners/command.ts";
import { confirmChange } from "./listeners/confirm.ts";
import { goToForm, openConnect, submitKey } from "./listeners/own-key.ts";
import type { Identity } from "./slack/slack.ts";

/** Everything that Slack can send the bot, and who takes it. */
export const LISTENERS = {
  commands: { "/snapshot": onCommand },
  submissions: {
    [CONNECT_VIEW]: submitKey,
    [CONNECTED_VIEW]: goToForm,
    [FORM_VIEW]: submitForm,
    [PREVIEW_VIEW]: confirmChange,
  },
  viewActions: { [BACK_ACTION]: backToForm, [LOOK_AGAIN_ACTION]: lookAgain },
  messageActions: { [CONNECT_ACTION]: openConnect },
} as const;

/** Bolt's app with all listeners, for what comes through `receiver`. */
export function createApp(
  deps: Deps,
  slack: {
    readonly receiver: Receiver;
    readonly identity: Identity;
    readonly token: string;
    readonly logger: Logger;
  },
  inFlight: InFlight,
): App {
  const { receiver, identity, token, logger } = slack;
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    // The token was verified before; nothing is asked of Slack before a listener runs.
    authorize: async () => ({ ...identity, botToken: token }),
  });
  app.use(({ next }) => inFlight.during(next));
  const { commands, submissions, viewActions, messageActions } = LISTENERS;
  for (const [name, take] of Object.entries(commands)) app.command(name, command(deps, take));
  for (const [id, take] of Object.entries(submissions)) app.view(id, submission(deps, take));
  for (const [id, take] of Object.entries(viewActions)) app.action(id, viewAction(deps, take));
  for (const [id, take] of Object.entries(messageActions))
    app.action(id, messageAction(deps, take));
  app.error(async (error) => deps.log.error({ error }, "A delivery from Slack failed"));
  return app;
}
