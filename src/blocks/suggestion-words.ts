import type { Sight } from "../snapshot/sight.ts";
import { ageOf, counted } from "./amounts.ts";

/** While what would be offered is not known yet. */
export const STILL_READING = "I am still reading from Gcore. Type one more letter in a moment.";

/** How old what is offered is, and whether there may be more. */
export function ageLine({ readAt, unread, problem }: Sight, now: number): string {
  const more =
    problem !== undefined
      ? "; Gcore does not tell more now"
      : unread !== null && unread > 0
        ? `; still reading ${counted(unread, "place")}`
        : "";
  return `Read ${ageOf(now - (readAt ?? now))}${more}`;
}

/** No project or no region fits what is typed. */
export const noPlaceFits = (what: "Project" | "Region"): string =>
  `No ${what.toLowerCase()} fits. Type a part of its name, or its number.`;

/** No snapshot fits what is typed; `isNarrow`: a project or a region is chosen. */
export const noSnapshotFits = (isNarrow: boolean): string =>
  isNarrow
    ? "Nothing here fits. Clear Project and Region to look everywhere."
    : "Nothing fits. Type a part of a name, id or volume, or key=value.";
