import type { ZodType } from "zod";
import { err, ok, type Problem, type Result } from "../problem.ts";
import type { Send } from "./http.ts";
import { readShape } from "./read-shape.ts";
import { pageOf } from "./shapes.ts";

/** Gcore gives at most this many items a page; where none is asked for, 1000, 100 or 10, by list. */
const PAGE = 1000;
/** More pages than this are not read: the list is then unknown. */
const MOST_PAGES = 20;

/**
 * A list, page by page. A page may be shorter than was asked for, and `count` may be out of date: so
 * a list from which rights follow is read `toTheEnd`, until a page is empty; any other one only until
 * there are as many as Gcore counts.
 * @param path with a query, which may be empty: `/cloud/v1/projects?`
 */
export async function readAll<T>(
  send: Send,
  path: string,
  item: ZodType<T>,
  toTheEnd: boolean,
): Promise<Result<readonly T[], Problem>> {
  const items: T[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `limit=${PAGE}&offset=${items.length}`;
    const answer = await send({ method: "GET", path: `${path}&${query}`.replace("?&", "?") });
    const read = answer.ok ? readShape(pageOf(item), answer.value) : answer;
    if (!read.ok) return read;
    const { results, count } = read.value;
    items.push(...results);
    if (results.length === 0 || (!toTheEnd && items.length >= count)) return ok(items);
  }
  return err({ kind: "not-permitted", detail: "too many pages" });
}
