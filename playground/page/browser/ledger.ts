import type { LedgerEntry } from "../records.ts";
import { h } from "./dom.ts";
import { folded, foldedList, part } from "./folded.ts";

const short = (text: string): string => (text.length > 8 ? `${text.slice(0, 8)}…` : text);

/** The bot's ledger. */
export const ledger = (entries: readonly LedgerEntry[]): readonly HTMLElement[] =>
  foldedList(
    "What the bot has recorded, the newest first. Each entry's hash covers the one before it.",
    "Nothing yet. Connecting a key is the first entry.",
    entries.map(row),
  );

const row = (one: LedgerEntry): HTMLElement =>
  folded(
    `ledger-${one.seq}`,
    [
      h("span", { class: "kind" }, `No. ${one.seq}`),
      h("span", { class: "what" }, one.kind),
      h("span", { class: "more" }, `${one.who}, `, h("time", { datetime: one.at }, clock(one.at))),
      one.request !== "" && h("span", { class: "more" }, `request ${short(one.request)}`),
      h(
        "code",
        { class: "more", title: `${one.hash} after ${one.previous}` },
        `${short(one.hash)} after ${short(one.previous)}`,
      ),
    ],
    part("Body", one.body),
  );

const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
