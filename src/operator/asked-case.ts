import type { Case } from "../approval/policy.ts";
import type { TagValue } from "../snapshot/change.ts";
import type { Row } from "../snapshot/plan.ts";
import { type Tag, tagValue } from "../snapshot/snapshot.ts";
import { type Given, numberOf, type Option, WrongUsage } from "./command.ts";

const repeated = (help: string, value: string): Option => ({
  type: "string",
  value,
  multiple: true,
  help,
});

/** How a snapshot and a change of it are described. */
export const CASE_OPTIONS: Readonly<Record<string, Option>> = {
  project: { type: "string", value: "NUMBER", help: "the snapshot's project" },
  region: { type: "string", value: "NUMBER", help: "the snapshot's region" },
  name: { type: "string", value: "NAME", help: "its name before the change; by default empty" },
  tag: repeated("a tag that it has before the change", "KEY=VALUE"),
  rename: { type: "boolean", help: "the change gives it another name" },
  called: { type: "string", value: "NAME", help: "the change gives it this name" },
  set: repeated("the change sets this tag", "KEY=VALUE"),
  remove: repeated("the change removes this tag", "KEY"),
};

/** The snapshot and the change that were described. @throws WrongUsage when they cannot be meant. */
export function askedCase(given: Given): Case {
  const projectId = numberOf(given, "project");
  const regionId = numberOf(given, "region");
  if (projectId === undefined || regionId === undefined) {
    throw new WrongUsage("Say where the snapshot is: --project and --region.");
  }
  const name = given.text("name") ?? "";
  const called = given.text("called");
  const tags = pairs(given, "tag").map((tag) => ({ ...tag, readOnly: false }));
  const set = pairs(given, "set");
  const remove = given.texts("remove");
  const both = set.find(({ key }) => remove.includes(key));
  if (both !== undefined) throw new WrongUsage(`${both.key} cannot be set and removed.`);
  const rows: Row[] = [
    ...(given.flag("rename") || called !== undefined
      ? [{ field: "name", before: name, after: called ?? "" } as const]
      : []),
    ...set.map(({ key, value }) => row(tags, key, value)),
    ...remove.map((key) => row(tags, key, null)),
  ];
  return {
    snapshot: { projectId, regionId, name, tags },
    // What stays as it is, is not touched.
    rows: rows.filter((one) => one.before !== one.after || isRenamed(one)),
  };
}

/** True when it gets another name, of which nothing is known. */
export const isRenamed = (one: Row): boolean => one.field === "name" && one.after === "";

const row = (tags: readonly Tag[], key: string, after: string | null): Row => ({
  field: "tag",
  key,
  before: tagValue(tags, key) ?? null,
  after,
});

function pairs(given: Given, name: string): readonly TagValue[] {
  const found = given.texts(name).map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new WrongUsage(`--${name} is to be KEY=VALUE.`);
    return { key: text.slice(0, at), value: text.slice(at + 1) };
  });
  const twice = found.find(({ key }, index) => found.findIndex((one) => one.key === key) < index);
  if (twice !== undefined) throw new WrongUsage(`--${name} names ${twice.key} twice.`);
  return found;
}
