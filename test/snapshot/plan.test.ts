import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Change } from "../../src/snapshot/change.ts";
import { applyPatch, isEmpty, patchBody } from "../../src/snapshot/merge-patch.ts";
import {
  type Plan,
  planChange,
  type Row,
  rowsUnlike,
  unseenTags,
  valueNow,
} from "../../src/snapshot/plan.ts";
import { keyFault, nameFault, valueFault } from "../../src/snapshot/rules.ts";
import { isProtected, type Snapshot } from "../../src/snapshot/snapshot.ts";
import { anyChange, anySnapshot } from "./arbitraries.ts";
import { changeOf, OBJECT_MEMBERS, SYSTEM, snapshotWith, tag, tagMap } from "./samples.ts";

const planOf = (snapshot: Snapshot, change: Partial<Change>): Plan => {
  const plan = planChange(snapshot, changeOf(change));
  if (!plan.ok) throw new Error(JSON.stringify(plan.problem));
  return plan.value;
};

/** What the change means, said once more and otherwise: tag by tag. */
function wanted(snapshot: Snapshot, change: Change): Map<string, string> {
  const after = new Map<string, string>();
  for (const one of snapshot.tags) {
    const goes =
      !isProtected(one) &&
      (change.others === "remove" || change.remove.includes(one.key)) &&
      (keyFault(one.key) === undefined || takesAll(snapshot, change));
    if (!goes) after.set(one.key, one.value);
  }
  for (const one of change.set) after.set(one.key, one.value);
  return after;
}

/** Tags that cannot be named go only with all the others, and only where no system tag would too. */
const takesAll = (snapshot: Snapshot, change: Change): boolean =>
  change.others === "remove" &&
  change.set.length === 0 &&
  snapshot.tags.every((one) => one.readOnly || !isProtected(one));

const made = (snapshot: Snapshot, plan: Plan): Snapshot => ({
  ...snapshot,
  ...applyPatch(snapshot, plan.patch),
});

describe("A plan, for any snapshot and any change", () => {
  const each = (check: (snapshot: Snapshot, change: Change, plan: Plan) => void): void =>
    fc.assert(
      fc.property(anySnapshot, anyChange, (snapshot, change) => {
        const plan = planChange(snapshot, change);
        const named = [...change.set.map((one) => one.key), ...change.remove];
        const readOnly = snapshot.tags.filter((one) => one.readOnly && named.includes(one.key));
        if (readOnly.length > 0) {
          const keys = readOnly.map((one) => one.key);
          expect(plan).toEqual({ ok: false, problem: { kind: "tag-read-only", keys } });
          return;
        }
        if (!plan.ok) throw new Error(JSON.stringify(plan.problem));
        check(snapshot, change, plan.value);
      }),
      { numRuns: 300 },
    );

  test("does what was asked for, and nothing else", () =>
    each((snapshot, change, plan) => {
      expect(tagMap(made(snapshot, plan).tags)).toEqual(wanted(snapshot, change));
      expect(made(snapshot, plan).name).toBe(change.name ?? snapshot.name);
    }));

  test("has one row for each field that changes, with exactly its before and after", () =>
    each((snapshot, _change, plan) => {
      const before = tagMap(snapshot.tags);
      const then = tagMap(made(snapshot, plan).tags);
      const expected: Row[] = [];
      if (made(snapshot, plan).name !== snapshot.name) {
        expected.push({
          field: "name",
          before: snapshot.name,
          after: made(snapshot, plan).name,
        });
      }
      for (const key of new Set([...before.keys(), ...then.keys()])) {
        if (before.get(key) !== then.get(key)) {
          expected.push({
            field: "tag",
            key,
            before: before.get(key) ?? null,
            after: then.get(key) ?? null,
          });
        }
      }
      expect(new Set(plan.rows)).toEqual(new Set(expected));
      expect(plan.rows).toHaveLength(expected.length);
    }));

  test("never touches a read-only or a system tag", () =>
    each((snapshot, _change, plan) => {
      const held = snapshot.tags.filter(isProtected);
      const named = (plan.patch.tags ?? []).map((one) => one.key);
      for (const one of held) {
        expect(named).not.toContain(one.key);
        expect(made(snapshot, plan).tags).toContainEqual(one);
        expect(plan.stays).toContainEqual(one);
      }
      const unmarked = held.some((one) => !one.readOnly);
      if (unmarked) expect(plan.patch.tags).not.toBeNull();
    }));

  test("sends nothing that Gcore would refuse, and nothing that is as it should be", () =>
    each((snapshot, change, plan) => {
      const { name, tags } = plan.patch;
      if (name !== undefined) expect(name).not.toBe(snapshot.name);
      for (const { key, value } of tags ?? []) {
        expect(keyFault(key)).toBeUndefined();
        expect(value === null ? undefined : valueFault(key, value)).toBeUndefined();
        expect(tagMap(snapshot.tags).get(key) ?? null).not.toBe(value);
      }
      expect(tags?.length).not.toBe(0);
      expect(name === undefined || name === change.name).toBe(true);
    }));

  test("has a way back that gives back the start", () =>
    each((snapshot, _change, plan) => {
      const back = applyPatch(made(snapshot, plan), plan.inverse);
      expect(back.name).toBe(snapshot.name);
      expect(tagMap(back.tags)).toEqual(tagMap(snapshot.tags));
    }));

  test("says of each field whether its old content could be put back", () =>
    each((_snapshot, _change, plan) => {
      const hopeless = plan.rows.filter((row) =>
        row.field === "name"
          ? nameFault(row.before) !== undefined
          : row.before !== null &&
            (keyFault(row.key) ?? valueFault(row.key, row.before)) !== undefined,
      );
      const warned = plan.warnings.filter(({ kind }) => kind.endsWith("cannot-return"));
      expect(warned).toHaveLength(hopeless.length);
    }));

  test("warns exactly when nothing changes", () =>
    each((_snapshot, _change, plan) => {
      const warned = plan.warnings.some(({ kind }) => kind === "nothing-changes");
      expect(warned).toBe(plan.rows.length === 0);
      expect(isEmpty(plan.patch)).toBe(plan.rows.length === 0);
    }));

  test("parts the tags into those that stay and those that do not", () =>
    each((snapshot, _change, plan) => {
      const moved = plan.rows.flatMap((row) => (row.field === "tag" ? [row.key] : []));
      const stays = plan.stays.map((one) => one.key);
      const parted = [...stays, ...moved.filter((key) => tagMap(snapshot.tags).has(key))];
      expect(parted.sort()).toEqual(snapshot.tags.map((one) => one.key).sort());
    }));

  test("is seen as done after it was done, and as not begun before", () =>
    each((snapshot, _change, plan) => {
      expect(rowsUnlike(snapshot, plan.rows, "before")).toEqual([]);
      expect(rowsUnlike(made(snapshot, plan), plan.rows, "after")).toEqual([]);
      expect(rowsUnlike(snapshot, plan.rows, "after")).toEqual(plan.rows);
      expect(unseenTags(snapshot, plan)).toEqual([]);
    }));
});

describe("Each thing that can be done to tags", () => {
  const snapshot = snapshotWith({
    tags: [
      ...SYSTEM,
      tag("environment", "prod"),
      tag("team", "payments"),
      tag("image_id", "i", true),
    ],
  });
  const body = (change: Partial<Change>): unknown =>
    JSON.parse(patchBody(planOf(snapshot, change).patch));

  test.each<readonly [string, Partial<Change>, unknown]>([
    ["a new one", { set: [{ key: "a", value: "1" }] }, { tags: { a: "1" } }],
    ["another value", { set: [{ key: "team", value: "x" }] }, { tags: { team: "x" } }],
    ["one away", { remove: ["team"] }, { tags: { team: null } }],
    [
      "all away: each by its name, Gcore's own left alone",
      { others: "remove" },
      { tags: { environment: null, team: null } },
    ],
    [
      "some of each",
      {
        set: [
          { key: "a", value: "1" },
          { key: "environment", value: "x" },
        ],
        remove: ["team"],
      },
      { tags: { a: "1", environment: "x", team: null } },
    ],
    [
      "all replaced",
      { set: [{ key: "a", value: "1" }], others: "remove" },
      { tags: { a: "1", environment: null, team: null } },
    ],
    [
      "all replaced but one that is kept as it is",
      { set: [{ key: "team", value: "payments" }], others: "remove" },
      { tags: { environment: null } },
    ],
    [
      "all replaced but one that gets another value",
      { set: [{ key: "team", value: "x" }], others: "remove" },
      { tags: { environment: null, team: "x" } },
    ],
    ["a new name alone", { name: "weekly" }, { name: "weekly" }],
    [
      "a new name and all away",
      { name: "weekly", others: "remove" },
      { name: "weekly", tags: { environment: null, team: null } },
    ],
    ["nothing new", { name: "nightly", set: [{ key: "team", value: "payments" }] }, {}],
    ["nothing there to remove", { remove: ["nothing"] }, {}],
  ])("%s", (_what, change, expected) => {
    expect(body(change)).toEqual(expected);
  });

  test.each(OBJECT_MEMBERS)("with the key %s, on the wire and back", (key) => {
    const added = planOf(snapshot, { set: [{ key, value: "x" }] });
    const sent = JSON.parse(patchBody(added.patch)) as { tags: object };
    expect(Object.entries(sent.tags)).toEqual([[key, "x"]]);
    expect(added.rows).toEqual([{ field: "tag", key, before: null, after: "x" }]);
    const there = snapshotWith({ tags: [tag(key, "x")] });
    const removed = planOf(there, { remove: [key] });
    expect(Object.entries((JSON.parse(patchBody(removed.patch)) as { tags: object }).tags)).toEqual(
      [[key, null]],
    );
    expect(removed.warnings).toEqual([]);
    expect(planOf(snapshot, { remove: [key] }).warnings).toContainEqual({
      kind: "tag-not-there",
      key,
    });
  });

  test("a read-only tag that is named ends it, with all such keys", () => {
    const plan = planChange(
      snapshotWith({ tags: [tag("a", "1", true), tag("b", "2", true), tag("c", "3", true)] }),
      changeOf({ set: [{ key: "a", value: "1" }], remove: ["c"] }),
    );
    expect(plan).toEqual({ ok: false, problem: { kind: "tag-read-only", keys: ["a", "c"] } });
  });
});

describe("Tags of earlier days", () => {
  const old = tag("cost center", "cc-1");

  test("go with all the others by Gcore's own way, where no system tag goes with them", () => {
    const snapshot = snapshotWith({ tags: [old, tag("team", "a"), tag("image_id", "i", true)] });
    const plan = planOf(snapshot, { others: "remove" });
    expect(patchBody(plan.patch)).toBe('{"tags":null}');
    expect(plan.rows).toHaveLength(2);
    expect(plan.stays.map((one) => one.key)).toEqual(["image_id"]);
    expect(plan.warnings).toEqual([
      {
        kind: "tag-cannot-return",
        fault: { kind: "key-characters", key: "cost center" },
        key: "cost center",
      },
    ]);
  });

  test("stay where a system tag would go with them, and that is said", () => {
    const snapshot = snapshotWith({ tags: [...SYSTEM, old, tag("team", "a")] });
    const plan = planOf(snapshot, { others: "remove" });
    expect(JSON.parse(patchBody(plan.patch))).toEqual({ tags: { team: null } });
    expect(plan.warnings).toEqual([{ kind: "tag-cannot-go", key: "cost center" }]);
  });

  test("stay where others take their place, and that is said", () => {
    const snapshot = snapshotWith({ tags: [old] });
    const plan = planOf(snapshot, { set: [{ key: "a", value: "1" }], others: "remove" });
    expect(JSON.parse(patchBody(plan.patch))).toEqual({ tags: { a: "1" } });
    expect(plan.warnings).toEqual([{ kind: "tag-cannot-go", key: "cost center" }]);
  });

  test("a marked system tag does not keep them", () => {
    const snapshot = snapshotWith({ tags: [tag("bootable", "True", true), old] });
    expect(planOf(snapshot, { others: "remove" }).patch).toEqual({ tags: null });
  });

  test("a value that is too long by now cannot be put back, and that is said", () => {
    const snapshot = snapshotWith({ tags: [tag("notes", "n".repeat(1024))] });
    for (const change of [{ remove: ["notes"] }, { set: [{ key: "notes", value: "x" }] }]) {
      expect(planOf(snapshot, change).warnings).toEqual([
        { kind: "tag-cannot-return", fault: { kind: "value-length", key: "notes" }, key: "notes" },
      ]);
    }
  });

  test("neither can a name that a policy gave", () => {
    const snapshot = snapshotWith({ name: "Snapshot of volume: x" });
    expect(planOf(snapshot, { name: "weekly" }).warnings).toEqual([
      { kind: "name-cannot-return", fault: { kind: "name-characters", characters: [":"] } },
    ]);
  });
});

describe("What stands there now", () => {
  const snapshot = snapshotWith({ tags: [tag("a", "1"), tag("b", "2")] });
  const plan = planOf(snapshot, { name: "weekly", set: [{ key: "c", value: "3" }], remove: ["a"] });

  test("is compared where the change touches it, and nowhere else", () => {
    const elsewhere = { ...snapshot, tags: [...snapshot.tags, tag("d", "4")], status: "error" };
    expect(rowsUnlike(elsewhere, plan.rows, "before")).toEqual([]);
    const touched = { ...snapshot, name: "renamed", tags: [tag("a", "9"), tag("c", "3")] };
    expect(rowsUnlike(touched, plan.rows, "before")).toEqual(plan.rows);
    expect(rowsUnlike(touched, plan.rows, "after").map((row) => row.field)).toEqual([
      "name",
      "tag",
    ]);
  });

  test("is null where there is no such tag, and a text that looks like it is not that", () => {
    const row: Row = { field: "tag", key: "__proto__", before: null, after: "null" };
    expect(valueNow(snapshot, row)).toBeNull();
    expect(valueNow(snapshotWith({ tags: [tag("__proto__", "null")] }), row)).toBe("null");
  });

  test("has no tag that a removal of all would take unseen", () => {
    const old = tag("cost center", "1");
    const before = snapshotWith({ tags: [old] });
    const all = planOf(before, { others: "remove" });
    const later = snapshotWith({ tags: [old, tag("new", "1"), tag("ro", "2", true), ...SYSTEM] });
    expect(unseenTags(later, all).map((one) => one.key)).toEqual([
      "new",
      "bootable",
      "volume_name",
    ]);
    expect(unseenTags(later, planOf(later, { others: "remove" }))).toEqual([]);
  });
});
