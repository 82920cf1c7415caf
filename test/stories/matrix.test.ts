import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { JsonObject } from "../../playground/slack/json.ts";
import { LISTENERS } from "../../src/app.ts";
import { parseCommand } from "../../src/snapshot/command.ts";
import { answerTo, expectNothing } from "./matrix/cell.ts";
import {
  clickInMessage,
  clickInView,
  commandOf,
  homeOpenedBy,
  type Parcel,
  shortcutOf,
  submissionOf,
  typingIn,
} from "./matrix/deliver.ts";
import {
  type Answers,
  CLICKS,
  COMMANDS,
  EVENTS,
  SHORTCUTS,
  SUBMISSIONS,
  SUGGESTIONS,
  type SubmissionRow,
} from "./matrix/rows.ts";
import { PEOPLE, startWorld, type Thing, type World } from "./matrix/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(async () => {
  expect(await world.bed.end()).toEqual([]);
});

type Row = readonly [...unknown[], Answers];
type Take = (parcel: Parcel, answers: Answers) => Promise<void>;

/** The columns of those to whom it is not: each of them does it, one after the other. */
const nobodyElse: Take = async (parcel, [, ...answers]) => {
  const [, ...others] = Object.values(PEOPLE);
  for (const [index, from] of others.entries()) {
    const answer = answers[index] ?? "";
    if (answer !== "") await expectNothing(world, from, parcel, new RegExp(answer));
  }
};

/** The column of Ada herself. */
const herself: Take = async (parcel, [answer]) => {
  await answerTo(world, PEOPLE.ada, parcel, new RegExp(answer));
};

const idOf = (thing: string): string => (thing === "" ? "" : world.ids[thing as Thing]);

/**
 * What an element of Ada's with this action carried, with this word before it and about this; where it
 * never was about this, what any other element of hers carried.
 */
function carriedBy(action: string, carried: string): string {
  const [thing = "", word = ""] = carried.split(" ").reverse();
  if (["form", "preview", "many"].includes(thing)) return world.ids.snapshot;
  const { values } = world.carried;
  const fits = (one: string): boolean =>
    word === ""
      ? thing === "" || one === idOf(thing)
      : one.startsWith(word) && one.includes(idOf(thing));
  const value = [...[...values.values()].flat(), ...(values.get(action) ?? [])].findLast(fits);
  if (value === undefined) throw new Error(`no ${action} of Ada's carried ${carried}`);
  return value;
}

/** What is entered in a view, by the action of its input. */
const entered = (what: SubmissionRow[2]): JsonObject => {
  const { bed, project, ids } = world;
  const option = (value: string): JsonObject => ({ selected_option: { value } });
  switch (what) {
    case "nothing":
      return {};
    case "a key":
      return { key: { key: { value: bed.gcore.keys.revoked } } };
    case "a comment":
      return { comment: { comment: { value: "no" } } };
    case "her project":
      return { project: { project: option(String(project)) }, region: { region: option("last") } };
    case "her snapshots":
      return {
        pasted: { pasted: { value: ids.snapshot } },
        set: { set: { value: "note=mine" } },
      };
    case "her snapshot":
      return { snapshot: { snapshot: option(ids.snapshot) }, name: { name: { value: "mine" } } };
  }
};

/** What is chosen in and not pressed. */
const TYPES = new Map([
  ["snapshot-menu", "overflow"],
  ["snapshot", "external_select"],
  ["copy-tags", "external_select"],
]);

/** Ada's ids in place of the words that stand for them. */
const written = (text: string): string =>
  text
    .replace("ID2", `0${world.ids.snapshot.slice(1)}`)
    .replace("ID", world.ids.snapshot)
    .replace("PROJECT", String(world.project))
    .replace("ADA", world.bed.ada.id);

describe("every id that Slack can send stands in the matrix", () => {
  test.each([
    ["click", Object.keys(LISTENERS.clicks), CLICKS],
    ["submission", Object.keys(LISTENERS.submissions), SUBMISSIONS],
    ["suggestion", Object.keys(LISTENERS.suggestions), SUGGESTIONS],
    ["shortcut", Object.keys(LISTENERS.shortcuts), SHORTCUTS],
    ["event", Object.keys(LISTENERS.events), EVENTS],
  ])("each %s", (_sort, ids, rows) => {
    const tested = new Set<string>(rows.map(([id]) => id));
    expect({ missing: ids.filter((id) => !tested.has(id)) }).toEqual({ missing: [] });
  });

  test("each command, by what it means", () => {
    expect(Object.keys(LISTENERS.commands)).toEqual(["/snapshot"]);
    for (const [kind, rows] of Object.entries(COMMANDS)) {
      for (const [text] of rows) {
        expect(parseCommand(written(text))).toMatchObject({ ok: true, value: { kind } });
      }
    }
  });
});

describe.each([
  ["Ben, Olga, Cleo and Dora get nothing of Ada's that is not theirs", nobodyElse],
  ["Ada gets what is hers", herself],
])("%s", (_who, take) => {
  /** Without what Ada would change something with. */
  const sent = <R extends Row>(rows: readonly R[]): readonly R[] =>
    rows.filter((row) => take === nobodyElse || row.at(-1)?.[0 as never] !== "");

  test.each(sent(SUGGESTIONS))("from the menu %s when “%s” is typed", async (menu, typed, told) => {
    const view = { callbackId: "change-form", metadata: world.ids.form };
    await take(typingIn(menu, typed, view), told);
  });

  test.each(sent(SHORTCUTS))("by the shortcut %s at “%s”", async (shortcut, text, told) => {
    await take(shortcutOf(shortcut, written(text)), told);
  });

  test.each(sent(EVENTS))("by the event %s", async (_event, told) => {
    await take(homeOpenedBy(), told);
  });

  test.each(sent(Object.values(COMMANDS).flat()))("by /snapshot %s", async (text, told) => {
    await take(commandOf(written(text)), told);
    if (text === "disconnect") await world.reconnect();
  });

  test.each(sent(SUBMISSIONS))("by sending %s, her %s, with %s", async (view, of, what, told) => {
    const values = entered(what);
    await take(submissionOf({ callbackId: view, metadata: idOf(of), values }), told);
  });

  test.each(sent(CLICKS))("by %s, her %s, in a %s", async (action, carried, where, told) => {
    const value = carriedBy(action, carried);
    const type = TYPES.get(action) ?? "button";
    const view = { metadata: idOf(carried), values: entered("her snapshot") };
    await take(
      where === "modal"
        ? clickInView(action, type, value, view)
        : clickInMessage(action, type, value),
      told,
    );
    if (action === "disconnect-key") await world.reconnect();
  });
});
