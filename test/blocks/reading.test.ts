import { describe, expect, test } from "@jest/globals";
import { readDefaultsView } from "../../src/blocks/defaults-view.ts";
import { fieldTooLong, formErrors, readFormView, wishedInput } from "../../src/blocks/form-view.ts";
import { readHistoryPage } from "../../src/blocks/history-message.ts";
import { readPlanValue } from "../../src/blocks/plan-view.ts";
import { commentHoldsKey, commentMissing, readComment } from "../../src/blocks/review-view.ts";
import { readSnapshotAct, snapshotMenu } from "../../src/blocks/snapshot-actions.ts";
import { blockOf, readChosen, readText } from "../../src/blocks/view-state.ts";
import { fillForm, refText } from "../../src/snapshot/fill-form.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { ID, snapshotWith, tag } from "../snapshot/samples.ts";

const typed = (value: string | null) => ({ value });
const chosen = (value: string) => ({ selected_option: { value } });
const ticked = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });
const SNAPSHOT = snapshotWith({ tags: [tag("team", "core"), tag("owner", "ada")] });

describe("What stands in the form", () => {
  const state = {
    "project~1": { project: chosen("7") },
    "region~1": { region: { selected_option: null } },
    "snapshot~1": { snapshot: chosen(refText(SNAPSHOT)) },
    "name~1": { name: typed("weekly") },
    "set~1": { set: typed(null) },
    "remove~1": { remove: typed("owner") },
    clear: { clear: ticked("clear") },
    reason: { reason: typed("because") },
  };

  test("is read from whichever block it stands in now", () => {
    expect(readFormView(state)).toEqual({
      ...{ project: "7", region: "", snapshot: refText(SNAPSHOT), name: "weekly", set: "" },
      ...{ remove: "owner", clear: true, reason: "because" },
    });
    const more = { "region~1": { region: chosen("148") }, "set~1": { set: typed("team=core") } };
    expect(readFormView({ ...state, ...more })).toMatchObject({ region: "148", set: "team=core" });
    expect(blockOf(state, "name")).toBe("name~1");
    expect(blockOf(state, "toString")).toBeUndefined();
    expect(readFormView({})).toEqual(EMPTY_FORM);
  });

  test("has the keys of the tags that are ticked, and nothing of a line that only tells", () => {
    const filled = { ...state, "remove~1": { remove: ticked("1", "0", "9") } };
    expect(readFormView(filled, SNAPSHOT).remove).toBe("owner\nteam\n");
    const told = { ...state, "project~1": { project: chosen("note") }, clear: { clear: ticked() } };
    expect(readFormView(told)).toMatchObject({ project: "", clear: false });
  });

  test("is what the person typed themselves, unless another snapshot was chosen since", () => {
    const filled = fillForm(EMPTY_FORM, undefined, SNAPSHOT);
    expect(wishedInput({ filledFrom: SNAPSHOT }, filled)).toMatchObject({ name: "", set: "" });
    const other = { ...filled, snapshot: ID.replace("5", "6") };
    expect(wishedInput({ filledFrom: SNAPSHOT }, other)).toBe(other);
    expect(wishedInput({}, filled)).toBe(filled);
  });

  test("is too long where Slack would not take it back", () => {
    expect(fieldTooLong({ ...EMPTY_FORM, set: "x".repeat(3000) })).toBeUndefined();
    expect(fieldTooLong({ ...EMPTY_FORM, set: "x".repeat(3001) })).toBe("Set tags");
    expect(fieldTooLong({ ...EMPTY_FORM, snapshot: "x".repeat(3001) })).toBeUndefined();
  });

  test("has its faults under the blocks that the fields stand in now", () => {
    const faults = { name: { kind: "name-start" }, remove: { kind: "key-empty" } } as const;
    expect(formErrors(faults, { "name~3": { name: typed("-x") } })).toEqual({
      "name~3": "A name begins with a letter or a digit.",
      remove: "A tag needs a key before the “=”.",
    });
  });
});

describe("What is chosen and typed in other views", () => {
  test("are the names of all that is chosen in a menu, and none where there is nothing", () => {
    const options = [{ value: "1", text: { text: "one" } }, {}];
    expect(readChosen({ b: { menu: { selected_options: options } } }, "menu")).toEqual([
      { value: "1", label: "one" },
      { value: "", label: "" },
    ]);
    expect(readChosen({}, "menu")).toEqual([]);
    expect(readText({ b: { text: typed("x") } }, "text")).toBe("x");
  });

  test("is a comment on one line, or none", () => {
    const commented = (value: string) => readComment({ comment: { comment: typed(value) } });
    expect(commented("  not \n\n today ")).toBe("not today");
    expect([commented(" \n"), readComment({})]).toEqual([null, null]);
    expect(commentMissing()).toEqual({
      comment: "Write why, so that the person who asked can do better.",
    });
    expect(commentHoldsKey()).toEqual({
      comment: "This looks like an API key. Take it out: others would read it.",
    });
  });

  test("are defaults by their numbers; the last one used is no number", () => {
    const state = (project: string, region: string) => ({
      project: { project: chosen(project) },
      region: { region: chosen(region) },
    });
    expect(readDefaultsView(state("7", "148"))).toEqual({ projectId: 7, regionId: 148 });
    expect(readDefaultsView(state("7", "last"))).toEqual({ projectId: 7, regionId: null });
    expect(readDefaultsView(state("x7", "7x"))).toEqual({ projectId: null, regionId: null });
    expect(readDefaultsView(state("1186668", "07"))).toEqual({
      projectId: 1186668,
      regionId: null,
    });
  });
});

describe("What a button carries is read back:", () => {
  const { projectId, regionId, snapshotId } = SNAPSHOT;
  const ref = { projectId, regionId, snapshotId };

  test("each line of a snapshot's menu, and nothing that was never offered", () => {
    const { options } = snapshotMenu(ref, "request-1");
    expect(options.map(({ value = "" }) => readSnapshotAct(value))).toEqual([
      { act: "change", ref },
      { act: "show", ref },
      { act: "history", ref },
      { act: "undo", requestId: "request-1" },
    ]);
    for (const value of ["", "change", `change ${snapshotId}`, `delete /snapshots/1/2/${ID}`]) {
      expect(readSnapshotAct(value)).toBeUndefined();
    }
    expect(snapshotMenu(ref, null).options).toHaveLength(3);
  });

  test("the page of a plan, or its beginning", () => {
    expect(readPlanValue("plan-1 failed 16")).toEqual({
      planId: "plan-1",
      part: "change",
      from: 16,
    });
    expect(readPlanValue("plan-1 trouble 16")).toEqual({
      ...{ planId: "plan-1", part: "trouble", from: 16 },
    });
    expect(readPlanValue("plan-1")).toEqual({ planId: "plan-1", part: "change", from: 0 });
    for (const value of ["", "a b", "plan-1 trouble 1x", " plan-1", `${"p".repeat(101)}`]) {
      expect([value, readPlanValue(value).planId]).toEqual([value, ""]);
    }
  });

  test("the page of a history, with the words that were looked for", () => {
    const place = { askedAt: 17, id: "request-1" };
    expect(readHistoryPage("17/request-1 by:me since:7d")).toEqual({
      place,
      text: "by:me since:7d",
    });
    expect(readHistoryPage("17/request-1")).toEqual({ place, text: "" });
    for (const value of ["", "request-1", "x17/request-1", "17/", `17/${"r".repeat(101)}`]) {
      expect(readHistoryPage(value)).toBeUndefined();
    }
  });
});
