import { findingsIn } from "../../src/approval/lint.ts";
import { demandsIn } from "../../src/approval/tag-rules.ts";
import type { Message } from "../../src/blocks/kit.ts";
import { type LintPage, lintMessage } from "../../src/blocks/lint-message.ts";
import type { Filter } from "../../src/snapshot/filter.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Foreign } from "./foreign.ts";
import { longFilterWith } from "./looking.ts";
import { breachesWith, problemsWith } from "./problems.ts";
import { ID, NOW, projectsWith, tagRulesWith } from "./samples.ts";

/** What `/snapshot lint` says: of many snapshots, of none, and while not all is read. */
export function lintsWith(foreign: Foreign, snapshot: Snapshot): Readonly<Record<string, Message>> {
  const projects = projectsWith(foreign).map((project) => ({ ...project, id: 1186668 }));
  const { "tag-protected": _guarded, ...breaches } = breachesWith(foreign);
  const rules = tagRulesWith(foreign);
  const many = Array.from({ length: 20 }, (_, index) => ({
    snapshot: { ...snapshot, snapshotId: snapshot.snapshotId.replace(/^../, String(index + 10)) },
    breaches: Object.values(breaches),
    demands: demandsIn(rules, snapshot),
  }));
  const none: LintPage = {
    ...{ filter: [], findings: [], rows: [], before: 0, total: 0, lookedAt: 1_240, projects },
    ...{ from: "-", previous: null, next: null },
    ...{ readAt: NOW - 20_000, unread: 0, problem: undefined },
  };
  const found = findingsIn(rules, [snapshot]);
  const one = { ...none, findings: found, rows: found, total: found.length };
  const first = {
    ...none,
    findings: many,
    rows: many.slice(0, 8),
    total: 20,
    next: `${NOW}/${ID}`,
  };
  const filter: Filter = longFilterWith(foreign);
  const problem = problemsWith(foreign)["gcore-unavailable"];
  return {
    none: lintMessage(none),
    "none for a filter": lintMessage({ ...none, filter, lookedAt: 1 }),
    "no snapshot for a filter": lintMessage({ ...none, filter, lookedAt: 0 }),
    one: lintMessage(one),
    "the only one": lintMessage({ ...one, lookedAt: 1 }),
    "the first of several pages": lintMessage(first),
    "a page in between": lintMessage({
      ...{ ...first, filter, before: 8, rows: many.slice(8, 16) },
      ...{ from: `${NOW}/${ID}`, previous: "-" },
    }),
    "not all read yet": lintMessage({
      ...{ ...none, findings: many.slice(0, 2), rows: many.slice(0, 2), total: 2 },
      ...{ unread: 12, problem },
    }),
    "nothing read yet": lintMessage({ ...none, lookedAt: 0, readAt: null, unread: null }),
  };
}
