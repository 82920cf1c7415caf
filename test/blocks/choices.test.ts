import { describe, expect, test } from "@jest/globals";
import {
  choice,
  choices,
  isNote,
  isVolume,
  problemNote,
  projectChoice,
  regionChoice,
  snapshotChoice,
  typedIdChoice,
  volumeChoice,
} from "../../src/blocks/choices.ts";
import {
  ageLine,
  noPlaceFits,
  noSnapshotFits,
  STILL_READING,
} from "../../src/blocks/suggestion-words.ts";
import { refText } from "../../src/snapshot/fill-form.ts";
import { PROBLEMS } from "../approval/samples.ts";
import { ID, snapshotWith, tag } from "../snapshot/samples.ts";

const HOUR = 3_600_000;
const told = ({ text, value, description }: ReturnType<typeof choice>) =>
  description === undefined ? [text.text, value] : [text.text, value, description.text];

describe("A menu offers", () => {
  test("projects and regions by name and number", () => {
    expect(told(projectChoice({ id: 7, name: "production" }))).toEqual(["production (7)", "7"]);
    for (const placeChoice of [projectChoice, regionChoice]) {
      expect(told(placeChoice({ id: 148, name: "x".repeat(99) }))).toEqual([
        `${"x".repeat(54)}… (148)`,
        "148",
      ]);
    }
  });

  test("snapshots with what one chooses by: size, age, region and volume, as far as they are known", () => {
    const made = 1_700_000_000_000;
    const snapshot = snapshotWith({
      ...{ name: "nightly", createdAt: made, sizeGib: 120, region: "Luxembourg-3" },
      tags: [tag("volume_name", "db-primary")],
    });
    expect(told(snapshotChoice(snapshot, made + 3 * HOUR))).toEqual([
      "nightly",
      refText(snapshot),
      "120 GiB · made 3 hours ago · Luxembourg-3 · of db-primary",
    ]);
    expect(
      told(snapshotChoice({ ...snapshot, name: "", createdAt: null, tags: [] }, made)),
    ).toEqual([snapshot.snapshotId, refText(snapshot), "120 GiB · Luxembourg-3"]);
  });

  test("the volume to copy from, by its name or its id, where there is one", () => {
    const snapshot = snapshotWith({ volumeId: ID, tags: [tag("volume_name", "db")] });
    expect(volumeChoice(snapshot).map(told)).toEqual([["db", "volume", "The volume as it is now"]]);
    expect(volumeChoice({ ...snapshot, tags: [] }).map(told)).toEqual([
      [ID, "volume", "The volume as it is now"],
    ]);
    expect(volumeChoice({ ...snapshot, volumeId: null })).toEqual([]);
    expect(["volume", ID].map(isVolume)).toEqual([true, false]);
  });

  test("an id that was typed whole, and no part of one", () => {
    expect(typedIdChoice(` ${ID.toUpperCase()} `).map(told)).toEqual([[ID, ID]]);
    expect(typedIdChoice(ID.slice(1))).toEqual([]);
  });

  test("groups with something in them, at most a hundred in each, and else a line that only tells", () => {
    const options = Array.from({ length: 101 }, (_, nth) => choice(`no. ${nth}`, String(nth)));
    const { option_groups: groups } = choices(
      [
        { label: "Empty", options: [] },
        { label: "Full", options },
      ],
      "nothing",
    );
    expect(groups.map(({ label, options }) => [label.text, options.length])).toEqual([
      ["Full", 100],
    ]);
    const empty = choices([{ label: "Empty", options: [] }], "Nothing fits.").option_groups;
    expect(empty.map(({ label, options }) => [label.text, options.map(told)])).toEqual([
      ["Nothing to choose", [["Nothing fits.", "note"]]],
    ]);
    expect(["note", "7"].map(isNote)).toEqual([true, false]);
  });
});

describe("A menu says", () => {
  const sight = { readAt: 0, unread: null, problem: undefined };
  const said = (more: object) => ageLine({ ...sight, ...more } as never, 2 * HOUR);

  test("how old what it offers is, and whether there may be more", () => {
    expect(said({ readAt: HOUR })).toBe("Read 1 hour ago");
    expect(said({ readAt: 2 * HOUR - 59_999 })).toBe("Read just now");
    expect(said({})).toBe("Read 2 hours ago");
    expect(said({ unread: 0 })).toBe("Read 2 hours ago");
    expect(said({ unread: 3 })).toBe("Read 2 hours ago; still reading 3 places");
    expect(said({ unread: 1 })).toBe("Read 2 hours ago; still reading 1 place");
    expect(said({ unread: 3, problem: PROBLEMS["gcore-busy"] })).toBe(
      "Read 2 hours ago; Gcore does not tell more now",
    );
    expect(said({ readAt: null })).toBe(said({ readAt: 2 * HOUR }));
  });

  test("why there is nothing, and what to type instead", () => {
    expect(STILL_READING).toMatch(/still reading from Gcore. Type one more letter/);
    expect(noPlaceFits("Project")).toBe("No project fits. Type a part of its name, or its number.");
    expect(noSnapshotFits(true)).toBe(
      "Nothing here fits. Clear Project and Region to look everywhere.",
    );
    expect(noSnapshotFits(false)).toBe(
      "Nothing fits. Type a part of a name, id or volume, or key=value.",
    );
    expect(problemNote(PROBLEMS["no-key"])).toMatch(/API key/);
  });
});
