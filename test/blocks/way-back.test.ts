import { describe, expect, test } from "@jest/globals";
import { wayBack } from "../../src/blocks/way-back.ts";
import type { Change } from "../../src/snapshot/change.ts";
import { formatCommand, parseCommand } from "../../src/snapshot/command.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { changeOf, snapshotWith, tag } from "../snapshot/samples.ts";

/** The command that takes a change back, if one is offered; else the words in its place. */
function wayBackOf(before: Snapshot, change: Partial<Change>): string {
  const plan = planChange(before, changeOf(change));
  if (!plan.ok) throw new Error(plan.problem.kind);
  const said = JSON.stringify(wayBack("To take it back", before, plan.value));
  const [, command] = /"text":"(\/snapshot (?:[^"\\]|\\.)*)"/.exec(said) ?? [];
  return command === undefined ? said : (JSON.parse(`"${command}"`) as string);
}

const BEFORE = snapshotWith({
  name: "nightly-1",
  tags: [tag("team", "payments"), tag("environment", "prod")],
});

describe("The command that takes a change back", () => {
  test("puts the name and each tag back, and takes away what was added", () => {
    const change = {
      name: "nightly-2",
      set: [
        { key: "team", value: "search" },
        { key: "owner", value: "ada" },
      ],
      remove: ["environment"],
    };
    const command = wayBackOf(BEFORE, change);
    const read = parseCommand(command.replace("/snapshot ", ""));
    expect(read).toMatchObject({
      ok: true,
      value: {
        kind: "change",
        snapshotId: BEFORE.snapshotId,
        projectId: BEFORE.projectId,
        regionId: BEFORE.regionId,
        name: "nightly-1",
        others: "keep",
        remove: ["owner"],
      },
    });
    expect(read.ok && read.value.kind === "change" && new Set(read.value.set)).toEqual(
      new Set([
        { key: "team", value: "payments" },
        { key: "environment", value: "prod" },
      ]),
    );
    expect(read.ok && read.value.kind === "change" && formatCommand(read.value)).toBe(
      command.replace("/snapshot ", ""),
    );
  });

  test("says nothing of a name that was not changed, or of tags that were not", () => {
    expect(wayBackOf(BEFORE, { remove: ["team"] })).not.toContain("--name");
    const command = wayBackOf(BEFORE, { name: "nightly-2" });
    const { projectId, regionId, snapshotId } = BEFORE;
    expect(command).toBe(
      `/snapshot ${snapshotId} --project ${projectId} --region ${regionId} --name nightly-1`,
    );
  });

  test("is not offered where nothing was changed", () => {
    expect(wayBackOf(BEFORE, { set: [{ key: "team", value: "payments" }] })).toBe("[]");
  });

  test("is offered where there is something else to know of the change", () => {
    const change = { name: "nightly-2", remove: ["owner"] };
    expect(wayBackOf(BEFORE, change)).toContain("--name nightly-1");
  });

  const NONE = "One command cannot put all of it back.";
  test.each<readonly [string, Snapshot, Partial<Change>]>([
    [
      "the old name breaks today's rules",
      snapshotWith({ name: "old/name" }),
      { name: "nightly-2" },
    ],
    [
      "an old tag breaks today's rules",
      snapshotWith({ tags: [tag("cost centre", "1"), tag("team", "payments")] }),
      { others: "remove" },
    ],
    [
      "an old value has in it what nobody can see",
      snapshotWith({ tags: [tag("team", "pay\u200bments")] }),
      { remove: ["team"] },
    ],
    [
      "an old value looks like a key",
      snapshotWith({ tags: [tag("team", "29841_9f86d081884c7d659a2feaa0c55ad015")] }),
      { remove: ["team"] },
    ],
    [
      "nobody would type so much",
      snapshotWith({
        tags: Array.from({ length: 20 }, (_, index) => tag(`key${index}`, "v".repeat(100))),
      }),
      { others: "remove" },
    ],
  ])("is not offered where %s; that is said instead", (_, before, change) => {
    expect(wayBackOf(before, change)).toContain(NONE);
  });
});
