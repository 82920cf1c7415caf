import { z } from "zod";
import { type Placed, placedIn } from "../slack/blocks/walk.ts";
import { labelOf } from "../slack/client/fields.ts";
import type { Json } from "../slack/json.ts";
import type { Person } from "../slack/slack.ts";
import type { Playground } from "./playground.ts";

const text = z.string().max(50_000);
const field = { view: text, block: text, action: text };

const schema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("send"), as: text, channel: text, text }),
  z.object({ do: z.literal("read"), as: text, channel: text }),
  z.object({ do: z.literal("fill"), as: text, ...field, value: text }),
  z.object({ do: z.literal("enter"), as: text, ...field }),
  z.object({
    ...{ do: z.literal("choose"), as: text, ...field },
    options: z.array(text).max(100),
    typed: text.optional(),
  }),
  z.object({ do: z.literal("suggest"), as: text, ...field, typed: text }),
  z.object({ do: z.literal("submit"), as: text, view: text }),
  z.object({ do: z.literal("close"), as: text, view: text, all: z.boolean() }),
  z.object({ do: z.literal("press"), as: text, view: text, action: text, text }),
  z.object({
    ...{ do: z.literal("press-in"), as: text, channel: text, ts: text },
    ...{ action: text, text },
  }),
  z.object({
    ...{ do: z.literal("choose-in"), as: text, channel: text, ts: text },
    ...{ block: text, action: text, options: z.array(text).max(100) },
  }),
]);

/** What somebody does in the page. */
export type Action = z.infer<typeof schema>;

/** What `body` asks for, or `undefined` if it makes no sense. */
export const readAction = (body: Json | undefined): Action | undefined =>
  schema.safeParse(body).data;

const placed = (blocks: Placed["block"][], block: string, action: string): Placed => {
  const found = placedIn(blocks).find(
    (one) => one.block.block_id === block && one.element.action_id === action,
  );
  if (found === undefined) throw new Error("That field is not there any more.");
  return found;
};

/** The field's name, after a look whether the view is still the one on top. */
const labelIn = (
  person: Person,
  { view, block, action }: { view: string; block: string; action: string },
): string => labelOf(placed([...topIs(person, view).blocks], block, action));

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

const send = async ({ slack }: Playground, person: Person, channel: string, line: string) => {
  if (line.startsWith("/")) return await person.command(channel, line);
  const { members, isArchived } = slack.workspace.channelOf(channel);
  if (!members.has(person.id) || isArchived) throw new Error("Nobody can write here.");
  slack.say(person.name, channel, line);
  return {};
};

/** Does it, as the person would in their client. @throws what the client would not let them do. */
export async function perform(playground: Playground, action: Action): Promise<object> {
  const { slack } = playground;
  const person = slack.person(action.as);
  switch (action.do) {
    case "send":
      return await send(playground, person, action.channel, action.text);
    case "read":
      if (playground.marks.read(person.id, action.channel)) playground.changed();
      return {};
    case "fill":
      person.fill(labelIn(person, action), action.value);
      return {};
    case "enter":
      return await person.enter(labelIn(person, action));
    case "choose": {
      const { options, typed } = action;
      const how = typed === undefined ? {} : { typed };
      return (await person.choose(labelIn(person, action), options, how)) ?? {};
    }
    case "suggest":
      return { options: await person.suggestions(labelIn(person, action), action.typed) };
    case "submit":
      return await submit(person, action.view);
    case "close":
      topIs(person, action.view);
      await person.close({ all: action.all });
      return {};
    case "press":
      topIs(person, action.view);
      return await person.press(action.text, { actionId: action.action });
    case "press-in": {
      const { text, channel, ts, action: actionId } = action;
      return await person.press(text, { channel, message: ts, actionId });
    }
    case "choose-in": {
      const { channel, ts, block, action: id, options } = action;
      const message = slack.messages(channel, { as: person.id }).find((one) => one.ts === ts);
      if (message === undefined) throw new Error("That message is not there any more.");
      return await person.chooseIn(
        message,
        labelOf(placed([...message.blocks], block, id)),
        options,
      );
    }
    default:
      return action satisfies never;
  }
}
