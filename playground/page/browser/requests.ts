import type { RequestRow } from "../records.ts";
import { h } from "./dom.ts";
import { folded, foldedList, part } from "./folded.ts";

/** The requests as their rows stand in the bot's database. */
export const requests = (rows: readonly RequestRow[]): readonly HTMLElement[] =>
  foldedList(
    "The rows of the bot's table of requests, the newest first.",
    "Nothing yet. A request begins when somebody applies a change.",
    rows.map(row),
  );

const row = (one: RequestRow): HTMLElement =>
  folded(
    `request-${one.id}`,
    [
      h("span", { class: "kind" }, "Request"),
      h("span", { class: "what" }, one.state),
      h("code", { class: "more" }, one.id),
      h("span", { class: "more" }, one.attempts === 1 ? "1 attempt" : `${one.attempts} attempts`),
      ...one.columns.map(([name, value]) =>
        h("span", { class: "more" }, h("code", {}, name), ` ${value}`),
      ),
    ],
    part("Body", one.body),
  );
