import type { KnownBlock } from "@slack/types";
import { isProtected, type Tag } from "../snapshot/snapshot.ts";
import { bullets } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

const LOCK = "🔒";

/** A tag in words, with a lock where nobody may change it. */
export const tagPhrase = (tag: Tag): Phrase => [
  { code: clip(tag.key, 300) },
  " = ",
  { code: clip(tag.value, 300) },
  ...(isProtected(tag) ? [` ${LOCK} ${tag.readOnly ? "read-only" : "Gcore's own"}`] : []),
];

/** Tags as a list that is cut after `most` of them, and after so much text that a message holds it. */
export function tagList(tags: readonly Tag[], most: number): KnownBlock[] {
  const shown: Phrase[] = [];
  let text = 0;
  for (const tag of tags.slice(0, most)) {
    text += Math.min(tag.key.length, 300) + Math.min(tag.value.length, 300);
    if (text > 6_000) break;
    shown.push(tagPhrase(tag));
  }
  const more = tags.length - shown.length;
  if (tags.length === 0) return [];
  return [bullets(more > 0 ? [...shown, [`and ${more} more`]] : shown)];
}
