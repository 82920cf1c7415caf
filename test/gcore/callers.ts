import { inspect } from "node:util";
import type { Caller } from "../../src/gcore/http.ts";
import { MARIA } from "../approval/samples.ts";

export const SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const KEY = `29841_${SECRET}`;

export const callerWith = (apiKey: string = KEY): Caller => ({ apiKey, person: MARIA });

/** Everything that anybody could print of a value, hidden members and prototypes' getters too. */
export const printed = (value: unknown): string =>
  `${JSON.stringify(value)}\n${inspect(value, { depth: 20, showHidden: true, getters: true })}`;
