import { z } from "zod";
import type { Json } from "../slack/json.ts";
import { bot, channels } from "../slack/slack.ts";
import type { Playground } from "./playground.ts";
import { addWeekly, editWeekly, lockWeekly, weeklyStanding } from "./weekly.ts";

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
  "slowly",
  "weekly",
  "weeklyEdited",
  "weeklyLocked",
  "limited",
  "expired",
  "kicked",
  "archived",
  "minute",
  "minutes",
  "hour",
  "day",
  "killed",
  "started",
] as const;

const schema = z.object({ turn: z.enum(knobs) });

export type Turn = z.infer<typeof schema>;

/** Which knob `body` turns, or `undefined` if it makes no sense. */
export const readTurn = (body: Json | undefined): Turn | undefined => schema.safeParse(body).data;

const MINUTE = 60_000;
const SLOWLY = 1_000;
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
    case "slowly":
      playground.gcoreTakes = playground.gcoreTakes === 0 ? SLOWLY : 0;
      break;
    case "weekly":
      addWeekly(playground);
      break;
    case "weeklyEdited":
      editWeekly(playground, elsewhere);
      break;
    case "weeklyLocked":
      lockWeekly(playground);
      break;
    case "limited":
      slack.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 3 });
      break;
    case "expired":
      slack.faults.expireTrigger();
      break;
    case "kicked":
      if (slack.channel("ops").members.has(bot.userId)) slack.kick(channels.ops, bot.userId);
      else slack.invite(channels.ops, bot.userId);
      break;
    case "archived":
      slack.archive(channels.ops, !slack.channel("ops").isArchived);
      break;
    case "minute":
      await playground.moveClock(MINUTE);
      break;
    case "minutes":
      await playground.moveClock(10 * MINUTE);
      break;
    case "hour":
      await playground.moveClock(60 * MINUTE);
      break;
    case "day":
      await playground.moveClock(24 * 60 * MINUTE);
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
  const { slack, gcore, clockAhead } = playground;
  const { members, isArchived } = slack.channel("ops");
  const said: readonly (readonly [boolean, string])[] = [
    [gcore.faults.waiting > 0, `Waiting for Gcore to be asked: ${gcore.faults.waiting}`],
    [locks.has(playground), "The snapshot is locked"],
    [playground.gcoreTakes > 0, "Gcore takes 1 s for each call"],
    ...weeklyStanding(playground),
    [slack.faults.left > 0, `Waiting for a message of the bot: ${slack.faults.left}`],
    [
      slack.faults.triggersToExpire > 0,
      `Waiting for a view to be opened: ${slack.faults.triggersToExpire}`,
    ],
    [!members.has(bot.userId), "The bot is not in #ops"],
    [isArchived, "#ops is archived"],
    [clockAhead > 0, `The clock is ${span(clockAhead)} ahead`],
    [!playground.isBotUp, "The bot is not running"],
  ];
  return said.flatMap(([isSo, words]) => (isSo ? [words] : []));
}

const UNITS = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
] as const;

/** A time span in words: "1 day 2 minutes". */
function span(ms: number): string {
  let rest = ms;
  const parts = UNITS.flatMap(([name, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? "" : "s"}`];
  });
  return parts.join(" ");
}
