import type { Announce, Approvers, Rule, Verdict } from "./policy.ts";

type Approve = Verdict & { readonly kind: "approve" };

/**
 * One rule for a change that meets several of them, which asks for whatever any of them asks: the
 * most approvals, of people who may approve under each of them, within the shortest time. Whoever
 * it lets decide, each of them would let; it is the same in whatever order they come.
 * @param rules at least one; a denying one makes it deny
 * @param auditChannels those that hear where a rule names none
 */
export function strictest(rules: readonly Rule[], auditChannels: readonly string[]): Rule {
  const distinct = [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()].sort(
    (one, other) => (one.name < other.name ? -1 : 1),
  );
  const [first] = distinct;
  if (first === undefined) throw new Error("there is no rule");
  if (distinct.length === 1) return first;
  const denying = distinct.find(({ verdict }) => verdict.kind === "deny");
  const approving = distinct.flatMap(({ verdict }) =>
    verdict.kind === "approve" ? [verdict] : [],
  );
  return {
    name: distinct.map(({ name }) => name).join(" + "),
    when: {},
    verdict: denying?.verdict ?? together(approving),
    announce: announceOf(
      distinct.map(({ announce }) => announce),
      auditChannels,
    ),
  };
}

function together(verdicts: readonly Approve[]): Verdict {
  const [first] = verdicts;
  if (first === undefined) return { kind: "confirm" };
  const among = named(
    unlike(verdicts.flatMap(({ users, groups, among = [] }) => [{ users, groups }, ...among])),
  );
  const [{ users, groups } = first, ...others] = among;
  return {
    kind: "approve",
    approvals: Math.max(...verdicts.map(({ approvals }) => approvals)),
    users,
    groups,
    ...(others.length === 0 ? {} : { among: others }),
    selfApproval: verdicts.every(({ selfApproval }) => selfApproval),
    directMessage: verdicts.some(({ directMessage }) => directMessage),
    expiresAfter: Math.min(...verdicts.map(({ expiresAfter }) => expiresAfter)),
  };
}

/** Of those that name people alone, the people whom all of them name. */
function named(each: readonly Approvers[]): readonly Approvers[] {
  const [first, ...others] = each.filter(({ groups }) => groups.length === 0);
  if (first === undefined) return each;
  const users = first.users.filter((id) => others.every((other) => other.users.includes(id)));
  return [{ users, groups: [] }, ...each.filter(({ groups }) => groups.length > 0)];
}

/** Each of them once, in an order of their own. */
const unlike = (approvers: readonly Approvers[]): readonly Approvers[] =>
  [...new Map(approvers.map((one) => [JSON.stringify(one), one]))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);

function announceOf(each: readonly Announce[], auditChannels: readonly string[]): Announce {
  const named = each.some(({ channels }) => channels !== null);
  return {
    channels: named
      ? [...new Set(each.flatMap(({ channels }) => channels ?? auditChannels))].sort()
      : null,
    outcomes: [...new Set(each.flatMap(({ outcomes }) => outcomes))].sort(),
  };
}
