import { z } from "zod";
import type { Json } from "../slack/json.ts";
import type { Person } from "../slack/slack.ts";

const text = z.string().max(50_000);
const ids = { block: text, action: text };
const at = z.union([
  z.object({ view: text, ...ids }),
  z.object({ channel: text, ts: text, ...ids }),
]);
const json: z.ZodType<Json> = z.json();

/** What somebody does to one element of a view or of a message. */
export const fieldActions = [
  z.object({ do: z.literal("put"), as: text, at, value: json }),
  z.object({ do: z.literal("report"), as: text, at }),
  z.object({ do: z.literal("enter"), as: text, at }),
  z.object({ do: z.literal("suggest"), as: text, at, typed: text }),
  z.object({ do: z.literal("press"), as: text, at, entry: json.optional() }),
] as const;

export type FieldAction = z.infer<(typeof fieldActions)[number]>;

/** Does it, as the person would in their client. @throws what the client would not let them do. */
export async function performInField({ hand }: Person, action: FieldAction): Promise<object> {
  switch (action.do) {
    case "put":
      return { isReported: hand.put(action.at, action.value) };
    case "report":
      return await hand.report(action.at);
    case "enter":
      return (await hand.enter(action.at)) ?? {};
    case "suggest":
      return { offers: await hand.suggest(action.at, action.typed) };
    case "press":
      return await hand.press(action.at, action.entry);
    default:
      return action satisfies never;
  }
}
