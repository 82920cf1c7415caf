import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { accidentView } from "../blocks/plain-views.ts";
import { accidentMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { noteFacts } from "../log-context.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";
import { personOf } from "./slack-body.ts";
import { tellPerson } from "./tell.ts";

/** A command as Slack sends it, and how it is answered: once within three seconds, then any time. */
export interface CommandCall {
  readonly person: Person;
  readonly channelId: string;
  readonly text: string;
  readonly triggerId: string;
  readonly responseUrl: string;
  /** Answers the person alone, now. */
  reply(message: Message): Promise<void>;
  /** Says that the command has arrived; what comes of it is told with `tell`. */
  accept(): Promise<void>;
  tell(message: Message): Promise<void>;
}

/*
 * Slack's calls, as the listeners know them. Whatever a listener throws is caught here, logged under
 * a reference, and the person is given the reference: no click stays without an answer.
 */

export const command =
  (deps: Deps, listener: (deps: Deps, call: CommandCall) => Promise<void>) =>
  async ({ command: sent, ack }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    let acknowledged = false;
    const person = personOf({
      user: { id: sent.user_id },
      team: { id: sent.team_id },
      enterprise: sent.enterprise_id ? { id: sent.enterprise_id } : null,
    });
    const tell = (message: Message): Promise<void> =>
      tellPerson(deps, person, sent.response_url, message);
    const reply = async (message: Message): Promise<void> => {
      acknowledged = true;
      await ack({ ...message, response_type: "ephemeral" });
    };
    const call: CommandCall = {
      person,
      channelId: sent.channel_id,
      text: sent.text,
      triggerId: sent.trigger_id,
      responseUrl: sent.response_url,
      reply,
      async accept() {
        acknowledged = true;
        await ack();
      },
      tell,
    };
    await listener(deps, call).catch(async (error: unknown) => {
      const message = accidentMessage(accident(deps, error, "command"));
      await (acknowledged ? tell(message) : reply(message));
    });
  };

export const submission =
  (
    deps: Deps,
    listener: (
      deps: Deps,
      person: Person,
      view: SubmittedView,
      answer: SubmissionAnswer,
    ) => Promise<void>,
  ) =>
  async ({
    body,
    view,
    ack,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    let answered = false;
    const answer: SubmissionAnswer = {
      async update(next) {
        answered = true;
        await ack({ response_action: "update", view: next });
      },
      async errors(errors) {
        answered = true;
        await ack({ response_action: "errors", errors });
      },
      async close() {
        answered = true;
        await ack();
      },
    };
    await listener(deps, personOf(body), view, answer).catch(async (error: unknown) => {
      const reference = accident(deps, error, view.callback_id);
      const told = accidentView(reference);
      if (answered) await updateOrTell(deps, personOf(body), view.id, told, reference);
      else await answer.update(told);
    });
  };

/** A button that was pressed or a line of a menu that was chosen, in a message or in an open view. */
export interface Click {
  readonly person: Person;
  /** What the button or the line carries: the id of a request, or a snapshot and what to do. */
  readonly value: string;
  readonly actionId: string;
  readonly triggerId: string;
  /** The modal that it stands in; undefined in a message and in the home tab. */
  readonly view: SubmittedView | undefined;
  /** Where it was pressed, and Slack's address for answers there. */
  readonly channelId: string | undefined;
  readonly responseUrl: string | undefined;
}

/** A button or a menu; `listener` returns what to tell the person, if anything. */
export const click =
  (deps: Deps, listener: (deps: Deps, click: Click) => Promise<Message | undefined>) =>
  async ({
    body,
    ack,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const [action] = body.actions;
    const pressed: Click = {
      person: personOf(body),
      value: carriedBy(action),
      actionId: action?.action_id ?? "",
      triggerId: body.trigger_id,
      // The home tab is no modal: what is opened from there is opened anew.
      view: body.view?.type === "home" ? undefined : body.view,
      channelId: body.channel?.id,
      // Slack leaves it out in views, whatever the types say.
      responseUrl: body.response_url || undefined,
    };
    try {
      const message = await listener(deps, pressed);
      if (message !== undefined) {
        await tellPerson(deps, pressed.person, pressed.responseUrl, message);
      }
    } catch (error) {
      const reference = accident(deps, error, "click");
      if (pressed.view === undefined) {
        await tellPerson(deps, pressed.person, pressed.responseUrl, accidentMessage(reference));
      } else {
        await updateOrTell(
          deps,
          pressed.person,
          pressed.view.id,
          accidentView(reference),
          reference,
        );
      }
    }
  };

/** What a button carries, or the option that was chosen in a menu. */
function carriedBy(action: BlockAction["actions"][number] | undefined): string {
  if (action?.type === "button") return action.value ?? "";
  return action?.type === "overflow" ||
    action?.type === "external_select" ||
    action?.type === "static_select"
    ? (action.selected_option?.value ?? "")
    : "";
}

/** Logs what nobody foresaw. @returns the reference for the person. */
export function accident({ log, newId }: Deps, error: unknown, during: string): string {
  const reference = newId().slice(0, 8);
  log.error({ error, reference, during }, "An accident");
  noteFacts({ trouble: "accident", reference });
  return reference;
}

/** The view, or where it cannot be shown a direct message: no click stays without an answer. */
async function updateOrTell(
  deps: Deps,
  person: Person,
  viewId: string,
  view: ModalView,
  reference: string,
): Promise<void> {
  const shown = await deps.slack.updateView(viewId, view).catch(() => "not shown");
  if (shown !== "updated") {
    await tellPerson(deps, person, undefined, accidentMessage(reference));
  }
}
