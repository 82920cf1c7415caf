import { type Entry, entryBody, type Sealed, sealEntry } from "../../src/approval/ledger.ts";
import { ledgerLine } from "../../src/operator/ledger-line.ts";
import { MARIA, NOW } from "../approval/samples.ts";

const entry = (facts: unknown): Entry => ({ kind: "refused", at: NOW, by: MARIA, facts });

/** A ledger with one entry for each of `facts`, whole. */
export function chainOf(facts: readonly unknown[], before: readonly Sealed[] = []): Sealed[] {
  const sealed = [...before];
  for (const one of facts) sealed.push(sealEntry(entryBody(entry(one)), sealed.at(-1)));
  return sealed;
}

/** Six entries with all that JSON and line splitting could trip over. */
export const SIX = chainOf([1, "two \u2028 lines", { é: '"\\😀' }, ["\r\n"], null, "\u0000\ufffd"]);

/** The export of a ledger, byte by byte. */
export const exportOf = (entries: readonly Sealed[]): Buffer =>
  Buffer.from(entries.map((one) => `${ledgerLine(one)}\n`).join(""));
