import { createHash } from "node:crypto";
import type { Person } from "./person.ts";

/** What the ledger records. Every member is plain data; a key's text is never among it. */
export interface Entry {
  readonly kind:
    | "requested"
    | "approval"
    | "reminded"
    | "approved"
    | "rejected"
    | "withdrawn"
    | "expired"
    | "attempted"
    | "postponed"
    | "in doubt"
    | "held"
    | "released"
    | "applied"
    | "failed"
    | "conflict"
    | "unknown"
    | "stopped"
    | "paused"
    | "resumed"
    | "stopping"
    | "finished"
    | "refused"
    | "key connected"
    | "key disconnected"
    | "key forgotten";
  readonly at: number;
  readonly by: Person;
  readonly request?: string;
  readonly facts?: unknown;
}

/** An entry as it is kept: `hash` covers it and, through `previous`, all before it. */
export interface Sealed {
  readonly seq: number;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** The text of an entry that is stored and hashed, letter by letter. */
export function entryBody(entry: Entry): string {
  const { kind, at, by, request, facts } = entry;
  return JSON.stringify({ v: 1, at: new Date(at).toISOString(), kind, by, request, facts });
}

/** Chains an entry to the one before it. */
export function sealEntry(body: string, last: { seq: number; hash: string } | undefined): Sealed {
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.hash ?? GENESIS;
  return { seq, body, previous, hash: entryHash(seq, previous, body) };
}

/** SHA-256 over number, previous hash and body, in hexadecimal. */
export const entryHash = (seq: number, previous: string, body: string): string =>
  createHash("sha256").update(`${seq}\n${previous}\n${body}`).digest("hex");

/** Why an entry does not follow from the one before it: another number, another hash before it, or its own hash. */
export type ChainFault = "number" | "previous" | "hash";

/** @returns what is wrong with `entry` as the one after `last` (undefined: as the first), if anything. */
export function chainFault(last: Sealed | undefined, entry: Sealed): ChainFault | undefined {
  const { seq, previous, body, hash } = entry;
  if (seq !== (last?.seq ?? 0) + 1) return "number";
  if (previous !== (last?.hash ?? GENESIS)) return "previous";
  return hash === entryHash(seq, previous, body) ? undefined : "hash";
}

/** The first entry that does not follow from the one before it, or undefined when all do. */
export function firstBroken(entries: Iterable<Sealed>): number | undefined {
  let last: Sealed | undefined;
  for (const entry of entries) {
    if (chainFault(last, entry) !== undefined) return entry.seq;
    last = entry;
  }
  return undefined;
}
