import { z } from "zod";

/** One key of the ring: 32 bytes of randomness under a short name. */
export interface RingKey {
  readonly id: string;
  readonly bytes: Buffer;
}
/** The first key seals, all of them open. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

/** What to run to get a key ring. */
export const KEY_RING_COMMAND = `node -p "'k1:' + require('crypto').randomBytes(32).toString('base64')"`;

/** KEY_RING as it is written: `id:base64` and older ones after commas. */
export const keyRing = z
  .string({ error: `is missing. Make one with: ${KEY_RING_COMMAND}` })
  .transform((text, context): KeyRing => {
    const keys = text.split(",").map((part) => readRingKey(part.trim()));
    const faults = keys.flatMap((key) => (typeof key === "string" ? [key] : []));
    const good = keys.flatMap((key) => (typeof key === "string" ? [] : [key]));
    if (new Set(good.map((key) => key.id)).size < good.length) faults.push("names a key twice");
    const [first, ...older] = good;
    if (faults.length > 0 || first === undefined) {
      context.addIssue(`${faults.join("; ")}. Make a new key with: ${KEY_RING_COMMAND}`);
      return z.NEVER;
    }
    return [first, ...older];
  });

/** @returns the key, or what is wrong with it; never the key's own text. */
function readRingKey(text: string): RingKey | string {
  const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text);
  if (match === null) return "has an entry that is not of the form id:base64";
  const [, id = "", base64 = ""] = match;
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 32) return `has key "${id}" with ${bytes.length} bytes instead of 32`;
  return isPattern(bytes) ? `has key "${id}" that is weak: it is not random` : { id, bytes };
}

/** 32 random bytes have about 30 different values, are no text, and do not climb in even steps. */
function isPattern(bytes: Buffer): boolean {
  const steps = new Set(bytes.subarray(1).map((byte, index) => byte - (bytes[index] ?? 0)));
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return new Set(bytes).size < 20 || steps.size < 8 || isText;
}
