import { z } from "zod";
import type { Json } from "../slack/json.ts";
import { bot, channels } from "../slack/slack.ts";
import type { Playground } from "./playground.ts";

/** What can be made to go wrong. */
const knobs = [
  "slow",
  "forbidden",
  "conflict",
  "busy",
  "broken",
  "lost",
  "meanwhile",
  "edited",
  "locked",
  "limited",
  "kicked",
  "killed",
  "started",
] as const;

const schema = z.object({ turn: z.enum(knobs) });

export type Turn = z.infer<typeof schema>;

/** Which knob `body` turns, or `undefined` if it makes no sense. */
export const readTurn = (body: Json | undefined): Turn | undefined => schema.safeParse(body).data;

const PATCH = { method: "PATCH" };
const locks = new WeakMap<Playground, string>();

const elsewhere = (snapshot: { tags: { key: string; value: string }[] }): void => {
  const tag = snapshot.tags.find(({ key }) => key === "environment");
  if (tag !== undefined) tag.value = `elsewhere-${Math.floor(performance.now())}`;
};

/** Turns a knob. What it brings about meets the next request that it fits. */
export async function turn(playground: Playground, { turn: knob }: Turn): Promise<object> {
  const { slack, gcore } = playground;
  const { faults } = gcore;
  const snapshot = gcore.ids.plain;
  switch (knob) {
    case "slow":
      faults.slow(4000);
      break;
    case "forbidden":
      faults.status(403, PATCH);
      break;
    case "conflict":
      faults.status(409, PATCH);
      break;
    case "busy":
      faults.status(429, { ...PATCH, retryAfter: 2 });
      break;
    case "broken":
      faults.status(500, PATCH);
      break;
    case "lost":
      faults.answerLost();
      break;
    case "meanwhile":
      faults.concurrentEdit(elsewhere, { moment: "beforePatch", id: snapshot });
      break;
    case "edited":
      gcore.update(snapshot, elsewhere);
      break;
    case "locked": {
      const task = locks.get(playground);
      if (task === undefined) locks.set(playground, gcore.lock(snapshot));
      else gcore.finishTask(task);
      if (task !== undefined) locks.delete(playground);
      break;
    }
    case "limited":
      slack.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 3 });
      break;
    case "kicked":
      if (slack.channel("ops").members.has(bot.userId)) slack.kick(channels.ops, bot.userId);
      else slack.invite(channels.ops, bot.userId);
      break;
    case "killed":
      await playground.endBot("SIGKILL");
      break;
    case "started":
      await playground.startBot();
      break;
    default:
      return knob satisfies never;
  }
  playground.changed();
  return {};
}

/** How things stand that were turned, in words. */
export function standing(playground: Playground): string[] {
  const { slack, gcore } = playground;
  const isInOps = slack.channel("ops").members.has(bot.userId);
  return [
    ...(gcore.faults.waiting > 0 ? [`Waiting for Gcore to be asked: ${gcore.faults.waiting}`] : []),
    ...(locks.has(playground) ? ["The snapshot is locked"] : []),
    ...(isInOps ? [] : ["The bot is not in #ops"]),
    ...(playground.isBotUp ? [] : ["The bot is not running"]),
  ];
}
