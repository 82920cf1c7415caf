import type { Announce, Case, Condition, Touch, Unmet, Verdict } from "../approval/policy.ts";
import { tagValue } from "../snapshot/snapshot.ts";

/** The conditions as they are called in the policy file. */
const FIELDS: Readonly<Record<Unmet, string>> = {
  projects: "project",
  regions: "region",
  names: "name",
  tags: "tags",
  touches: "touches",
  touchesOnly: "touches_only",
};

/** All that a change must be for a rule to be met. */
export function conditionWords(when: Condition): string {
  const given = (Object.keys(FIELDS) as Unmet[]).filter((unmet) => when[unmet] !== undefined);
  if (given.length === 0) return "any change";
  return given.map((unmet) => `${FIELDS[unmet]} ${wanted(unmet, when)}`).join(" and ");
}

/** Why a rule is not met: what the change is, and what the rule asks for. */
export const unmetWords = (unmet: Unmet, when: Condition, asked: Case): string =>
  `${found(unmet, when, asked)}; the rule asks for ${FIELDS[unmet]} ${wanted(unmet, when)}`;

/** What a rule means for whoever asks. */
export function verdictWords(verdict: Verdict): string {
  if (verdict.kind === "deny") {
    return `denied${verdict.because === null ? "" : `: ${verdict.because}`}`;
  }
  if (verdict.kind === "confirm") return "the requester confirms it alone";
  const { approvals, users, groups, selfApproval, directMessage, expiresAfter } = verdict;
  const approvers = [...users, ...groups.map((group) => `members of ${group}`)];
  return [
    `${approvals} ${approvals === 1 ? "approval" : "approvals"} from ${or(approvers)}`,
    selfApproval ? "the requester may be one of them" : "the requester may not be one of them",
    ...(directMessage ? ["each gets a direct message"] : []),
    `it expires after ${duration(expiresAfter)}`,
  ].join(", ");
}

/** Which channels hear of what. */
export const announceWords = ({ channels, outcomes }: Announce): string =>
  `${channels?.join(", ") ?? "the channels in AUDIT_CHANNELS"}; outcomes: ${outcomes.join(", ")}`;

function wanted(unmet: Unmet, when: Condition): string {
  switch (unmet) {
    case "projects":
      return or((when.projects ?? []).map(String));
    case "regions":
      return or((when.regions ?? []).map(String));
    case "names":
      return or((when.names ?? []).map(quoted));
    case "tags":
      return (when.tags ?? [])
        .map(({ key, values }) => `${key}=${or(values.map(quoted))}`)
        .join(" and ");
    case "touches":
      return or((when.touches ?? []).map(touchWord));
    case "touchesOnly":
      return or((when.touchesOnly ?? []).map(touchWord));
    default:
      return unmet satisfies never;
  }
}

function found(unmet: Unmet, when: Condition, { snapshot, rows }: Case): string {
  switch (unmet) {
    case "projects":
      return `the project is ${snapshot.projectId}`;
    case "regions":
      return `the region is ${snapshot.regionId}`;
    case "names":
      return `the name is ${quoted(snapshot.name)}`;
    case "tags":
      return (when.tags ?? [])
        .map(({ key }) => {
          const value = tagValue(snapshot.tags, key);
          return value === undefined ? `there is no tag ${key}` : `${key} is ${quoted(value)}`;
        })
        .join(" and ");
    case "touches":
    case "touchesOnly": {
      const touched = rows.map((row) => (row.field === "name" ? "name" : `tag:${row.key}`));
      return `the change touches ${touched.length === 0 ? "nothing" : touched.join(", ")}`;
    }
    default:
      return unmet satisfies never;
  }
}

const touchWord = (touch: Touch): string =>
  touch.part === "name" ? "name" : touch.key === "*" ? "tags" : `tag:${touch.key}`;

export const quoted = (text: string): string => JSON.stringify(text);

export const or = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

const MINUTE = 60_000;

function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes % 1440 === 0) return count(minutes / 1440, "day");
  return minutes % 60 === 0 ? count(minutes / 60, "hour") : count(minutes, "minute");
}

const count = (number: number, one: string): string =>
  `${number} ${number === 1 ? one : `${one}s`}`;
