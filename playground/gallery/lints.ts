import { findingsIn } from "../../src/approval/lint.ts";
import { demandsIn } from "../../src/approval/tag-rules.ts";
import type { Message } from "../../src/blocks/kit.ts";
import { lintMessage } from "../../src/blocks/lint-message.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Foreign } from "./foreign.ts";
import { breachesWith, problemsWith } from "./problems.ts";
import { NOW, projectsWith, tagRulesWith } from "./samples.ts";

/** What `/snapshot lint` says: of many snapshots, of none, and while not all is read. */
export function lintsWith(foreign: Foreign, snapshot: Snapshot): Readonly<Record<string, Message>> {
  const projects = projectsWith(foreign).map((project) => ({ ...project, id: 1186668 }));
  const looked = { filter: {}, count: 40, projects, readAt: NOW, unread: 0, problem: undefined };
  const { "tag-protected": _guarded, ...breaches } = breachesWith(foreign);
  const rules = tagRulesWith(foreign);
  const found = findingsIn(rules, [snapshot]);
  const many = Array.from({ length: 20 }, (_, index) => ({
    snapshot: { ...snapshot, snapshotId: snapshot.snapshotId.replace(/^../, String(index + 10)) },
    breaches: Object.values(breaches),
    demands: demandsIn(rules, snapshot),
  }));
  const problem = problemsWith(foreign)["gcore-unavailable"];
  return {
    none: lintMessage([], looked),
    one: lintMessage(found, looked),
    "the first of several pages": lintMessage(many, looked),
    "a page in between": lintMessage(many, { ...looked, filter: { projectId: 7, page: 2 } }),
    "not all read yet": lintMessage(many.slice(0, 2), { ...looked, unread: 12, problem }),
    "nothing read yet": lintMessage([], { ...looked, count: 0, readAt: null, unread: null }),
  };
}
