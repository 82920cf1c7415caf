import type { Call, Reply } from "./call.ts";
import { invalidField } from "./errors.ts";

const LONGEST_PAGE = 1000;

/** A whole number of the query, within bounds. */
export function wholeNumber(
  call: Call,
  name: string,
  bounds: { readonly above?: number; readonly least?: number; readonly most?: number } = {},
): number | undefined {
  const text = call.request.query.get(name);
  if (text === null) return undefined;
  if (!/^[+-]?\d+$/.test(text)) {
    throw invalidField(
      name,
      "Input should be a valid integer, unable to parse string as an integer",
    );
  }
  const value = Number(text);
  const { above, least, most } = bounds;
  if (above !== undefined && value <= above) {
    throw invalidField(name, `Input should be greater than ${above}`);
  }
  if (least !== undefined && value < least) {
    throw invalidField(name, `Input should be greater than or equal to ${least}`);
  }
  if (most !== undefined && value > most) {
    throw invalidField(name, `Input should be less than or equal to ${most}`);
  }
  return value;
}

/** A choice of the query, one of a few words. */
export function choice<T extends string>(
  call: Call,
  name: string,
  words: readonly T[],
): T | undefined {
  const text = call.request.query.get(name);
  if (text === null) return undefined;
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  const quoted = words.map((one) => `'${one}'`);
  throw invalidField(name, `Input should be ${quoted.join(" or ")}`);
}

/** A yes or no of the query. */
export function flag(call: Call, name: string): boolean | undefined {
  const word = choice(call, name, ["true", "false", "True", "False", "1", "0"]);
  return word === undefined ? undefined : ["true", "True", "1"].includes(word);
}

/** A date of the query, in milliseconds. Without a zone it means UTC, as everywhere in this API. */
export function moment(call: Call, name: string): number | undefined {
  const text = call.request.query.get(name);
  if (text === null) return undefined;
  const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const value = Date.parse(zoned);
  if (Number.isNaN(value)) throw invalidField(name, "Input should be a valid datetime");
  return value;
}

/** One page of a list, with the number of items on all pages. The defaults differ by list. */
export function page<T>(
  call: Call,
  items: readonly T[],
  view: (item: T) => unknown,
  defaultLimit: 10 | 100 | 1000,
): Reply {
  const { countOffBy, pageCap } = call.world.knobs;
  const limit = wholeNumber(call, "limit", { above: 0, most: LONGEST_PAGE }) ?? defaultLimit;
  const offset = wholeNumber(call, "offset", { least: 0 }) ?? 0;
  const length = Math.min(limit, pageCap ?? limit);
  const results = items.slice(offset, offset + length).map(view);
  return { body: { count: Math.max(0, items.length + countOffBy), results } };
}
