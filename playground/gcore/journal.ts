import type { Received } from "../loopback.ts";
import { findKey } from "./keys.ts";
import type { World } from "./world.ts";

/** One request and what became of it. No API key stands in it in clear. */
export interface Entry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON that was sent, or the text that is none; undefined: nothing. */
  readonly body: unknown;
  /** Whose key it was, as long as there is or was such a key. */
  readonly tokenId: number | undefined;
  /** What the API made of it, even when the answer was lost; undefined: it never got to see it. */
  status: number | undefined;
  answer: unknown;
  /** The fault that the request met, such as `cut after`. */
  fault: string | undefined;
  /** Of a request that was to change a snapshot and was processed: did it change something? */
  effective: boolean | undefined;
}

const CUT = "[cut]";
// A playground may run for days.
const MOST_ENTRIES = 20_000;
// Long enough that no snapshot's name is taken for one.
const KEY_SHAPE = /\b(\d+)(?:[_$]|%24)[0-9a-f]{32,}/gi;

// Whatever is not the scheme may be a secret, whether we know it or not.
const cutHeader = (value: string): string => {
  const [scheme = "", ...more] = value.trim().split(/\s+/);
  if (!/^[a-z]*$/i.test(scheme)) return CUT;
  return more.length === 0 ? scheme : `${scheme} ${CUT}`;
};

const parsed = (text: string): unknown => {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The requests in the order of their arrival, as far back as anybody will look. */
export class Journal {
  readonly entries: Entry[] = [];
  readonly #world: World;
  readonly #byRequest = new WeakMap<Received, Entry>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Cuts every API key out of a text, the ones of this world and what merely looks like one. */
  scrub(text: string): string {
    let clean = text;
    for (const { secret } of this.#world.keys.values()) clean = clean.replaceAll(secret, CUT);
    return clean.replace(KEY_SHAPE, `$1_${CUT}`);
  }

  /** Notes a request that has just arrived. */
  open(request: Received): Entry {
    const header = request.headers.authorization;
    const key = findKey(this.#world, header?.trim().split(/\s+/)[1] ?? "");
    const headers = Object.entries(request.headers).map(([name, value]) => [
      name,
      name === "authorization" ? cutHeader(value) : this.scrub(value),
    ]);
    const entry: Entry = {
      at: this.#world.clock.now(),
      method: request.method,
      path: this.scrub(request.path),
      query: this.scrub(request.query.toString()),
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: parsed(this.scrub(request.body)),
      tokenId: key?.id,
      status: undefined,
      answer: undefined,
      fault: undefined,
      effective: undefined,
    };
    this.entries.push(entry);
    if (this.entries.length > MOST_ENTRIES) this.entries.shift();
    this.#byRequest.set(request, entry);
    return entry;
  }

  /** The entry of a request that was opened. */
  of(request: Received): Entry {
    return this.#byRequest.get(request) ?? this.open(request);
  }

  answered(request: Received, status: number, body: string): void {
    const entry = this.of(request);
    entry.status = status;
    entry.answer = parsed(this.scrub(body));
  }

  /** The requests with this method and a path that the pattern finds. */
  calls(method?: string, path?: RegExp): Entry[] {
    return this.entries.filter(
      (entry) =>
        (method === undefined || entry.method === method) &&
        (path === undefined || path.test(entry.path)),
    );
  }

  /** The PATCHes that the API looked at, with `effective` for those that changed something. */
  patches(snapshot?: string): Entry[] {
    return this.calls("PATCH").filter(
      (entry) =>
        entry.status !== undefined &&
        entry.effective !== undefined &&
        (snapshot === undefined || entry.path.endsWith(`/${snapshot}`)),
    );
  }

  /** Starts over with an empty journal. */
  clear(): void {
    this.entries.length = 0;
  }
}
