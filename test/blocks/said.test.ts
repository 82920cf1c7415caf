import { expect, test } from "@jest/globals";
import { type Emission, emissions } from "../../playground/gallery/emissions.ts";
import { foreigns } from "../../playground/gallery/foreign.ts";

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
