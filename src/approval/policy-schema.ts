import { z } from "zod";
import { condition, oneOrMore } from "./condition-schema.ts";
import {
  ANNOUNCE_AGREED,
  type Announce,
  BULK_LIMITS,
  type BulkLimits,
  OUTCOMES,
  type Policy,
  type Rule,
  type Verdict,
} from "./policy.ts";
import { tagRule } from "./tag-rule-schema.ts";

const MINUTE = 60_000;
const UNITS = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE } as const;
/** How long a request may live at the least and at the most, and when nothing is said. */
const SHORTEST = 5 * MINUTE;
const LONGEST = 30 * UNITS.d;
const EXPIRES_AFTER = "3d";
const MOST_APPROVALS = 10;
/** What was tried to work. */
const MOST_IN_A_PLAN = 10_000;
const MOST_PER_PERSON = 100_000;

const id = (letters: string, what: string) =>
  z
    .string(`is to be the id of ${what}`)
    .regex(
      new RegExp(`^[${letters}][A-Z0-9]{4,}$`),
      `is not the id of ${what}: it begins with ${letters.split("").join(" or ")}`,
    );

const duration = z
  .string("is to be a time such as 90m, 24h or 3d")
  .default(EXPIRES_AFTER)
  .transform((text, context) => {
    const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
    const ms = Number(count) * UNITS[unit as keyof typeof UNITS];
    if (ms >= SHORTEST && ms <= LONGEST) return ms;
    context.addIssue("is to be a time from 5m to 30d, such as 90m, 24h or 3d");
    return z.NEVER;
  });

const yesOrNo = z.boolean("is to be true or false").default(false);

const approveBy = z
  .strictObject({
    users: oneOrMore(id("UW", "a person")).default([]),
    groups: oneOrMore(id("S", "a user group")).default([]),
    approvals: z
      .int("is to be a whole number")
      .min(1, "is to be 1 or more")
      .max(MOST_APPROVALS, `is to be ${MOST_APPROVALS} or less`)
      .default(1),
    self_approval: yesOrNo,
    direct_message: yesOrNo,
    expires_after: duration,
  })
  .transform((given, context): Verdict => {
    const users = [...new Set(given.users)];
    const groups = [...new Set(given.groups)];
    if (users.length === 0 && groups.length === 0) {
      context.addIssue("names nobody: give it users or groups, or use deny");
    }
    if (groups.length === 0 && users.length > 0 && users.length < given.approvals) {
      context.addIssue({
        code: "custom",
        path: ["approvals"],
        message: `asks for ${given.approvals} approvals, yet names ${users.length} ${users.length === 1 ? "person" : "people"}`,
      });
    }
    return {
      kind: "approve",
      approvals: given.approvals,
      users,
      groups,
      selfApproval: given.self_approval,
      directMessage: given.direct_message,
      expiresAfter: given.expires_after,
    };
  });

const announce = z
  .strictObject({
    channels: oneOrMore(id("CG", "a channel")).optional(),
    outcomes: oneOrMore(z.enum(OUTCOMES, `is to be one of ${OUTCOMES.join(", ")}`)).optional(),
  })
  .transform(
    ({ channels, outcomes }): Announce => ({
      channels: channels === undefined ? null : [...new Set(channels)],
      outcomes: outcomes ?? ANNOUNCE_AGREED.outcomes,
    }),
  );

const rule = z
  .strictObject({
    name: z
      .string("is missing: people are told which rule their change met")
      .trim()
      .min(1, "is empty")
      .max(100, "is longer than 100 characters"),
    when: condition.default({}),
    approve_by: approveBy.optional(),
    confirm: z.literal("requester", "can only be: requester").optional(),
    deny: z
      .union(
        [z.literal(true), z.string().trim().min(1).max(300)],
        "is to be true, or the reason in at most 300 characters",
      )
      .optional(),
    announce: announce.default(ANNOUNCE_AGREED),
  })
  .transform((given, context): Rule => {
    const verdicts: Verdict[] = [
      ...(given.approve_by === undefined ? [] : [given.approve_by]),
      ...(given.confirm === undefined ? [] : [{ kind: "confirm" } as const]),
      ...(given.deny === undefined
        ? []
        : [{ kind: "deny", because: given.deny === true ? null : given.deny } as const]),
    ];
    const [verdict] = verdicts;
    if (verdict === undefined || verdicts.length > 1) {
      context.addIssue("needs exactly one of approve_by, confirm and deny");
      return z.NEVER;
    }
    return { name: given.name, when: given.when, verdict, announce: given.announce };
  });

const upTo = (most: number) =>
  z
    .int("is to be a whole number")
    .min(0, "is to be 0 or more")
    .max(most, `is to be ${most} or less`);

const bulk = z
  .strictObject({
    most: upTo(MOST_IN_A_PLAN).default(BULK_LIMITS.most),
    most_per_person: upTo(MOST_PER_PERSON).default(BULK_LIMITS.mostPerPerson),
  })
  .transform(({ most, most_per_person: mostPerPerson }): BulkLimits => ({ most, mostPerPerson }));

/** A policy file as plain data, checked and turned into a policy. */
export const policySchema = z
  .strictObject(
    {
      rules: z
        .array(rule, "is to be a list of rules")
        .min(1, "has no rule: without one nothing could be changed"),
      tag_rules: z.array(tagRule, "is to be a list of tag rules").default([]),
      bulk: bulk.default(BULK_LIMITS),
    },
    "is to be a list of rules under the word rules",
  )
  .superRefine(({ rules }, context) => {
    const names = new Set<string>();
    for (const [index, { name }] of rules.entries()) {
      if (names.has(name)) {
        context.addIssue({
          code: "custom",
          path: ["rules", index, "name"],
          message: "is the name of an earlier rule too",
        });
      }
      names.add(name);
    }
  })
  .transform(({ rules, tag_rules: tagRules, bulk }): Policy => ({ rules, tagRules, bulk }));
