import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
} from "@slack/types";
import { clipPhrase, elementsOf, fallbackOf, type Phrase, type Piece } from "./phrase.ts";
import { visible } from "./visible.ts";

/** A message as the bot posts it: blocks, and the same in one line for notifications. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Most characters of a message's one line. */
const LINE = 300;

/** A message whose one line is `line`; it is shown above the blocks too. */
export const message = (line: Phrase, ...blocks: readonly KnownBlock[]): Message => ({
  text: fallbackOf(clipPhrase(line, LINE)),
  blocks: [paragraph(line), ...blocks],
});

export const plain = (text: string): PlainTextElement => ({
  type: "plain_text",
  text,
  emoji: false,
});

export const paragraph = (phrase: Phrase): RichTextBlock => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: elementsOf(phrase) }],
});

/** A list with a dot before each line. */
export const bullets = (lines: readonly Phrase[]): RichTextBlock => ({
  type: "rich_text",
  elements: [
    {
      type: "rich_text_list",
      style: "bullet",
      elements: lines.map((line) => ({ type: "rich_text_section", elements: elementsOf(line) })),
    },
  ],
});

/** One after the other, with a dot between them. */
export const dotted = (phrases: readonly Phrase[]): Phrase =>
  phrases.flatMap((phrase, index) => (index === 0 ? phrase : [" · ", ...phrase]));

/** The first `most` lines, and how many more there are. */
export const shortened = (lines: readonly Phrase[], most: number): readonly Phrase[] =>
  lines.length > most ? [...lines.slice(0, most), [`and ${lines.length - most} more`]] : lines;

/** A text that is to be copied as it is. */
export const copyable = (text: string): RichTextBlock => ({
  type: "rich_text",
  elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: visible(text) }] }],
});

export const button = (
  actionId: string,
  text: string,
  options: {
    readonly value?: string;
    readonly style?: "primary" | "danger";
    readonly confirm?: ConfirmationDialog;
  } = {},
): Button => ({ type: "button", action_id: actionId, text: plain(text), ...options });

export const actions = (blockId: string, ...elements: readonly Button[]): ActionsBlock => ({
  type: "actions",
  block_id: blockId,
  elements: [...elements],
});

/** A labelled line: `Status: available`. */
export const labelled = (label: string, ...rest: readonly Piece[]): Phrase => [
  { bold: `${label}: ` },
  ...rest,
];

export const heading = (text: string): RichTextBlock => paragraph([{ bold: text }]);
