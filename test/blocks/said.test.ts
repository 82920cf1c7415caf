import { expect, test } from "@jest/globals";
import { type Emission, emissions } from "../../playground/gallery/emissions.ts";
import { foreigns } from "../../playground/gallery/foreign.ts";
import { breachWords } from "../../src/blocks/breach-words.ts";
import { inputFaultWords } from "../../src/blocks/input-fault-words.ts";
import type { Breach } from "../../src/problem.ts";
import type { InputFault } from "../../src/snapshot/form-input.ts";

/**
 * Every view and message of the catalogue, a block a line: as Slack is sent it, or where it stands
 * already. @returns the lines by builder.
 */
function written(all: readonly Emission[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const lines = new Map<string, string>();
  for (const { builder, name, body } of all) {
    const { blocks = [], ...head } = body;
    const parts = [head, ...blocks].map((part, index) => {
      const text = JSON.stringify(part);
      const before = places.get(text);
      places.set(text, before ?? `${builder}, ${name}: ${index}`);
      return `  ${index} ${before === undefined ? text : `as in ${before}`}`;
    });
    lines.set(builder, [lines.get(builder) ?? "", name, ...parts].join("\n"));
  }
  return lines;
}

// A change of these is read by people, word by word; `npm run jest -- -u test/blocks/said` writes it down.
test("the bot says what it is known to say, and a change of a word or a button is seen", () => {
  for (const [builder, lines] of written(emissions(foreigns.ordinary))) {
    expect(lines).toMatchSnapshot(builder);
  }
});

const FAULTS: { readonly [K in InputFault["kind"]]: InputFault & { readonly kind: K } } = {
  "snapshot-none": { kind: "snapshot-none" },
  "snapshot-many": { kind: "snapshot-many", count: 3 },
  "nothing-asked": { kind: "nothing-asked" },
  "name-length": { kind: "name-length", length: 2 },
  "name-characters": { kind: "name-characters", characters: [..."äöüß/\\?*~"] },
  "name-start": { kind: "name-start" },
  "name-end": { kind: "name-end" },
  "line-without-equals": { kind: "line-without-equals", line: "team" },
  "key-empty": { kind: "key-empty" },
  "key-length": { kind: "key-length", key: "k".repeat(256) },
  "key-characters": { kind: "key-characters", key: "cost center" },
  "key-protected": { kind: "key-protected", key: "volume_name" },
  "key-twice": { kind: "key-twice", key: "team" },
  "key-both": { kind: "key-both", key: "team" },
  "value-empty": { kind: "value-empty", key: "team" },
  "value-length": { kind: "value-length", key: "team" },
  "value-characters": { kind: "value-characters", key: "team" },
  "holds-key": { kind: "holds-key" },
  "reason-length": { kind: "reason-length", length: 501 },
  breach: { kind: "breach", breach: { kind: "tag-protected", key: "team" } },
};

test("what is wrong with a field is said in the words that are known", () => {
  const few: InputFault = { kind: "name-characters", characters: [..."äöüß/\\?*"] };
  expect([...Object.values(FAULTS), few].map(inputFaultWords).join("\n")).toMatchSnapshot();
});

test("what breaks the tag rules is said in the words that are known", () => {
  const lists = [null, [], ["prod"], ["prod", "qa"], Array.from("abcdefghijkl")];
  const breaches: readonly Breach[] = [
    ...lists.map((values) => ({ kind: "tag-missing", key: "team", values }) as const),
    ...["x", ""].flatMap((value) =>
      lists.map((values) => ({ kind: "tag-value", key: "team", value, values }) as const),
    ),
    { kind: "tag-protected", key: "billing:id" },
    { kind: "too-many-tags", count: 3, most: 1 },
    { kind: "too-many-tags", count: 3, most: 2 },
    ...lists.flatMap((patterns) =>
      patterns === null ? [] : [{ kind: "name-unlike", name: "monday", patterns } as const],
    ),
  ];
  expect(breaches.map(breachWords).join("\n")).toMatchSnapshot();
});
