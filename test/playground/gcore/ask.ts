import type { LocalGcore } from "../../../playground/gcore/gcore.ts";

/** What came back: no client of ours is in between. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The members of a JSON object; of anything else there are none. */
  readonly json: Members;
}

export type Members = Readonly<Record<string, unknown>>;

export interface Asked {
  /** The API key; null: no Authorization header at all. */
  readonly key?: string | null;
  /** The whole Authorization header, in place of the key. */
  readonly authorization?: string;
  readonly body?: unknown;
  /** The body as it is, in place of JSON. */
  readonly raw?: string;
  /** null: none. */
  readonly contentType?: string | null;
  readonly headers?: Record<string, string>;
}

/** One request over real HTTP, by default with the key that may do everything in its projects. */
export async function ask(
  gcore: LocalGcore,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answered> {
  const headers = new Headers(asked.headers);
  const { key = gcore.keys.full } = asked;
  const authorization = asked.authorization ?? (key === null ? undefined : `APIKey ${key}`);
  if (authorization !== undefined) headers.set("authorization", authorization);
  const body = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const type = asked.contentType === undefined ? "application/json" : asked.contentType;
  if (body !== undefined && type !== null) headers.set("content-type", type);
  const response = await fetch(gcore.url + path, {
    method,
    headers,
    // Bytes have no type of their own, text would be sent as text/plain.
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const json = (isJson ? JSON.parse(text) : {}) as Members;
  return { status: response.status, headers: response.headers, text, json };
}

/** The path of a snapshot. */
export function pathOf(gcore: LocalGcore, id: string): string {
  const { project_id, region_id } = gcore.snapshot(id);
  return `/cloud/v1/snapshots/${project_id}/${region_id}/${id}`;
}

export const get = (gcore: LocalGcore, id: string, asked?: Asked): Promise<Answered> =>
  ask(gcore, "GET", pathOf(gcore, id), asked);

export const patch = (
  gcore: LocalGcore,
  id: string,
  body: unknown,
  asked: Asked = {},
): Promise<Answered> => ask(gcore, "PATCH", pathOf(gcore, id), { ...asked, body });

/** The items of a list. */
export const results = (answered: Answered): Members[] => answered.json.results as Members[];

/** The tags of a snapshot, by their keys. */
export function tagsOf(answered: Answered): Map<string, string> {
  const tags = answered.json.tags as { key: string; value: string }[];
  return new Map(tags.map(({ key, value }) => [key, value]));
}
