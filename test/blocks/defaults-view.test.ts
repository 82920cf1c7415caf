import { describe, expect, test } from "@jest/globals";
import { defaultsView, savedView } from "../../src/blocks/defaults-view.ts";
import { menusOf } from "./menus-of.ts";
import { textOf } from "./text-of.ts";

const LAST = "The last one that you used";
const projects = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: n + 1, name: `p${n + 1}` }));
const NONE = { project: null, region: null };
/** The menu of projects: what is chosen, and the lines by the title of their group. */
function menuOf(all: ReturnType<typeof projects>, project: { id: number; name: string } | null) {
  const [menu] = menusOf(defaultsView({ projects: all, regions: [] }, { ...NONE, project }));
  const texts = (options: readonly { readonly text: { readonly text: string } }[] = []) =>
    options.map(({ text }) => text.text);
  return {
    chosen: menu?.initial_option?.text.text,
    lines: texts(menu?.options),
    groups: menu?.option_groups?.map(({ label, options }) => [label?.text, texts(options)]),
  };
}

describe("The menu of a default", () => {
  test("offers what there is by name and number, after the last one used", () => {
    expect(menuOf(projects(2), null)).toEqual({
      ...{ chosen: LAST, lines: [LAST, "p1 (1)", "p2 (2)"], groups: undefined },
    });
    expect(menuOf(projects(2), { id: 2, name: "p2" }).chosen).toBe("p2 (2)");
  });

  test("keeps what was chosen before where Gcore no longer lists it", () => {
    expect(menuOf(projects(1), { id: 7, name: "old" })).toMatchObject({
      ...{ chosen: "old (7)", lines: [LAST, "old (7)", "p1 (1)"] },
    });
  });

  test("cuts a long name, and never the number, at Slack's 75 characters", () => {
    const [, line] = menuOf([{ id: 148, name: "n".repeat(99) }], null).lines;
    expect(line).toBe(`${"n".repeat(68)}… (148)`);
  });

  test("has groups of a hundred lines where Slack takes no more in one, and 500 at most", () => {
    expect(menuOf(projects(99), null).lines).toHaveLength(100);
    const { lines, groups } = menuOf(projects(100), null);
    expect(lines).toEqual([]);
    expect(groups).toEqual([
      ["1 to 100", [LAST, ...projects(99).map(({ id, name }) => `${name} (${id})`)]],
      ["101 to 101", ["p100 (100)"]],
    ]);
    const most = menuOf(projects(501), null).groups ?? [];
    expect(most.map(([title]) => title)).toEqual([
      "1 to 100",
      "101 to 200",
      "201 to 300",
      "301 to 400",
      "401 to 500",
      "501 to 501",
    ]);
    expect(most.at(-1)?.[1]).toEqual(["p500 (500)"]);
  });

  test("of regions has regions in it", () => {
    const regions = [{ id: 148, name: "Luxembourg" }];
    const [, menu] = menusOf(
      defaultsView({ projects: [], regions }, { ...NONE, region: regions[0] ?? null }),
    );
    expect([menu?.action_id, menu?.initial_option?.text.text]).toEqual([
      ...["region", "Luxembourg (148)"],
    ]);
  });
});

test("What was saved is told, also that the last one used is taken", () => {
  expect(textOf(savedView({ ...NONE, region: { id: 148, name: "Luxembourg" } }).blocks)).toBe(
    "Saved. Each form begins with these from now on." +
      "Project: the last one that you usedRegion: Luxembourg (148)",
  );
});
