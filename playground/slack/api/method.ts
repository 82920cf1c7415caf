import type { Core } from "../core.ts";
import { asString, isObject, type Json, type JsonObject, parseJson } from "../json.ts";

/** An answer of `ok: false`. */
export class ApiError extends Error {
  readonly more: JsonObject;
  readonly retryAfter: number | undefined;

  constructor(error: string, more: JsonObject = {}, retryAfter?: number) {
    super(error);
    this.more = more;
    this.retryAfter = retryAfter;
  }
}

/** The answer to arguments that are missing or of the wrong kind. */
export const invalidArguments = (...errors: string[]): ApiError =>
  new ApiError("invalid_arguments", {
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });

/** The arguments of a call, from a form or from JSON. Slack ignores those it does not know. */
export class Args {
  readonly all: JsonObject;

  constructor(all: JsonObject) {
    this.all = all;
  }

  has(name: string): boolean {
    return this.all[name] !== undefined && this.all[name] !== null && this.all[name] !== "";
  }

  text(name: string): string | undefined {
    const value = this.all[name] ?? undefined;
    if (value !== undefined && typeof value !== "string") {
      throw invalidArguments(`must provide a string [json-pointer:/${name}]`);
    }
    return value;
  }

  required(name: string): string {
    return asString(this.text(name));
  }

  /** A list or an object: in a form it comes as JSON in a field. */
  json(name: string): Json | undefined {
    const value = this.all[name];
    return typeof value === "string" ? parseJson(value) : value;
  }

  isTrue(name: string): boolean {
    const value = this.all[name];
    return value === true || value === "true" || value === "1" || value === 1;
  }

  object(name: string): JsonObject | undefined {
    const value = this.json(name);
    return isObject(value) ? value : undefined;
  }

  count(name: string, fallback: number): number {
    const value = Number(this.all[name] ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > 1000) throw new ApiError("invalid_limit");
    return value;
  }
}

/** One call, with everything that it may look at. */
export interface Call {
  readonly core: Core;
  readonly method: string;
  readonly args: Args;
  /** Refuses the call if the bot was not granted one of these scopes. */
  need(...scopes: string[]): void;
}

/** What a method asks for, and what it does. */
export interface Method {
  readonly token: "bot" | "app";
  readonly scopes: readonly string[];
  readonly required: readonly string[];
  readonly run: (call: Call) => JsonObject;
}

export type Methods = Readonly<Record<string, Method>>;

/** A method for the bot's token. */
export const botMethod = (
  scopes: readonly string[],
  required: readonly string[],
  run: Method["run"],
): Method => ({ token: "bot", scopes, required, run });
