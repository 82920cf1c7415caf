import type { Received } from "../loopback.ts";
import type { ConcurrentEdits } from "./concurrent-edits.ts";
import { badRequest, forbidden, invalid, invalidField, notFound } from "./errors.ts";
import type { Entry } from "./journal.ts";
import { sees } from "./keys.ts";
import type { Key } from "./model.ts";
import { isObject } from "./rules.ts";
import type { World } from "./world.ts";

/** A request that was let in: whose it is, and what is needed to answer it. */
export interface Call {
  readonly world: World;
  readonly request: Received;
  readonly key: Key;
  /** The parts of the path that the route names. */
  readonly params: ReadonlyMap<string, string>;
  readonly entry: Entry;
  readonly edits: ConcurrentEdits;
  /** Notes something that a well-made client never does. */
  violation(what: string): void;
}

export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** A part of the path that the route says is a number. */
export const numberParam = (call: Call, name: string): number => Number(call.params.get(name));

/** The project of the path, if the key may look into it. */
export function projectOf(call: Call): number {
  const id = numberParam(call, "project");
  const found = call.world.projects.get(id);
  if (found === undefined || found.deleted_at !== null) throw notFound("Project", id);
  if (!sees(call.world, call.key, id)) {
    throw call.world.knobs.foreignProject === 403 ? forbidden() : notFound("Project", id);
  }
  return id;
}

/** The region of the path. */
export function regionOf(call: Call): number {
  const id = numberParam(call, "region");
  if (!call.world.regions.has(id)) throw notFound("Region", id);
  return id;
}

/** Refuses keys that may only look. */
export function mayWrite(call: Call): void {
  if (call.key.role === "Observer") throw forbidden();
}

const V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export const isUuid4 = (text: string): boolean => V4.test(text);

/** A UUID of the path, in lower case as it is stored. */
export function uuidParam(call: Call, name: string, what: string): string {
  const text = call.params.get(name) ?? "";
  if (isUuid4(text)) return text.toLowerCase();
  if (call.world.knobs.badUuid === 404) throw notFound(what, text);
  throw invalidField(name, "Input should be a valid UUID");
}

/** The JSON that was sent. Any other type than application/json is refused, and so is none. */
export function bodyOf(call: Call): unknown {
  const type = call.request.headers["content-type"];
  if (!/^application\/json\s*(;|$)/i.test(type ?? "")) {
    call.violation(`content type ${type ?? "missing"}`);
    throw badRequest("Content-Type must be application/json");
  }
  try {
    return JSON.parse(call.request.body);
  } catch {
    call.violation("broken JSON");
    throw badRequest("The request body is not valid JSON");
  }
}

/** The members of a body, of which `known` are the ones that mean something. */
export function membersOf(
  call: Call,
  body: unknown,
  known: readonly string[],
): Map<string, unknown> {
  if (!isObject(body)) throw invalidField("__root__", "Input should be a valid dictionary");
  const members = new Map<string, unknown>(Object.entries(body));
  const unknown = [...members.keys()].filter((name) => !known.includes(name));
  for (const name of unknown) call.violation(`unknown member ${name}`);
  if (unknown.length > 0 && call.world.knobs.unknownMembers === 400) {
    throw invalid(new Map(unknown.map((name) => [name, ["Extra inputs are not permitted"]])));
  }
  return members;
}
