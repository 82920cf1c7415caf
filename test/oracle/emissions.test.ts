import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Emission, emissions } from "../../playground/gallery/emissions.ts";
import { type Foreign, foreigns, tagsOf } from "../../playground/gallery/foreign.ts";
import {
  complaintsAboutMessage,
  complaintsAboutView,
  isTooLarge,
} from "../../playground/slack/blocks/validate.ts";
import { ForeignText } from "../../playground/slack/foreign.ts";
import type { JsonObject } from "../../playground/slack/json.ts";
import { startSlack } from "../../playground/slack/slack.ts";
import { anyCharacter } from "../any-character.ts";
import { createOracle, type Oracle } from "./oracle.ts";

const BLOCKS = fileURLToPath(new URL("../../src/blocks/", import.meta.url));

let oracle: Oracle;
let foreignText: ForeignText;
beforeAll(async () => {
  oracle = createOracle();
  const slack = await startSlack();
  foreignText = new ForeignText(slack.workspace);
  await slack.stop();
});

const json = (emission: Emission): JsonObject => JSON.parse(JSON.stringify(emission.body));

/** What Slack's own types say against it. */
const ofTheOracle = (emission: Emission): string[] =>
  oracle.complaints(ORACLES[emission.kind], json(emission));
const ORACLES = { view: "OracleModal", home: "OracleHome", message: "OracleMessage" } as const;

/** What the strict local Slack says against it. */
function ofTheLocalSlack(emission: Emission): string[] {
  const body = json(emission);
  if (emission.kind === "message") {
    const texts = foreignText.inText(emission.body.text, "text");
    const complaints = complaintsAboutMessage(body.blocks ?? []).map(
      ({ message, at }) => `${at} ${message}`,
    );
    // Slack shows at most this much of a message's blocks well; beyond it, posting fails.
    const large = JSON.stringify(body.blocks).length > 40_000 ? ["very long blocks"] : [];
    return [
      ...texts,
      ...complaints,
      ...large,
      ...foreignText.inBlocks(body.blocks ?? [], "/blocks"),
    ];
  }
  const surface = emission.kind === "view" ? "modal" : "home";
  const complaints = complaintsAboutView(body, surface).map(
    ({ message, at }) => `${at} ${message}`,
  );
  return [
    ...complaints,
    ...(isTooLarge(body) ? ["too large"] : []),
    ...foreignText.inBlocks(body, "/view"),
  ];
}

const judged = (foreign: Foreign) =>
  emissions(foreign).flatMap((emission) => {
    const complaints = [...ofTheOracle(emission), ...ofTheLocalSlack(emission)];
    const name = `${emission.builder}: ${emission.name}`;
    return complaints.length === 0 ? [] : [{ name, complaints: complaints.slice(0, 5) }];
  });

describe("every view and message that the bot can send", () => {
  test.each([...Object.entries(foreigns), ["empty", { text: () => "", tags: [], many: 3 }]])(
    "is one that Slack takes, with %s values in it",
    (_what, foreign) => {
      expect(judged(foreign)).toEqual([]);
    },
  );

  test("stays whole and dead with any text in it", () => {
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.constantFrom("<!channel>", "<@U0NOBODY00>", "&lt;!here&gt;", "<http://a|b>", "\ud800", "‮"),
    );
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), fc.nat(6), (pool, tags) => {
        let at = 0;
        const text = (most: number): string => {
          at += 1;
          return (pool[at % pool.length] ?? "").slice(0, most);
        };
        expect(judged({ text, tags: tagsOf(text, tags), many: 300 })).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("is in the catalogue: no builder of a view or message is missing", async () => {
    const names = (await readdir(BLOCKS)).filter((name) => name.endsWith(".ts"));
    const modules = await Promise.all(names.map((name) => import(`${BLOCKS}${name}`)));
    const builders = modules
      .flatMap((module: object) => Object.keys(module))
      .filter((name) => /^(?!read).*(View|Message)$/.test(name));
    expect(builders.length).toBeGreaterThan(10);
    const known = new Set(emissions(foreigns.ordinary).map(({ builder }) => builder));
    expect(builders.sort()).toEqual([...known].sort());
  });
});

describe("the oracle", () => {
  test("reads the limits from Slack's own comments", () => {
    expect(oracle.limits).toBeGreaterThan(100);
  });

  test.each([
    ["a title of 25 characters", { title: { type: "plain_text", text: "x".repeat(25) } }],
    ["an unknown member", { colour: "red" }],
    ["an unknown block", { blocks: [{ type: "nonsense" }] }],
    [
      "a label in mrkdwn",
      {
        blocks: [
          {
            type: "input",
            label: { type: "mrkdwn", text: "x" },
            element: { type: "plain_text_input" },
          },
        ],
      },
    ],
    [
      "a header of 151 characters",
      { blocks: [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }] },
    ],
    [
      "a button of a style that there is not",
      {
        blocks: [
          {
            type: "actions",
            elements: [
              { type: "button", style: "warning", text: { type: "plain_text", text: "x" } },
            ],
          },
        ],
      },
    ],
  ])("refuses %s, and so does the local Slack", (_what, change) => {
    const good = { type: "modal", title: { type: "plain_text", text: "x" }, blocks: [] };
    expect(oracle.complaints("OracleModal", good)).toEqual([]);
    const bad = { ...good, ...change };
    expect(oracle.complaints("OracleModal", bad)).not.toEqual([]);
    expect(complaintsAboutView(JSON.parse(JSON.stringify(bad)), "modal")).not.toEqual([]);
  });
});
