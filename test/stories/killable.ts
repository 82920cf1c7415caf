import { type BotProcess, botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, type Person, startSlack } from "../../playground/slack/slack.ts";
import { temporaryPath } from "../store/temporary.ts";

/** The bot as a process of its own on SQLite, that can be killed and comes back, and the world around it. */
export interface Killable {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  readonly clock: MovableClock;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Sends off a key the way a person does. */
  sendKey(person: Person): Promise<void>;
  end(): Promise<void>;
}

export async function startKillable(): Promise<Killable> {
  const clock = new MovableClock();
  const [slack, gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
  const environment = botEnvironment(slack, gcore, temporaryPath());
  let running: BotProcess | undefined;
  const kill = async (): Promise<void> => {
    await running?.end("SIGKILL");
  };
  const start = async (): Promise<void> => {
    running = await startBotProcess(environment, clock.ahead);
    slack.deliverTo(`${running.url}/slack/events`);
  };
  await start();
  return {
    slack,
    gcore,
    clock,
    start,
    kill,
    async sendKey(person) {
      await person.command("#ops", "/snapshot connect");
      await slack.until(() => person.modal, "the form for the key");
      person.fill("Gcore API key", gcore.keys.full);
      await person.submit();
    },
    async end() {
      await kill();
      await Promise.all([slack.stop(), gcore.stop()]);
    },
  };
}
