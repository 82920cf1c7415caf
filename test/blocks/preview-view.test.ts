import { describe, expect, test } from "@jest/globals";
import { previewView } from "../../src/blocks/preview-view.ts";
import { approversNeeded, BEFORE, PROBLEMS, previewOf } from "../approval/samples.ts";
import { snapshotWith, tag } from "../snapshot/samples.ts";
import { textOf } from "./text-of.ts";

const said = (...view: Parameters<typeof previewView>): string =>
  textOf(previewView(...view).blocks);
const ALREADY = { set: [{ key: "team", value: "payments" }] };

describe("A preview", () => {
  test("of a locked snapshot says what comes of going on, where something changes", () => {
    const locked = (...preview: Parameters<typeof previewOf>): string =>
      said("draft", previewOf(...preview), PROBLEMS.locked);
    const lock = "Not now. The snapshot is locked by a task.";
    const then = "I wait and make the change as soon as the task has ended, or say why not.";
    expect(locked()).toContain(`${lock} If you go on, ${then}What will change`);
    expect(locked(BEFORE, {}, approversNeeded())).toContain(
      `${lock} You can ask all the same: once it is approved, ${then}What will change`,
    );
    expect(locked(BEFORE, ALREADY)).toContain(`${lock}Please note`);
  });

  test("says which other tags stay, or that there are none", () => {
    expect(said("draft", previewOf())).toContain("No other tagsTo take it back later");
    const before = snapshotWith({ tags: [tag("team", "payments"), tag("owner", "ada")] });
    expect(said("draft", previewOf(before))).toContain("Tags that stayowner = ada");
  });

  test("has no line for a reason that was not given", () => {
    expect(said("draft", previewOf())).toContain("Reason: because");
    expect(said("draft", { ...previewOf(), reason: null })).not.toContain("Reason");
  });
});
