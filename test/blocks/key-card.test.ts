import { describe, expect, test } from "@jest/globals";
import type { CloudRole, KeyScope } from "../../src/approval/key-scope.ts";
import { keyCard, keyFacts } from "../../src/blocks/key-card.ts";
import { NOW } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const scope = (more: Partial<KeyScope> = {}): KeyScope => ({
  ...{ tokenId: "7", tokenName: null, accountId: 1, accountName: null, tokenRole: null },
  ...{ expiry: "never", cloudRoles: null, projects: null, learntAt: NOW },
  ...more,
});
const role = (name: string, projectId: number | null = null): CloudRole => ({
  role: name,
  projectId,
});

describe("The card of a key", () => {
  test.each<readonly [readonly CloudRole[] | null, string]>([
    [null, "Gcore does not tell whether it may edit snapshots"],
    [[], "Gcore does not tell whether it may edit snapshots"],
    [[role("Observer")], "It may look at snapshots but not edit them."],
    [[role("Observer"), role("Observer", 4)], "It may look at snapshots but not edit them."],
    [[role("Observer"), role("Project user", 4)], "It may edit snapshots."],
  ])("says of the roles %j what it may do", (cloudRoles, words) => {
    expect(textOf(keyCard(scope({ cloudRoles })))).toContain(words);
  });

  test("names each role with where it holds, and calls unknown what Gcore does not tell", () => {
    const cloudRoles = [role("Observer"), role("Project user", 4)];
    expect(textOf(keyFacts(scope({ cloudRoles })))).toContain(
      "Observer in all projects, Project user in project 4",
    );
    expect(textOf(keyFacts(scope({ cloudRoles: [] })))).toContain("Role in the cloud: unknown");
  });

  test("tells a key that sees no project from one of which Gcore does not tell", () => {
    expect(textOf(keyFacts(scope({ projects: [] })))).toContain("Projects it sees: none");
    expect(textOf(keyFacts(scope()))).toContain("Projects it sees: unknown");
    const projects = [{ id: 4, name: "web" }];
    expect(textOf(keyFacts(scope({ projects })))).toContain("Projects it sees: web (4)");
  });

  test("names fifteen projects, and says how many more there are", () => {
    const seeing = (count: number): string => {
      const projects = Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        name: `p${index + 1}.`,
      }));
      return textOf(keyFacts(scope({ projects })));
    };
    expect(seeing(15)).toContain("p15. (15)");
    expect(seeing(15)).not.toContain("more");
    expect(seeing(17)).not.toContain("p16.");
    expect(seeing(17)).toContain("p15. (15) and 2 more");
  });

  test("says how to remove it, but for the home tab, which has a button", () => {
    expect(textOf(keyCard(scope()))).toContain("/snapshot disconnect");
    expect(textOf(keyCard(scope(), "home"))).not.toContain("/snapshot disconnect");
  });
});
