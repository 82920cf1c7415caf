import { describe, expect, test } from "@jest/globals";
import {
  type CloudRole,
  changeProblem,
  type KeyScope,
  keyProblem,
  projectProblem,
} from "../../src/approval/key-scope.ts";
import { personId, samePerson } from "../../src/approval/person.ts";
import { MARIA, NOW, TOM } from "./samples.ts";

const HERE = 1186668;
const THERE = 1202779;

const scopeOf = (more: Partial<KeyScope> = {}): KeyScope => ({
  tokenId: "29841",
  tokenName: null,
  accountId: 7350925,
  accountName: null,
  tokenRole: null,
  expiry: "unknown",
  cloudRoles: null,
  projects: null,
  learntAt: NOW,
  ...more,
});

const EXPIRIES: readonly (readonly [KeyScope["expiry"], boolean])[] = [
  ["unknown", false],
  ["never", false],
  [{ at: NOW + 1 }, false],
  [{ at: NOW }, true],
  [{ at: NOW - 1 }, true],
];
const TOKEN_ROLES: readonly (readonly [string | null, boolean])[] = [
  [null, false],
  ["Administrators", false],
  ["Users", false],
  ["Engineers", false],
  ["Purge and Prefetch only (API)", true],
  ["Purge and Prefetch only (API+Web)", true],
];
const role = (name: string, projectId: number | null): CloudRole => ({ role: name, projectId });
const ROLES: readonly (readonly [readonly CloudRole[] | null, "all" | "here" | "no"])[] = [
  [null, "no"],
  [[], "no"],
  [[role("User", HERE)], "no"],
  [[role("Observer", THERE), role("User", HERE)], "no"],
  [[role("Observer", HERE), role("User", HERE)], "no"],
  [[role("Observer", HERE), role("ClientAdministrator", null)], "no"],
  [[role("observer of nothing", HERE)], "no"],
  [[role("Observer", HERE), role("User", THERE)], "here"],
  [[role("Observer", null), role("User", THERE)], "here"],
  [[role("Observer", HERE)], "all"],
  [[role("Observer", THERE)], "all"],
  [[role("Observer", null)], "all"],
];
const PROJECTS: readonly (readonly [KeyScope["projects"], boolean])[] = [
  [null, false],
  [[], true],
  [[{ id: THERE, name: "staging" }], true],
  [[{ id: HERE, name: "production" }], false],
  [
    [
      { id: THERE, name: "staging" },
      { id: HERE, name: "production" },
    ],
    false,
  ],
];

describe("What keeps a key from changing a snapshot", () => {
  test("in every combination of expiry, roles and projects, known and unknown", () => {
    let seen = 0;
    for (const [expiry, expired] of EXPIRIES)
      for (const [tokenRole, noCloud] of TOKEN_ROLES)
        for (const [cloudRoles, readOnly] of ROLES)
          for (const [projects, elsewhere] of PROJECTS) {
            const scope = scopeOf({ expiry, tokenRole, cloudRoles, projects });
            const whole = expired
              ? "key-expired"
              : noCloud || readOnly === "all"
                ? "key-read-only"
                : undefined;
            const here =
              whole ??
              (elsewhere ? "key-other-project" : readOnly === "here" ? "key-read-only" : undefined);
            expect([scope, keyProblem(scope, NOW)?.kind]).toEqual([scope, whole]);
            expect([scope, changeProblem(scope, HERE, NOW)?.kind]).toEqual([scope, here]);
            const place = projectProblem(scope, HERE)?.kind;
            expect(place).toBe(elsewhere ? "key-other-project" : undefined);
            seen += 1;
          }
    expect(seen).toBe(5 * 6 * 12 * 5);
  });

  test("nothing, as long as nothing is known: unknown is not forbidden", () => {
    expect(changeProblem(scopeOf(), HERE, NOW)).toBeUndefined();
  });

  test("is said with what helps: when it expired, which role, which projects", () => {
    expect(keyProblem(scopeOf({ expiry: { at: NOW - 5 } }), NOW)).toEqual({
      kind: "key-expired",
      at: NOW - 5,
    });
    expect(keyProblem(scopeOf({ cloudRoles: [role("Observer", null)] }), NOW)).toEqual({
      kind: "key-read-only",
      role: "Observer",
    });
    const projects = [{ id: THERE, name: "staging" }];
    expect(changeProblem(scopeOf({ projects }), HERE, NOW)).toEqual({
      kind: "key-other-project",
      projectId: HERE,
      projects,
    });
  });
});

describe("A person", () => {
  test("is the same only with the same id in the same organisation", () => {
    expect(samePerson(MARIA, { ...MARIA })).toBe(true);
    const elsewhere = { ...MARIA, teamId: "T2" };
    for (const other of [TOM, elsewhere, { ...elsewhere, enterpriseId: "E1" }]) {
      expect(samePerson(MARIA, other)).toBe(false);
      expect(personId(MARIA)).not.toBe(personId(other));
    }
  });

  test("is the same in every team of one enterprise, and in no other enterprise", () => {
    const inOne = { ...MARIA, enterpriseId: "E1" };
    const inAnotherTeam = { ...inOne, teamId: "T2" };
    expect(samePerson(inOne, inAnotherTeam)).toBe(true);
    expect(samePerson(inOne, { ...inAnotherTeam, enterpriseId: "E2" })).toBe(false);
    // A key stays sealed to the team in which it was entered.
    expect(personId(inOne)).not.toBe(personId(inAnotherTeam));
  });
});
