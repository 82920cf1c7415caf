import { App, type Logger, type Receiver } from "@slack/bolt";
import {
  GO_ON_ACTION,
  PAUSE_ACTION,
  RETRY_ACTION,
  SEE_PLAN_ACTION,
  STOP_ACTION,
} from "./blocks/bulk-buttons.ts";
import { BULK_PICKER, BULK_VIEW } from "./blocks/bulk-form-view.ts";
import { BULK_PREVIEW_VIEW } from "./blocks/bulk-views.ts";
import { CHOOSE_VIEW } from "./blocks/choose-view.ts";
import { CONNECT_VIEW, CONNECTED_VIEW } from "./blocks/connect-view.ts";
import { DEFAULTS_VIEW } from "./blocks/defaults-view.ts";
import {
  COPY_PICKER,
  FORM_VIEW,
  PROJECT_PICKER,
  REGION_PICKER,
  SNAPSHOT_PICKER,
} from "./blocks/form-view.ts";
import { HISTORY_NEWER_ACTION, HISTORY_OLDER_ACTION } from "./blocks/history-message.ts";
import { CHANGE_ACTION, DEFAULTS_ACTION, DISCONNECT_ACTION } from "./blocks/home-view.ts";
import { MEND_ACTION } from "./blocks/lint-message.ts";
import {
  LIST_CHANGE_ACTION,
  LIST_NEXT_ACTION,
  LIST_PREVIOUS_ACTION,
  LIST_REFRESH_ACTION,
} from "./blocks/list-frame.ts";
import { PLAN_NEXT_ACTION, PLAN_PART_ACTION, PLAN_PREVIOUS_ACTION } from "./blocks/plan-view.ts";
import { BACK_ACTION, LOOK_AGAIN_ACTION, PREVIEW_VIEW } from "./blocks/preview-view.ts";
import { CONNECT_ACTION } from "./blocks/replies.ts";
import {
  AGAIN_ACTION,
  REJECT_ACTION,
  REVIEW_ACTION,
  REVIEW_AGAIN_ACTION,
  UNDO_ACTION,
  WITHDRAW_ACTION,
} from "./blocks/request-buttons.ts";
import { REJECT_VIEW, REVIEW_VIEW } from "./blocks/review-view.ts";
import {
  CHANGE_SNAPSHOT_ACTION,
  SNAPSHOT_HISTORY_ACTION,
  SNAPSHOT_MENU,
} from "./blocks/snapshot-actions.ts";
import type { Deps } from "./deps.ts";
import type { InFlight } from "./in-flight.ts";
import { click, command, submission } from "./listeners/adapters.ts";
import { lookAgain, openAgain, openRetry, openUndo } from "./listeners/again.ts";
import { changeListed, submitBulkForm } from "./listeners/bulk-form.ts";
import { backToForm, submitForm } from "./listeners/change-form.ts";
import { onCommand } from "./listeners/command.ts";
import { confirmChange } from "./listeners/confirm.ts";
import { confirmPlan } from "./listeners/confirm-plan.ts";
import { copyTagsFrom } from "./listeners/copy-tags.ts";
import { chooseDefaults, submitDefaults } from "./listeners/defaults.ts";
import { type Watcher, watchDeliveries } from "./listeners/deliveries.ts";
import { homeOpened } from "./listeners/event-adapter.ts";
import { pickSnapshot } from "./listeners/fill-form.ts";
import { disconnectFromHome, openHome } from "./listeners/home.ts";
import { openMend } from "./listeners/lint.ts";
import { turnHistoryPage } from "./listeners/list-history.ts";
import { refreshList, turnListPage } from "./listeners/list-pages.ts";
import { connectKey, goToForm, submitKey } from "./listeners/own-key.ts";
import { openRejection, openReview, submitApproval, submitRejection } from "./listeners/review.ts";
import { seePlan, turnPlan } from "./listeners/see-plan.ts";
import { shortcut } from "./listeners/shortcut-adapter.ts";
import { changeFromNowhere, changeMentioned, submitChoice } from "./listeners/shortcuts.ts";
import { actOnSnapshot } from "./listeners/snapshot-menu.ts";
import { goOnWithRun, pauseRun, stopRun } from "./listeners/steer-run.ts";
import {
  suggestProjects,
  suggestRegions,
  suggestSnapshots,
  suggestSources,
} from "./listeners/suggest.ts";
import { suggestion } from "./listeners/suggestion-adapter.ts";
import { withdrawRequest } from "./listeners/withdraw.ts";
import { noteFacts } from "./log-context.ts";
import type { Identity } from "./slack/slack.ts";

/** Everything that Slack can send the bot, and who takes it. */
export const LISTENERS = {
  commands: { "/snapshot": onCommand },
  submissions: {
    [CONNECT_VIEW]: submitKey,
    [CONNECTED_VIEW]: goToForm,
    [FORM_VIEW]: submitForm,
    [PREVIEW_VIEW]: confirmChange,
    [BULK_VIEW]: submitBulkForm,
    [BULK_PREVIEW_VIEW]: confirmPlan,
    [REVIEW_VIEW]: submitApproval,
    [REJECT_VIEW]: submitRejection,
    [DEFAULTS_VIEW]: submitDefaults,
    [CHOOSE_VIEW]: submitChoice,
  },
  suggestions: {
    [PROJECT_PICKER]: suggestProjects,
    [REGION_PICKER]: suggestRegions,
    [SNAPSHOT_PICKER]: suggestSnapshots,
    [COPY_PICKER]: suggestSources,
    [BULK_PICKER]: suggestSnapshots,
  },
  clicks: {
    [SNAPSHOT_PICKER]: pickSnapshot,
    [COPY_PICKER]: copyTagsFrom,
    [CONNECT_ACTION]: connectKey,
    [BACK_ACTION]: backToForm,
    [LOOK_AGAIN_ACTION]: lookAgain,
    [REVIEW_ACTION]: openReview,
    [REVIEW_AGAIN_ACTION]: openReview,
    [REJECT_ACTION]: openRejection,
    [WITHDRAW_ACTION]: withdrawRequest,
    [UNDO_ACTION]: openUndo,
    [AGAIN_ACTION]: openAgain,
    [RETRY_ACTION]: openRetry,
    [SEE_PLAN_ACTION]: seePlan,
    [PLAN_PART_ACTION]: turnPlan,
    [PLAN_PREVIOUS_ACTION]: turnPlan,
    [PLAN_NEXT_ACTION]: turnPlan,
    [PAUSE_ACTION]: pauseRun,
    [GO_ON_ACTION]: goOnWithRun,
    [STOP_ACTION]: stopRun,
    [SNAPSHOT_MENU]: actOnSnapshot,
    [CHANGE_SNAPSHOT_ACTION]: actOnSnapshot,
    [SNAPSHOT_HISTORY_ACTION]: actOnSnapshot,
    [LIST_PREVIOUS_ACTION]: turnListPage,
    [LIST_NEXT_ACTION]: turnListPage,
    [LIST_REFRESH_ACTION]: refreshList,
    [LIST_CHANGE_ACTION]: changeListed,
    [HISTORY_NEWER_ACTION]: turnHistoryPage,
    [HISTORY_OLDER_ACTION]: turnHistoryPage,
    [MEND_ACTION]: openMend,
    [CHANGE_ACTION]: changeFromNowhere,
    [DISCONNECT_ACTION]: disconnectFromHome,
    [DEFAULTS_ACTION]: chooseDefaults,
  },
  shortcuts: {
    "change-snapshot": changeFromNowhere,
    "change-mentioned-snapshot": changeMentioned,
  },
  events: { app_home_opened: openHome },
} as const;

const NAMES: ReadonlySet<string> = new Set(Object.values(LISTENERS).flatMap(Object.keys));

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
  watcher: Watcher,
): App {
  const { receiver, identity, token, logger } = slack;
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    // The token was verified before; nothing is asked of Slack before a listener runs.
    authorize: async () => {
      const { botId, botUserId, teamId } = identity;
      return { botId, botUserId, teamId, botToken: token };
    },
  });
  app.use(({ next }) => inFlight.during(next));
  const { commands, submissions, suggestions, clicks, shortcuts, events } = LISTENERS;
  for (const [name, take] of Object.entries(commands)) app.command(name, command(deps, take));
  for (const [id, take] of Object.entries(submissions)) app.view(id, submission(deps, take));
  for (const [id, take] of Object.entries(suggestions)) app.options(id, suggestion(deps, take));
  for (const [id, take] of Object.entries(clicks)) app.action(id, click(deps, take));
  for (const [id, take] of Object.entries(shortcuts)) app.shortcut(id, shortcut(deps, take));
  app.event("app_home_opened", homeOpened(deps, events.app_home_opened));
  app.error(async (error) => {
    noteFacts({ trouble: "failed" });
    deps.log.error({ error }, "A delivery from Slack failed");
  });
  watchDeliveries(app, NAMES, deps, watcher);
  return app;
}
