import { findSnapshotIds } from "./snapshot-link.ts";

/** An id that stands in a message, and the words before it: on its line, after any other id. */
export interface MentionedSnapshot {
  readonly snapshotId: string;
  readonly before: string;
}

/** Members of a message that hold what its readers see, or where a link in it leads. */
const SEEN = new Set(["text", "url", "title", "title_link", "pretext", "fallback", "alt_text"]);
/** Elements that stand on one line with those around them. */
const ON_A_LINE = new Set(["rich_text_section", "rich_text_preformatted", "rich_text_quote"]);
/** No message is deeper than this. */
const DEEPEST = 20;

/** The lines of a message as its readers see them, whatever made it: text, blocks, attachments. */
export function linesOf(message: unknown, depth = 0): readonly string[] {
  if (depth > DEEPEST || typeof message !== "object" || message === null) return [];
  if (Array.isArray(message)) return message.flatMap((one) => linesOf(one, depth + 1));
  const lines = Object.entries(message).flatMap(([name, value]) => {
    if (typeof value === "string") return SEEN.has(name) ? value.split("\n") : [];
    return linesOf(value, depth + 1);
  });
  return ON_A_LINE.has(Reflect.get(message, "type")) ? [lines.join(" ")] : lines;
}

/** The different snapshot ids in these lines, each with what stands before its first mention. */
export function mentionedIn(lines: readonly string[]): readonly MentionedSnapshot[] {
  const found = new Map<string, MentionedSnapshot>();
  for (const line of lines) {
    let from = 0;
    for (const snapshotId of findSnapshotIds(line)) {
      const at = line.search(new RegExp(snapshotId, "i"));
      // The text of a message says again what its blocks say, with fewer words around it.
      if ((found.get(snapshotId)?.before ?? "") === "") {
        found.set(snapshotId, { snapshotId, before: line.slice(from, at) });
      }
      from = at + snapshotId.length;
    }
  }
  return [...found.values()];
}
