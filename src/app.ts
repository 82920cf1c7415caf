import { App, type Logger, type Receiver } from "@slack/bolt";
import { CONNECT_VIEW, CONNECTED_VIEW } from "./blocks/connect-view.ts";
import { FORM_VIEW } from "./blocks/form-view.ts";
import { BACK_ACTION, LOOK_AGAIN_ACTION, PREVIEW_VIEW } from "./blocks/preview-view.ts";
import { CONNECT_ACTION } from "./blocks/replies.ts";
import type { Deps } from "./deps.ts";
import { command, messageAction, submission, viewAction } from "./listeners/adapters.ts";
import { backToForm, lookAgain, submitForm } from "./listeners/change-form.ts";
import { onCommand } from "./listeners/command.ts";
import { confirmChange } from "./listeners/confirm.ts";
import { goToForm, openConnect, submitKey } from "./listeners/own-key.ts";
import type { Identity } from "./slack/slack.ts";

/** Everything that Slack can send the bot, and who takes it. */
export function createApp(
  deps: Deps,
  slack: {
    readonly receiver: Receiver;
    readonly identity: Identity;
    readonly token: string;
    readonly logger: Logger;
  },
  inFlight: { begin(): void; end(): void },
): App {
  const { receiver, identity, token, logger } = slack;
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    // The token was verified before; nothing is asked of Slack before a listener runs.
    authorize: async () => ({ ...identity, botToken: token }),
  });
  app.use(async ({ next }) => {
    inFlight.begin();
    try {
      await next();
    } finally {
      inFlight.end();
    }
  });

  app.command(
    "/snapshot",
    command(deps, (call) => onCommand(deps, call)),
  );

  app.view(
    FORM_VIEW,
    submission(deps, (...sent) => submitForm(deps, ...sent)),
  );
  app.view(
    PREVIEW_VIEW,
    submission(deps, (...sent) => confirmChange(deps, ...sent)),
  );
  app.view(
    CONNECT_VIEW,
    submission(deps, (...sent) => submitKey(deps, ...sent)),
  );
  app.view(
    CONNECTED_VIEW,
    submission(deps, (...sent) => goToForm(deps, ...sent)),
  );

  app.action(
    BACK_ACTION,
    viewAction(deps, (...sent) => backToForm(deps, ...sent)),
  );
  app.action(
    LOOK_AGAIN_ACTION,
    viewAction(deps, (...sent) => lookAgain(deps, ...sent)),
  );
  app.action(
    CONNECT_ACTION,
    messageAction(deps, (triggerId) => openConnect(deps, triggerId)),
  );

  app.error(async (error) => deps.log.error({ error }, "A delivery from Slack failed"));
  return app;
}
