import type { Change } from "./change.ts";
import { type Row, valueNow, type Warning } from "./plan.ts";
import { keyFault, nameFault, valueFault } from "./rules.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The change that takes `rows` back from `snapshot` as it is now. Only what still is as the rows left
 * it is touched; what somebody changed since, and what today's rules refuse, is left and named.
 */
export function undoOf(
  rows: readonly Row[],
  snapshot: Snapshot,
): { readonly change: Change; readonly left: readonly Warning[] } {
  const left: Warning[] = [];
  const back: Row[] = [];
  for (const row of rows) {
    const now = valueNow(snapshot, row);
    if (now === row.before) continue;
    if (now !== row.after) left.push({ kind: "changed-since", row, now });
    else if (!canReturn(row)) left.push({ kind: "cannot-be-put-back", row });
    else back.push(reversed(row));
  }
  return { change: changeOf(back), left };
}

/** The change that makes these rows of whatever is there now. */
export function changeOf(rows: readonly Row[]): Change {
  const name = rows.find((row) => row.field === "name")?.after;
  const tags = rows.filter((row) => row.field === "tag");
  return {
    ...(typeof name === "string" ? { name } : {}),
    set: tags.flatMap(({ key, after }) => (after === null ? [] : [{ key, value: after }])),
    remove: tags.flatMap(({ key, after }) => (after === null ? [key] : [])),
    others: "keep",
  };
}

const reversed = (row: Row): Row =>
  row.field === "name"
    ? { field: "name", before: row.after, after: row.before }
    : { ...row, before: row.after, after: row.before };

function canReturn(row: Row): boolean {
  if (row.field === "name") return nameFault(row.before) === undefined;
  const keyIsGood = keyFault(row.key) === undefined;
  return keyIsGood && (row.before === null || valueFault(row.key, row.before) === undefined);
}
