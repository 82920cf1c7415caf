import type { TagValue } from "../../src/snapshot/change.ts";

/** Where foreign text comes from: ordinary, the longest there can be, hostile, or right-to-left. */
export interface Foreign {
  /** A text of at most `most` characters; `usual` is what often stands there. */
  text(most: number, usual?: string): string;
  /** The tags that people have given to a snapshot. */
  readonly tags: readonly TagValue[];
  /** How many there are of other things that there can be many of. */
  readonly many: number;
}

/** A list of texts. */
export const textsOf = (
  { text, many }: Foreign,
  most: number,
  usual: readonly string[],
): string[] => Array.from({ length: many }, (_, index) => text(most, usual[index]));

/** So many tags that hold such texts. */
export const tagsOf = (text: Foreign["text"], count: number): TagValue[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `key-${index}-${text(200).replaceAll(/[\s=]/g, "_")}`,
    value: text(1024) || "v",
  }));

const HOSTILE =
  "<img src=x onerror=alert(1)> <!channel> <@U0NOBODY00> <https://evil.example|bank> &lt;!here&gt; *b* `c` \u202e\u200b\u0007\n@here 👩‍💻";

const ofTheLongest: Foreign["text"] = (most) => "W".repeat(Math.min(most, 10_000));
const ofTheHostile: Foreign["text"] = (most) =>
  HOSTILE.repeat(1 + Math.ceil(most / HOSTILE.length)).slice(0, most);

/** Two scripts that run from right to left, with figures and brackets, which run the other way, among them. */
const RIGHT_TO_LEFT = "גיבוי לילי (2026-11-21) نسخة احتياطية 120 GiB، ";
const ofRightToLeft: Foreign["text"] = (most, usual = RIGHT_TO_LEFT) =>
  RIGHT_TO_LEFT.repeat(1 + Math.ceil(usual.length / RIGHT_TO_LEFT.length))
    .slice(0, Math.min(most, usual.length + 10))
    .trim();

/** The sorts of foreign text that everything which the bot says is looked at with. */
export const foreigns = {
  ordinary: {
    text: (most: number, usual = "nightly db backup") => usual.slice(0, most),
    tags: [
      { key: "environment", value: "prod" },
      { key: "team", value: "payments" },
      { key: "cost_center", value: "4711" },
      { key: "keep-until", value: "2027-01-31" },
    ],
    many: 2,
  },
  longest: { text: ofTheLongest, tags: tagsOf(ofTheLongest, 300), many: 300 },
  hostile: { text: ofTheHostile, tags: tagsOf(ofTheHostile, 30), many: 300 },
  "right-to-left": {
    text: ofRightToLeft,
    tags: [
      { key: "סביבה", value: "ייצור (ראשי)" },
      { key: "الفريق", value: "المدفوعات 24/7" },
      { key: "owner", value: "דנה" },
    ],
    many: 2,
  },
} as const satisfies Readonly<Record<string, Foreign>>;

export type Sort = keyof typeof foreigns;
