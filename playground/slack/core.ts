import type { Clock } from "../clock.ts";
import { Changes } from "./changes.ts";
import type { Features } from "./features.ts";
import { Files } from "./files.ts";
import { ForeignText } from "./foreign.ts";
import { Timestamps } from "./ids.ts";
import { Journal } from "./journal.ts";
import { PostingLimits } from "./limits.ts";
import { MessageForms } from "./message-forms.ts";
import { Messages } from "./messages.ts";
import { ResponseUrls } from "./response-urls.ts";
import type { WorkspaceSeed } from "./seed.ts";
import { Triggers } from "./triggers.ts";
import { Views } from "./views.ts";
import { Workspace } from "./workspace.ts";

/** The tokens and the secret that the bot and Slack share. */
export interface Secrets {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
}

/** The whole state of a local Slack, without a server or a bot. */
export interface Core {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly changes: Changes;
  readonly journal: Journal;
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly messageForms: MessageForms;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly timestamps: Timestamps;
  readonly limits: PostingLimits;
  readonly foreign: ForeignText;
  readonly features: Features;
  /** What the bot was granted when it was installed. */
  readonly scopes: Set<string>;
  /** What the app-level token may do. */
  readonly appScopes: ReadonlySet<string>;
}

/** A workspace in which nobody has said anything yet. */
export function createCore(options: {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly scopes: readonly string[];
  readonly appScopes: readonly string[];
  readonly features: Features;
  readonly workspace: WorkspaceSeed;
}): Core {
  const { clock, secrets } = options;
  const changes = new Changes();
  const workspace = new Workspace(options.workspace, changes);
  const timestamps = new Timestamps(clock);
  return {
    clock,
    secrets,
    changes,
    workspace,
    timestamps,
    journal: new Journal(),
    messages: new Messages(timestamps, changes),
    messageForms: new MessageForms(changes),
    views: new Views(clock, changes),
    files: new Files(),
    triggers: new Triggers(clock),
    responseUrls: new ResponseUrls(clock),
    limits: new PostingLimits(clock),
    foreign: new ForeignText(workspace),
    features: options.features,
    scopes: new Set(options.scopes),
    appScopes: new Set(options.appScopes),
  };
}
