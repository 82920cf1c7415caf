import { expect, test } from "@jest/globals";
import { commandFaultMessage, problemMessage, snapshotMessage } from "../../src/blocks/replies.ts";
import { parseCommand } from "../../src/snapshot/command.ts";
import { PROBLEMS } from "../approval/samples.ts";
import { snapshotWith } from "../snapshot/samples.ts";
import { textOf } from "./text-of.ts";

test.each(["list", "lint", "bulk"])(
  "To %s, which takes words, a filter that there is not may be a part of a name",
  (command) => {
    const read = parseCommand(`${command} nmae:x`);
    expect(!read.ok && textOf(commandFaultMessage(read.problem).blocks)).toContain(
      "To look for a name that has this in it, put it in quotes.",
    );
  },
);

test("To the history, which takes no words, it is no part of a name", () => {
  const read = parseCommand("history nmae:x");
  const said = !read.ok && textOf(commandFaultMessage(read.problem).blocks);
  expect(said).toContain("There is no filter nmae: here.");
  expect(said).not.toContain("put it in quotes");
});

test("A problem has a button for another key only where another key helps", () => {
  const said = (problem: Parameters<typeof problemMessage>[0]): string =>
    textOf(problemMessage(problem).blocks);
  expect(said(PROBLEMS["key-refused"])).toContain("Connect a key");
  expect(said(PROBLEMS["gcore-busy"])).not.toContain("Connect a key");
});

test("The description of a snapshot stands on one line", () => {
  const snapshot = snapshotWith({ description: " Taken\n\n  every night.\n" });
  expect(textOf(snapshotMessage(snapshot, undefined, null).blocks)).toContain(
    "Description: Taken every night.Created",
  );
});
