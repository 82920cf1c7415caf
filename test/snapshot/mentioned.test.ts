import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linesOf, mentionedIn } from "../../src/snapshot/mentioned.ts";

const ONE = "5ed275b8-7eed-4722-8c98-777191d4e003";
const TWO = "4d927987-cd7f-463b-bdfb-af2800483f32";

const mentioned = (message: unknown) => mentionedIn(linesOf(message));
const rich = (...elements: readonly object[]) => ({
  type: "rich_text",
  block_id: TWO,
  elements: [{ type: "rich_text_section", elements }],
});

describe("the snapshots that a message mentions", () => {
  test("are found in its text, with what stands before them on the line", () => {
    const text = `two lines\nplease look at ${ONE.toUpperCase()}, it is odd`;
    expect(mentioned({ type: "message", text })).toEqual([
      { snapshotId: ONE, before: "please look at " },
    ]);
  });

  test("on one line have each the words that stand between it and the one before", () => {
    expect(mentioned({ text: `copy ${ONE} over ${TWO}, not ${ONE}` })).toEqual([
      { snapshotId: ONE, before: "copy " },
      { snapshotId: TWO, before: " over " },
    ]);
  });

  test("are found in blocks, attachments and links, and once where both say the same", () => {
    const link = { type: "link", url: `https://portal.gcore.com/snapshots/${ONE}` };
    expect(mentioned({ text: "", blocks: [rich(link)] })).toMatchObject([{ snapshotId: ONE }]);
    const section = { type: "section", text: { type: "mrkdwn", text: `*Id* \`${ONE}\`` } };
    expect(mentioned({ text: `${ONE}`, blocks: [section] })).toEqual([
      { snapshotId: ONE, before: "*Id* `" },
    ]);
    expect(mentioned({ attachments: [{ fallback: `backup ${TWO} failed` }] })).toEqual([
      { snapshotId: TWO, before: "backup " },
    ]);
  });

  test("are not what is only there for programs", () => {
    const button = { type: "button", action_id: ONE, value: TWO, text: { text: "Press" } };
    expect(
      mentioned({ client_msg_id: ONE, blocks: [{ type: "actions", elements: [button] }] }),
    ).toEqual([]);
  });

  test("are told apart by the words before them, also where the words have styles of their own", () => {
    const id = { type: "text", text: "Id:", style: { bold: true } };
    const blocks = [
      rich(id, { type: "text", text: ONE }),
      rich({ type: "text", text: `Volume ${TWO}` }),
    ];
    expect(mentioned({ text: "A snapshot", blocks })).toEqual([
      { snapshotId: ONE, before: "Id: " },
      { snapshotId: TWO, before: "Volume " },
    ]);
  });

  test("come from any message, however odd, without harm", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        mentioned(message);
      }),
    );
    let deep: unknown = { text: ONE };
    for (let depth = 0; depth < 10_000; depth += 1) deep = { elements: [deep] };
    expect(mentioned(deep)).toEqual([]);
  });
});
