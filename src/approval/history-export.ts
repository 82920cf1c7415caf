import type { BulkChange } from "../snapshot/bulk-change.ts";
import type { ExportFormat } from "../snapshot/history-filter.ts";
import { formatTemplate } from "../snapshot/name-template.ts";
import type { Row } from "../snapshot/plan.ts";
import { type ChangeRequest, hasEnded, isBulk, itemOf, type Vote } from "./change-request.ts";

/** A request as it is exported. The names of the members stay; new ones may come. */
export interface ExportedRequest {
  readonly v: 1;
  readonly id: string;
  readonly state: ChangeRequest["state"];
  /** Times by ISO 8601, in UTC. */
  readonly asked_at: string;
  readonly ended_at: string | null;
  readonly requester: string;
  /** `null`, as the four: it was about many snapshots. */
  readonly project_id: number | null;
  readonly region_id: number | null;
  readonly snapshot_id: string | null;
  readonly snapshot_name: string | null;
  readonly changes: readonly ExportedChange[];
  readonly reason: string | null;
  readonly rule: string;
  readonly approvals: readonly ExportedVote[];
  readonly rejection: ExportedVote | null;
  /** The kind of what was in the way. */
  readonly problem: string | null;
  /** The request that it takes back. */
  readonly undoes: string | null;
  /** The request for many that it was a part of. */
  readonly part_of: string | null;
  /** How many snapshots it was about, and the hash of their plan; `null`: about one. */
  readonly snapshots: number | null;
  readonly plan_hash: string | null;
}

/** `null`: there was no such tag, or there is to be none. */
interface ExportedChange {
  readonly field: "name" | "tag";
  readonly key: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

interface ExportedVote {
  readonly by: string;
  readonly at: string;
  readonly comment: string | null;
}

/** What is told of a request in an export. */
export const exported = (request: ChangeRequest): ExportedRequest => ({
  v: 1,
  id: request.id,
  state: request.state,
  asked_at: iso(request.askedAt),
  ended_at: hasEnded(request) ? iso(request.endedAt) : null,
  requester: request.requester.userId,
  ...subjectOf(request),
  reason: request.reason,
  rule: request.rule.name,
  approvals: request.approvals.map(voteOf),
  rejection: request.state === "rejected" ? voteOf(request.rejection) : null,
  problem: "problem" in request ? request.problem.kind : null,
  undoes: request.undoes,
  part_of: itemOf(request)?.id ?? null,
  snapshots: isBulk(request) ? request.bulk.size : null,
  plan_hash: isBulk(request) ? request.bulk.hash : null,
});

type Subject = "project_id" | "region_id" | "snapshot_id" | "snapshot_name" | "changes";

function subjectOf(request: ChangeRequest): Pick<ExportedRequest, Subject> {
  if (isBulk(request)) {
    const { aim } = request.bulk;
    return {
      ...{ project_id: null, region_id: null, snapshot_id: null, snapshot_name: null },
      changes: aim.kind === "change" ? changesOf(aim.change) : [],
    };
  }
  const { ref, before, plan } = request;
  return {
    project_id: ref.projectId,
    region_id: ref.regionId,
    snapshot_id: ref.snapshotId,
    snapshot_name: before.name,
    changes: plan.rows.map(changeOf),
  };
}

/** The file's first lines: the names of the columns, where the format has them. */
export const exportHead = (format: ExportFormat): string =>
  format === "csv" ? csvLine(COLUMNS) : "";

/** One request, as the line that it is in the file. */
export function exportLine(format: ExportFormat, request: ChangeRequest): string {
  const one = exported(request);
  if (format === "jsonl") return `${JSON.stringify(one)}\n`;
  return csvLine(
    COLUMNS.map((column) => {
      const value = one[column];
      if (value === null) return "";
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    }),
  );
}

const COLUMNS = [
  "id",
  "state",
  "asked_at",
  "ended_at",
  "requester",
  "project_id",
  "region_id",
  "snapshot_id",
  "snapshot_name",
  "changes",
  "reason",
  "rule",
  "approvals",
  "rejection",
  "problem",
  "undoes",
  "part_of",
  "snapshots",
  "plan_hash",
] as const satisfies readonly (keyof ExportedRequest)[];

/** A line by RFC 4180: cells in quotes where they need them, a quote twice, and CRLF at the end. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`;

/** Spreadsheets take what begins like this for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The cell as text for every spreadsheet: with an apostrophe before what would be a formula. */
const harmless = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const iso = (time: number): string => new Date(time).toISOString();

const changeOf = (row: Row): ExportedChange => ({
  field: row.field,
  key: row.field === "tag" ? row.key : null,
  before: row.before,
  after: row.after,
});

/** What is the same for many: the template of their names, and their tags. */
const changesOf = ({ name, set, remove }: BulkChange): readonly ExportedChange[] => [
  ...(name === undefined
    ? []
    : [{ field: "name", key: null, before: null, after: formatTemplate(name) } as const]),
  ...set.map(({ key, value }) => ({ field: "tag", key, before: null, after: value }) as const),
  ...remove.map((key) => ({ field: "tag", key, before: null, after: null }) as const),
];

const voteOf = ({ by, at, comment }: Vote): ExportedVote => ({
  by: by.userId,
  at: iso(at),
  comment,
});
