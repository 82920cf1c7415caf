import type { Writable } from "node:stream";

/** One thing that the operator can have done. */
export interface Command {
  /** As it is typed: `ledger verify`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** @returns the exit code: 0 when all is well, 1 when it is not. */
  run(given: Given, world: World): Promise<0 | 1>;
}

export type Option = { readonly help: string; readonly multiple?: boolean } & (
  | { readonly type: "boolean" }
  | { readonly type: "string"; readonly value: string }
);

/** The options as they were given. */
export interface Given {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

/** Somebody at a terminal. Each throws CannotDo when they leave. */
export interface Terminal {
  /** @returns what was typed, without the spaces around it. */
  ask(question: string): Promise<string>;
  /** The same; what is typed is not shown. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** All that a command knows of its surroundings. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For what was asked for. */
  readonly out: Writable;
  /** For a word beside it, which no program reads. */
  note(text: string): void;
  /** Somebody who can be asked, when there is one. */
  readonly terminal?: Terminal;
}

/** The command was typed wrongly: exit code 2. */
export class WrongUsage extends Error {
  override name = "WrongUsage";
}

/** It cannot be done, and the message says why: exit code 1. */
export class CannotDo extends Error {
  override name = "CannotDo";
}

export const JSON_OPTION: Option = { type: "boolean", help: "for programs: JSON in place of text" };

/** A whole number above 0. @throws WrongUsage when the option is something else. */
export function numberOf(given: Given, name: string): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new WrongUsage(`--${name} is to be a whole number above 0.`);
}
