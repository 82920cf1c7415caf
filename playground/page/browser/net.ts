import type { Offer } from "../../slack/client/offers.ts";
import type { Action } from "../actions.ts";
import type { Turn } from "../knobs.ts";
import type { TourWish } from "../tour-control.ts";

/** What came of something that was done. */
export interface Outcome {
  /** Why the client does not let the person do it. */
  readonly refused?: string;
  readonly outcome?: string;
  /** `operation_timeout` or `dispatch_failed`. */
  readonly error?: string;
  /** What the client found wrong in a form, by block. */
  readonly blocked?: Readonly<Record<string, string>>;
  /** What a menu offers. */
  readonly offers?: readonly Offer[];
  /** The bot is to be told of what was put in. */
  readonly isReported?: boolean;
  /** The state that knows of it, and every later one. */
  readonly revision?: number;
  readonly url?: string;
}

async function post(path: string, body: object): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) return { refused: `The playground answered ${response.status}.` };
    return (await response.json()) as Outcome;
  } catch {
    return { refused: "The playground does not answer. Is it still running?" };
  }
}

/** Does something as a person of the workspace. Never rejects. */
export const act = (action: Action): Promise<Outcome> => post("/act", action);

/** Turns a knob. Never rejects. */
export const turnKnob = (turn: Turn): Promise<Outcome> => post("/knobs", turn);

/** Plays the tour, holds it, goes on with it, or leaves it. Never rejects. */
export const wishTour = (wish: TourWish): Promise<Outcome> => post("/tour", wish);

/** What the playground has at that path, or `undefined` when it does not answer. Never rejects. */
export async function ask<T>(path: string): Promise<T | undefined> {
  try {
    const response = await fetch(path);
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}
