import { z } from "zod";
import { placedIn } from "../slack/blocks/walk.ts";
import { labelOf } from "../slack/client/fields.ts";
import type { Json } from "../slack/json.ts";
import type { Person } from "../slack/slack.ts";
import { fieldActions, performInField } from "./field-actions.ts";
import type { Playground } from "./playground.ts";

const text = z.string().max(50_000);

const schema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("send"), as: text, channel: text, text, thread: text.optional() }),
  z.object({ do: z.literal("read"), as: text, channel: text }),
  z.object({ do: z.literal("open-app"), as: text, tab: z.enum(["home", "messages"]) }),
  z.object({ do: z.literal("shortcut"), as: text, callback: text }),
  z.object({
    ...{ do: z.literal("message-shortcut"), as: text },
    ...{ callback: text, channel: text, ts: text },
  }),
  z.object({ do: z.literal("submit"), as: text, view: text }),
  z.object({ do: z.literal("close"), as: text, view: text, all: z.boolean() }),
  ...fieldActions,
]);

/** What somebody does in the page. */
export type Action = z.infer<typeof schema>;

/** What `body` asks for, or `undefined` if it makes no sense. */
export const readAction = (body: Json | undefined): Action | undefined =>
  schema.safeParse(body).data;

const topIs = (person: Person, view: string) => {
  const top = person.modal;
  if (top === undefined || top.id !== view) throw new Error("That view is not open any more.");
  return top;
};

/** Sends the form. Errors that the client itself finds go back by the block they belong to. */
const submit = async (person: Person, viewId: string) => {
  const top = topIs(person, viewId);
  const result = await person.submit();
  const blocked = placedIn(top.blocks).flatMap((one) => {
    const words = one.isInput ? result.blocked?.[labelOf(one)] : undefined;
    return words === undefined ? [] : [[String(one.block.block_id), words]];
  });
  return { outcome: result.outcome, blocked: Object.fromEntries(blocked) };
};

type Send = Extract<Action, { do: "send" }>;

const send = async ({ slack }: Playground, person: Person, { channel, text, thread }: Send) => {
  if (text.startsWith("/")) {
    const command = text.split(" ")[0];
    if (thread !== undefined) throw new Error(`${command} is not supported in threads. Sorry!`);
    return await person.command(channel, text);
  }
  const { members, isArchived } = slack.workspace.channelOf(channel);
  if (!members.has(person.id) || isArchived) throw new Error("Nobody can write here.");
  slack.say(person.name, channel, text, thread);
  return {};
};

/** Does it, as the person would in their client. @throws what the client would not let them do. */
export async function perform(playground: Playground, action: Action): Promise<object> {
  const person = playground.slack.person(action.as);
  const done = await performAs(playground, person, action);
  return { ...done, revision: playground.revision };
}

async function performAs(playground: Playground, person: Person, action: Action): Promise<object> {
  switch (action.do) {
    case "send":
      return await send(playground, person, action);
    case "read":
      if (playground.marks.read(person.id, action.channel)) playground.changed();
      return {};
    case "open-app":
      await person.openHome(action.tab);
      return {};
    case "shortcut":
      return await person.shortcut(action.callback);
    case "message-shortcut":
      return await person.messageShortcut(action.callback, action.channel, action.ts);
    case "submit":
      return await submit(person, action.view);
    case "close":
      topIs(person, action.view);
      await person.close({ all: action.all });
      return {};
    default:
      return await performInField(person, action);
  }
}
