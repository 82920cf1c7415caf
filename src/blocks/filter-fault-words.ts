import type { FilterFault } from "../snapshot/filter-text.ts";
import { EXPORTS, type HistoryFault, OUTCOMES } from "../snapshot/history-filter.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

type Fault = FilterFault | Exclude<HistoryFault, { readonly kind: "word" | "snapshot-many" }>;

/** Why a filter was not understood. */
export function filterFaultPhrase(fault: Fault): Phrase {
  switch (fault.kind) {
    case "filter":
      return [
        "There is no filter ",
        { code: clip(fault.word, 100) },
        " here. The nearest one is ",
        { code: `${fault.nearest}:` },
        ".",
      ];
    case "filter-empty":
      return [
        "Something is missing after ",
        { code: `${fault.filter}:` },
        ". Write it without a space: ",
        { code: `${fault.filter}:${EXAMPLES[fault.filter] ?? "…"}` },
        ".",
      ];
    case "filter-twice":
      return ["You wrote ", { code: `${fault.filter}:` }, " twice. Write it once."];
    case "filter-long":
      return ["Your filter is too long for me to remember. Make it shorter."];
    case "span":
      return [
        { code: `${fault.filter}:` },
        " takes a length of time such as ",
        { code: "45m" },
        ", ",
        { code: "12h" },
        ", ",
        { code: "30d" },
        " or ",
        { code: "2w" },
        ", not ",
        { code: clip(fault.value, 100) },
        ".",
      ];
    case "time":
      return [
        { code: `${fault.filter}:` },
        " takes a day such as ",
        { code: "2026-11-21" },
        " or a length of time such as ",
        { code: "7d" },
        ", not ",
        { code: clip(fault.value, 100) },
        ".",
      ];
    case "person":
      return [
        "I cannot tell who ",
        { code: clip(fault.value, 100) },
        " is: Slack gives me commands as they were typed. Write ",
        { code: "by:me" },
        ", or the person's member id after ",
        { code: "by:" },
        ". It stands in their profile, under the three dots: Copy member ID.",
      ];
    case "choice":
      return [
        { code: `${fault.filter}:` },
        " takes ",
        ...(fault.filter === "export" ? EXPORTS : OUTCOMES).flatMap((word, index) => [
          ...(index === 0 ? [] : [", "]),
          { code: word },
        ]),
        ", not ",
        { code: clip(fault.value, 100) },
        ".",
      ];
    default:
      return fault satisfies never;
  }
}

const EXAMPLES: Readonly<Record<string, string>> = {
  name: "nightly-*",
  tag: "team=payments",
  status: "available",
  volume: "db-primary",
  older: "30d",
  newer: "2h",
  project: "1186668",
  region: "148",
  by: "me",
  since: "7d",
  until: "2026-11-21",
  outcome: "failed",
  export: "csv",
};
