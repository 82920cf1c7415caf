import { own } from "../json.ts";
import type { Reader } from "./reader.ts";

const DAY_MS = 86_400_000;

const part = (ms: number, reader: Reader, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-US", { timeZone: reader.timeZone, ...options })
    .format(ms)
    .replaceAll("\u202f", " ");

const ordinal = (day: number): string => {
  const last = day % 10;
  const isTeen = day % 100 > 10 && day % 100 < 14;
  if (isTeen || last === 0 || last > 3) return `${day}th`;
  return `${day}${last === 1 ? "st" : last === 2 ? "nd" : "rd"}`;
};

const isoDay = (ms: number, { timeZone }: Reader): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(ms);

const relativeDay = (ms: number, reader: Reader): string | undefined => {
  const day = isoDay(ms, reader);
  if (day === isoDay(reader.now, reader)) return "today";
  if (day === isoDay(reader.now - DAY_MS, reader)) return "yesterday";
  return day === isoDay(reader.now + DAY_MS, reader) ? "tomorrow" : undefined;
};

const ago = (ms: number, reader: Reader): string => {
  const seconds = Math.round((ms - reader.now) / 1000);
  const units = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const [unit, size] =
    units.find(([, one]) => Math.abs(seconds) >= one) ?? (["second", 1] as const);
  return new Intl.RelativeTimeFormat("en-US").format(Math.trunc(seconds / size), unit);
};

type Write = (ms: number, reader: Reader) => string;

const monthDay =
  (month: "long" | "short"): Write =>
  (ms, reader) => {
    const day = Number(part(ms, reader, { day: "numeric" }));
    const name = part(ms, reader, { month });
    const year = part(ms, reader, { year: "numeric" });
    return month === "long" ? `${name} ${ordinal(day)}, ${year}` : `${name} ${day}, ${year}`;
  };

const long: Write = (ms, reader) =>
  `${part(ms, reader, { weekday: "long" })}, ${monthDay("long")(ms, reader)}`;

const pretty =
  (otherwise: Write): Write =>
  (ms, reader) =>
    relativeDay(ms, reader) ?? otherwise(ms, reader);

const tokens: Readonly<Record<string, Write>> = {
  date_num: isoDay,
  date_slash: (ms, reader) => isoDay(ms, reader).split("-").reverse().join("/"),
  date: monthDay("long"),
  date_long_full: monthDay("long"),
  date_short: monthDay("short"),
  date_long: long,
  date_pretty: pretty(monthDay("long")),
  date_short_pretty: pretty(monthDay("short")),
  date_long_pretty: pretty(long),
  day_divider_pretty: pretty(long),
  time: (ms, reader) => part(ms, reader, { hour: "numeric", minute: "2-digit" }),
  time_secs: (ms, reader) =>
    part(ms, reader, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/** A date as the reader sees it, in their own time zone; the fallback if the format makes no sense. */
export function formatDate(
  seconds: number,
  format: string,
  fallback: string,
  reader: Reader,
): string {
  let isKnown = true;
  const written = format.replace(/\{(\w+)\}/g, (_, name: string) => {
    const write = own(tokens, name);
    if (write === undefined) isKnown = false;
    return write?.(seconds * 1000, reader) ?? "";
  });
  return isKnown ? written : fallback;
}
