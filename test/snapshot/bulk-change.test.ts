import { expect, test } from "@jest/globals";
import { changeFor } from "../../src/snapshot/bulk-change.ts";
import { readTemplate } from "../../src/snapshot/name-template.ts";
import { snapshotWith } from "./samples.ts";

const TAGS = { set: [{ key: "a", value: "1" }], remove: ["b"], others: "keep" } as const;
const named = (text: string) => {
  const name = readTemplate(text);
  if (!name.ok) throw new Error(name.problem.kind);
  return { ...TAGS, name: name.value };
};

test("A change of many is the same for each of them, but for the name", () => {
  expect(changeFor(TAGS, snapshotWith(), 1)).toEqual({ ok: true, value: TAGS });
  expect(changeFor(named("daily-{n}"), snapshotWith(), 7)).toEqual({
    ok: true,
    value: { ...TAGS, name: "daily-7" },
  });
});

test("A snapshot is left when the name lacks a part for it, or would be none", () => {
  expect(changeFor(named("{volume}-1"), snapshotWith({ volumeId: null, tags: [] }), 1)).toEqual({
    ok: false,
    problem: { kind: "name-part-missing", part: "volume" },
  });
  expect(changeFor(named("x{n}"), snapshotWith(), 1)).toMatchObject({
    ok: false,
    problem: { kind: "name-unfit", name: "x1", fault: { kind: "name-length" } },
  });
});

test("A snapshot may keep a name that could not be given to it today", () => {
  const legacy = snapshotWith({ name: "x1" });
  expect(changeFor(named("x{n}"), legacy, 1)).toEqual({ ok: true, value: { ...TAGS, name: "x1" } });
});
