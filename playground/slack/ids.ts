import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../clock.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const random = (letters: string, length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

/** An id such as `V0K3J5H2G1Q`: a letter for the kind, then capitals and digits. */
export const newId = (kind: string): string => `${kind}0${random(LETTERS, 9)}`;

/** A short id such as Slack gives to blocks and elements that came without one. */
export const newShortId = (): string => random(`${LETTERS}${LETTERS.toLowerCase()}+/=`, 5);

/** The secret part of an address, such as a response_url's. */
export const newSecret = (): string => random(`${LETTERS}${LETTERS.toLowerCase()}`, 24);

/** The hash of a view as it is now: `1596530361.3wRYuk3R`. */
export const newHash = (clock: Clock): string =>
  `${Math.floor(clock.now() / 1000)}.${random(`${LETTERS}${LETTERS.toLowerCase()}`, 8)}`;

/** A trigger id: `digits.digits.hex`. */
export const newTriggerId = (clock: Clock): string =>
  `${clock.now()}.${randomInt(1e9, 1e11)}.${randomBytes(16).toString("hex")}`;

/** Hands out message timestamps: seconds and microseconds, and never the same one twice. */
export class Timestamps {
  #last = 0n;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    const now = BigInt(Math.floor(this.#clock.now() * 1000));
    this.#last = now > this.#last ? now : this.#last + 1n;
    const digits = this.#last.toString().padStart(7, "0");
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }
}
