import { expect, test } from "@jest/globals";
import { connectErrors, connectView, readConnectView } from "../../src/blocks/connect-view.ts";
import { PROBLEMS } from "../approval/samples.ts";

test("A key is read as it was pasted, without the spaces and line ends around it", () => {
  const state = { key: { key: { value: " 42_secret\n" } } };
  expect(readConnectView(state)).toBe("42_secret");
});

test("What is wrong with a key, and what to do, stands under its field", () => {
  expect(connectErrors(PROBLEMS["key-malformed"])).toEqual({
    key:
      "This is not a Gcore API key. " +
      "A key is a number, an underscore and a long secret. Copy it whole from the portal.",
  });
  const { blocks } = connectView("draft");
  expect(blocks.map(({ block_id }) => block_id)).toContain("key");
});
