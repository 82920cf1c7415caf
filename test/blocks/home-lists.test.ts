import { describe, expect, test } from "@jest/globals";
import { decideBlocks, openBlocks, recentBlocks } from "../../src/blocks/home-lists.ts";
import { heldOf, IN_EACH_STATE, MARIA, runningOf, waitingOf } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const NONE = { own: [], held: [], runs: [], toDecide: [], unclear: 0 };
const times = <R>(count: number, request: R): readonly R[] =>
  Array.from({ length: count }, () => request);

describe("The home tab", () => {
  test("says that nothing waits only when nothing does", () => {
    const nothing = "Nothing waits for you.";
    const none = "You have none.";
    expect(textOf(decideBlocks(NONE))).toBe(`Yours to decide${nothing}`);
    const one = times(1, waitingOf());
    for (const waiting of [{ toDecide: one }, { unclear: 1 }, { toDecide: one, unclear: 1 }]) {
      expect(textOf(decideBlocks({ ...NONE, ...waiting }))).not.toContain(nothing);
    }
    expect(textOf(openBlocks(NONE))).toBe(`Your open requests${none}`);
    const [own, held, runs] = [one, times(1, heldOf()), times(1, runningOf())];
    const both = [
      { own, held },
      { held, runs },
      { own, runs },
    ];
    for (const waiting of [{ own }, { held }, { runs }, ...both]) {
      expect(textOf(openBlocks({ ...NONE, ...waiting }))).not.toContain(none);
    }
  });

  test("lists five of each, and says how many more there are", () => {
    const deciding = (count: number): string =>
      textOf(decideBlocks({ ...NONE, toDecide: times(count, waitingOf()) }));
    expect(deciding(5)).not.toContain("more");
    expect(deciding(7)).toContain("and 2 more: /snapshot pending");
    const recent = (count: number): string =>
      textOf(recentBlocks(times(count, IN_EACH_STATE.applied)));
    expect(recent(5)).not.toContain("and more");
    expect(recent(6)).toContain("and more: /snapshot history by:me");
  });

  test("tells what was wrong with one's own key in one's own changes", () => {
    const said = textOf(recentBlocks([IN_EACH_STATE.failed]));
    expect(said).toContain("Not done. Snapshot nightly: Gcore does not accept your API key.");
    expect(said).not.toContain(MARIA.userId);
  });
});
