import { afterEach, beforeEach, expect } from "@jest/globals";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { environmentFor } from "../bed.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { ask, type Ran } from "./operator.ts";

/** What a bot would run with: settings with no fault, between a local Slack and a local Gcore. */
export interface DoctorScene {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  /** The clock of both: what they say that the time is. */
  readonly clock: MovableClock;
  /** A new folder, empty at first; the database is to be in it. */
  readonly folder: string;
  readonly good: Readonly<Record<string, string>>;
  /** Lets the doctor look, with other settings than the good ones. */
  examine(more?: Readonly<Record<string, string>>, words?: readonly string[]): Promise<Ran>;
}

/** A new one for each test of the file that asks for it. */
export function doctorScene(): DoctorScene {
  const scene = {} as { -readonly [part in keyof DoctorScene]: DoctorScene[part] };
  beforeEach(async () => {
    scene.clock = new MovableClock();
    const { clock } = scene;
    [scene.slack, scene.gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
    scene.folder = temporaryFolder();
    scene.good = environmentFor(scene.slack, scene.gcore, scene.folder);
    scene.examine = (more = {}, words = []) =>
      ask(["doctor", ...words], { ...scene.good, ...more });
  });
  afterEach(async () => {
    const { slack, gcore } = scene;
    // To be asked for a key is what the doctor wants to hear.
    gcore.forgive(/no Authorization header/);
    expect([...slack.violations(), ...gcore.violations()]).toEqual([]);
    await Promise.all([slack.stop(), gcore.stop()]);
  });
  return scene;
}

const TODO = "           To do:";

/** What the doctor said of one thing: the lines about it, with what is to be done. */
export const about = ({ out }: Ran, check: string): string =>
  out
    .split("\n")
    .filter((line, index, all) =>
      (line.startsWith(TODO) ? (all[index - 1] ?? "") : line).includes(`  ${check}`),
    )
    .join("\n");
