import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { initialValues } from "../../playground/slack/form.ts";
import { objectsOf, parseJson } from "../../playground/slack/json.ts";
import { unfitNamePhrase } from "../../src/blocks/bulk-fault-words.ts";
import {
  BULK_PICKER,
  bulkFormErrors,
  bulkFormView,
  readBulkFormView,
} from "../../src/blocks/bulk-form-view.ts";
import { choices } from "../../src/blocks/choices.ts";
import { type Phrase, plainOf } from "../../src/blocks/phrase.ts";
import type { ViewState } from "../../src/blocks/view-state.ts";
import { type BulkFault, type BulkInput, EMPTY_BULK } from "../../src/snapshot/bulk-input.ts";
import { anyText } from "../snapshot/arbitraries.ts";
import { ID } from "../snapshot/samples.ts";
import { textOf } from "./text-of.ts";

/** What Slack says of a form that nobody has touched. */
const stateOf = (input: BulkInput): ViewState => {
  const { blocks } = bulkFormView({ id: "draft", input });
  return initialValues(objectsOf(parseJson(JSON.stringify(blocks)))) as ViewState;
};

describe("The form for many", () => {
  test("is read as it was written, whatever stands in it", () => {
    const label = fc.stringMatching(/^[a-z][a-z -]{0,60}[a-z]$/);
    const input: fc.Arbitrary<BulkInput> = fc.record({
      filter: anyText,
      picked: fc.array(fc.record({ value: fc.uuid(), label }), { maxLength: 3 }),
      pasted: anyText,
      name: anyText,
      set: anyText,
      remove: anyText,
      clear: fc.boolean(),
      reason: anyText,
    });
    fc.assert(
      fc.property(input, (typed) => {
        expect(readBulkFormView(stateOf(typed))).toEqual(typed);
      }),
    );
  });

  test("takes no note of the menu for a snapshot", () => {
    const [note] = choices([], "I am still reading.").option_groups[0]?.options ?? [];
    const picked = { value: ID, label: "nightly" };
    const state: ViewState = {
      picked: {
        [BULK_PICKER]: {
          selected_options: [note ?? {}, { value: ID, text: { text: "nightly" } }],
        },
      },
    };
    expect(note).toBeDefined();
    expect(readBulkFormView(state)).toEqual({ ...EMPTY_BULK, picked: [picked] });
  });

  test("shows what was picked without a name by its place", () => {
    const state = stateOf({ ...EMPTY_BULK, picked: [{ value: `1/2/${ID}`, label: "" }] });
    expect(readBulkFormView(state).picked).toEqual([{ value: `1/2/${ID}`, label: `1/2/${ID}` }]);
  });

  test("begins with what the person should know first", () => {
    const note: Phrase = ["I found no snapshot id in that message."];
    const [first] = bulkFormView({ id: "draft", input: EMPTY_BULK }, { note }).blocks;
    expect(textOf(first)).toBe("I found no snapshot id in that message.");
  });

  test("has a place for a fault at each of its fields", () => {
    const state = stateOf(EMPTY_BULK);
    const faults = Object.fromEntries(
      Object.keys(EMPTY_BULK).map((field) => [field, { kind: "holds-key" } as const]),
    );
    expect(Object.keys(bulkFormErrors(faults, state)).sort()).toEqual(Object.keys(state).sort());
  });

  test.each<readonly [BulkFault, RegExp]>([
    [{ kind: "nothing-chosen" }, /name:\*/],
    [{ kind: "word-empty" }, /name:\*/],
    [{ kind: "quote-open" }, /not closed/],
    [{ kind: "filter", word: "nmae:", nearest: "name" }, /nmae:.*name:/],
    [{ kind: "pasted-long", length: 4_000 }, /3,000.*80 ids.*4,000.*filter/],
    [{ kind: "picked-many", count: 101 }, /100.*101.*filter/],
    [{ kind: "filter-empty", filter: "tag" }, /missing after tag:.*tag:team=payments/],
    [{ kind: "filter-twice", filter: "project" }, /project: twice/],
    [{ kind: "filter-long" }, /too long/],
    [{ kind: "span", filter: "older", value: "soon" }, /older: takes a length of time.*soon/],
    [{ kind: "no-id", word: "nightly\u202e" }, /no snapshot id in “nightly⟨U\+202E⟩”/],
    [{ kind: "ids-joined", word: `${ID}/${ID}` }, /more than one id/],
    [{ kind: "two-places", snapshotId: ID }, new RegExp(`^${ID} stands`)],
    [{ kind: "placeholder", word: "id" }, /“\{id\}”.*\{name\}, \{volume\}, \{date\}, \{n\}/],
    [{ kind: "brace" }, /\{name\}, \{volume\}, \{date\}, \{n\}/],
    [{ kind: "template-length", shortest: 70 }, /63.*70/],
    [{ kind: "nothing-asked" }, /Nothing to change yet/],
  ])("says what is wrong and what to do: %j", (fault, words) => {
    const { filter: said } = bulkFormErrors({ filter: fault }, {});
    expect(said).toMatch(words);
  });
});

describe("A snapshot that the template does not fit", () => {
  test("is told what it lacks, or which name it would have and what is wrong with that", () => {
    expect(plainOf(unfitNamePhrase({ kind: "name-part-missing", part: "volume" }))).toBe(
      "Gcore does not tell its volume's name, and {volume} needs it.",
    );
    const fault = { kind: "name-length", length: 70 } as const;
    expect(plainOf(unfitNamePhrase({ kind: "name-unfit", name: "n".repeat(200), fault }))).toBe(
      `Its name would be ${"n".repeat(99)}…. A name has 3 to 63 characters; this one has 70.`,
    );
  });
});
