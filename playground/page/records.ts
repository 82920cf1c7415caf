import { asObject, asString, type JsonObject, parseJson } from "../slack/json.ts";
import type { Row } from "./database.ts";
import type { Playground } from "./playground.ts";

/** An entry of the bot's ledger, for the inspector. */
export interface LedgerEntry {
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  readonly who: string;
  readonly request: string;
  readonly hash: string;
  readonly previous: string;
  readonly body: string;
}

/** A request, with the columns of its row as they stand there. */
export interface RequestRow {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly columns: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What the bot has written down. */
export interface Records {
  readonly ledger: readonly LedgerEntry[];
  readonly requests: readonly RequestRow[];
}

const bodyOf = ({ body }: Row): JsonObject => asObject(parseJson(String(body)));

const entry = ({ slack }: Playground, row: Row): LedgerEntry => {
  const body = bodyOf(row);
  const userId = asString(asObject(body.by).userId);
  return {
    seq: Number(row.seq),
    kind: String(row.kind),
    at: asString(body.at),
    who: slack.workspace.member(userId)?.realName ?? userId,
    request: String(row.request_id ?? ""),
    hash: String(row.hash),
    previous: String(row.previous),
    body: JSON.stringify(body, null, 2),
  };
};

const OWN_PLACE: ReadonlySet<string> = new Set(["id", "state", "body"]);

/** A time of the bot's is told as one, beside the number that stands there. */
const cell = (name: string, value: Row[string]): string =>
  typeof value === "number" && value > 0 && /(_at|_until)$/.test(name)
    ? `${value} (${new Date(value).toISOString().slice(11, 19)} UTC)`
    : String(value ?? "null");

const request = (row: Row): RequestRow => {
  const body = bodyOf(row);
  return {
    id: String(row.id),
    state: String(row.state),
    attempts: Number(body.attempts ?? 0),
    columns: Object.entries(row)
      .filter(([name]) => !OWN_PLACE.has(name))
      .map(([name, value]) => [name, cell(name, value)]),
    body: JSON.stringify(body, null, 2),
  };
};

/** The ledger and the requests as the database has them now. Of people's keys nothing is read. */
export function recordsOf(playground: Playground): Records {
  const { database, gcore } = playground;
  const records: Records = {
    ledger: database.ledger().map((row) => entry(playground, row)),
    requests: database.requests().map(request),
  };
  // The bot promises that no key stands there: this would keep one from the screen all the same.
  return JSON.parse(gcore.journal.scrub(JSON.stringify(records)));
}
