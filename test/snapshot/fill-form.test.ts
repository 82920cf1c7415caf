import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  copyTags,
  editableTags,
  fillForm,
  refText,
  typedInput,
} from "../../src/snapshot/fill-form.ts";
import { EMPTY_FORM, type FormInput, readForm, setLine } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { anySnapshot, anyText, goodKey, goodValue } from "./arbitraries.ts";
import { snapshotWith, tag } from "./samples.ts";

const typedForm: fc.Arbitrary<FormInput> = fc.record({
  project: fc.constant(""),
  region: fc.constant(""),
  snapshot: fc.constant(""),
  name: anyText,
  set: fc.array(anyText, { maxLength: 4 }).map((lines) => lines.join("\n")),
  remove: anyText,
  clear: fc.boolean(),
  reason: anyText,
});
const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What somebody who sends a form off wants of the snapshot that it was filled from. */
const planOf = (input: FormInput, filled: Snapshot) => {
  const read = readForm(typedInput(input, filled));
  if (!read.ok) return read;
  const plan = planChange(filled, read.value.change);
  if (!plan.ok) throw new Error(plan.problem.kind);
  return { ok: true, value: plan.value } as const;
};

describe("A form that is filled from a snapshot", () => {
  test("shows its name and its tags as lines to edit, but for those that nobody may change", () => {
    const snapshot = snapshotWith({
      name: "nightly",
      tags: [
        tag("bootable", "True"),
        tag("image", "x", true),
        tag("environment", "prod"),
        tag("cost center", "1"),
        tag("team", "a = b"),
      ],
    });
    expect(fillForm(EMPTY_FORM, undefined, snapshot)).toEqual({
      ...EMPTY_FORM,
      project: String(snapshot.projectId),
      region: String(snapshot.regionId),
      snapshot: refText(snapshot),
      name: "nightly",
      set: "environment=prod\nteam=a = b",
    });
  });

  test("asks for nothing when it is sent off as it is, whatever the snapshot is called and tagged", () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const filled = fillForm(EMPTY_FORM, undefined, snapshot);
        expect(planOf(filled, snapshot)).toEqual({
          ok: false,
          problem: { name: { kind: "nothing-asked" } },
        });
      }),
    );
  });

  test("keeps every line and the name that was typed before, and puts them first", () => {
    fc.assert(
      fc.property(typedForm, anySnapshot, (typed, snapshot) => {
        const filled = fillForm(typed, undefined, snapshot);
        const lines = linesOf(typed.set);
        expect(linesOf(filled.set).slice(0, lines.length)).toEqual(lines);
        expect(filled.name).toBe(typed.name === "" ? snapshot.name : typed.name);
        expect(filled.reason).toBe(typed.reason);
        expect(linesOf(filled.remove)).toEqual(linesOf(typed.remove));
      }),
    );
  });

  test("keeps what was typed when another snapshot is chosen, and lets go of what was filled in", () => {
    const key = goodKey.filter((one) => one !== "bootable" && one !== "volume_name");
    fc.assert(
      fc.property(anySnapshot, anySnapshot, key, goodValue, (one, other, newKey, value) => {
        const line = setLine({ key: newKey, value });
        const was = editableTags(one).map(setLine);
        fc.pre(!was.includes(line));
        const filled = fillForm(EMPTY_FORM, undefined, one);
        const edited = { ...filled, set: [...linesOf(filled.set), line].join("\n") };
        const next = fillForm(edited, one, other);
        const expected = editableTags(other).filter((tagged) => tagged.key !== newKey);
        expect(linesOf(next.set)).toEqual([line, ...expected.map(setLine)]);
        expect(next.name).toBe(other.name);
      }),
    );
  });

  test("keeps a name that was typed over the one that was filled in, and none that stands there as it was", () => {
    const [one, other] = [snapshotWith({ name: " nightly " }), snapshotWith({ name: "weekly" })];
    const filled = fillForm(EMPTY_FORM, undefined, one);
    expect(fillForm({ ...filled, name: "mine" }, one, other).name).toBe("mine");
    for (const name of [" nightly ", "nightly", "nightly  "]) {
      expect(fillForm({ ...filled, name }, one, other).name).toBe("weekly");
    }
  });

  test("lets go of what was to be removed and is not there, once another snapshot is chosen", () => {
    const [one, other] = [
      snapshotWith({ tags: [tag("a", "1"), tag("b", "2"), tag("c", "3")] }),
      snapshotWith({ tags: [tag("c", "4"), tag("a", "5")] }),
    ];
    const input = { ...EMPTY_FORM, remove: "a\r\n b \nc\n" };
    expect(fillForm(input, one, other).remove).toBe("a\nc");
    expect(fillForm(input, undefined, other).remove).toBe("a\nb\nc");
  });

  test("knows the lines that were filled in although blanks came around them, and the typed ones by their keys", () => {
    const [one, other] = [
      snapshotWith({ tags: [tag("a", "1"), tag("b", "2")] }),
      snapshotWith({ tags: [tag("typed", "theirs"), tag("d", "4"), tag("word", "5")] }),
    ];
    const set = "  a=1 \n\n typed = mine\nword\n=x\nb=2\n\n";
    expect(fillForm({ ...EMPTY_FORM, set }, one, other).set).toBe("\n typed = mine\nword\n=x\nd=4");
  });

  test("leaves out a tag whose value a line cannot hold as it is", () => {
    const tags = [tag("a", " 1"), tag("b", "2"), tag("c", "3 ")];
    expect(fillForm(EMPTY_FORM, undefined, snapshotWith({ tags })).set).toBe("b=2");
  });

  test("is filled to the last character that the field has room for", () => {
    const tags = Array.from({ length: 12 }, (_, index) =>
      tag(`key-${index + 10}`, "v".repeat(243)),
    );
    const full = fillForm(EMPTY_FORM, undefined, snapshotWith({ tags })).set;
    const left = 3_000 - full.length;
    const last = tag("z", "v".repeat(left - "\nz=".length));
    expect(
      fillForm(EMPTY_FORM, undefined, snapshotWith({ tags: [...tags, last] })).set,
    ).toHaveLength(3_000);
    const longer = tag("z", `${last.value}v`);
    expect(fillForm(EMPTY_FORM, undefined, snapshotWith({ tags: [...tags, longer] })).set).toBe(
      full,
    );
  });

  test("holds as many tags as the field does", () => {
    const tags = Array.from({ length: 300 }, (_, index) => tag(`key-${index}`, "v".repeat(40)));
    const { set } = fillForm(EMPTY_FORM, undefined, snapshotWith({ tags }));
    expect(set.length).toBeLessThanOrEqual(3_000);
    expect(linesOf(set).length).toBeGreaterThan(50);
  });
});

describe("What is sent off of it", () => {
  const snapshot = snapshotWith({
    name: "nightly",
    tags: [tag("environment", "prod"), tag("team", "payments"), tag("owner", "ada")],
  });
  const filled = fillForm(EMPTY_FORM, undefined, snapshot);

  test("is the edited lines and nothing else", () => {
    const set = filled.set.replace("environment=prod", "environment=staging");
    expect(planOf({ ...filled, set }, snapshot)).toMatchObject({
      value: { patch: { tags: [{ key: "environment", value: "staging" }] } },
    });
  });

  test("leaves a tag alone whose line was deleted", () => {
    const set = filled.set.replace("team=payments\n", "owner=bob\n").replace("\nowner=ada", "");
    expect(planOf({ ...filled, set }, snapshot)).toMatchObject({
      value: { patch: { tags: [{ key: "owner", value: "bob" }] } },
    });
  });

  test("removes what is chosen to be removed, though its line still stands there", () => {
    expect(planOf({ ...filled, remove: "team" }, snapshot)).toMatchObject({
      value: { patch: { tags: [{ key: "team", value: null }] } },
    });
  });

  test("keeps exactly the lines that stand there where all others are to go", () => {
    const set = "environment=prod\nnew=1";
    const plan = planOf({ ...filled, set, clear: true }, snapshot);
    if (!plan.ok) throw new Error("not taken");
    const rows = plan.value.rows.map((row) => (row.field === "tag" ? [row.key, row.after] : row));
    expect(rows).toEqual(
      expect.arrayContaining([
        ["team", null],
        ["owner", null],
        ["new", "1"],
      ]),
    );
    expect(rows).toHaveLength(3);
  });
});

describe("Tags that are copied from elsewhere", () => {
  const snapshot = snapshotWith({
    name: "nightly",
    tags: [tag("environment", "prod"), tag("b", "1")],
  });
  const filled = fillForm(EMPTY_FORM, undefined, snapshot);

  test("take the place of those that were filled in, never of those that were typed", () => {
    const typed = { ...filled, set: `${filled.set}\nteam=mine`, remove: "b\nold" };
    const copied = [tag("team", "theirs"), tag("environment", "staging"), tag("b", "2")];
    expect(copyTags(typed, snapshot, copied)).toMatchObject({
      set: "team=mine\nenvironment=staging\nb=2",
      remove: "old",
    });
  });

  test("go between what was typed and what is left of what was filled in", () => {
    const typed = { ...filled, set: `one=1\n${filled.set}\n two = 2 \n\n`, remove: "x\ny\nz" };
    expect(copyTags(typed, snapshot, [tag("y", "3")])).toMatchObject({
      set: "one=1\n two = 2\ny=3\nenvironment=prod\nb=1",
      remove: "x\nz",
    });
  });

  test("are each there once, whatever is copied twice", () => {
    const once = copyTags(filled, snapshot, [tag("c", "1")]);
    expect(copyTags(once, snapshot, [tag("c", "2")]).set).toBe(once.set);
  });
});
