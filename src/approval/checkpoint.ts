import type { KeyObject } from "node:crypto";
import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from "node:crypto";
import { z } from "zod";

const checkpoint = z.strictObject({
  v: z.literal(1),
  /** The number and the hash of the ledger's newest entry at the time. */
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  /** The id of the key that signed it. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** Ed25519 over `signedText`, in base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

/** A signed word that the ledger was as it was: kept elsewhere, it shows what was cut off or made anew. */
export type Checkpoint = z.output<typeof checkpoint>;

/** Signs checkpoints. */
export interface Signer {
  readonly publicKey: PublicKey;
  checkpoint(seq: number, hash: string, at: number): Checkpoint;
}

/** A key that tells whether a checkpoint is genuine. */
export interface PublicKey {
  /** The first 16 hexadecimal digits of SHA-256 over the key. */
  readonly id: string;
  /** SubjectPublicKeyInfo (RFC 8410) in base64: what OpenSSL calls a public key, without its frame. */
  readonly text: string;
  readonly key: KeyObject;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The signer that belongs to one key of the ring: derived from it, for this use alone. */
export function checkpointSigner({
  id,
  bytes,
}: {
  readonly id: string;
  readonly bytes: Buffer;
}): Signer {
  const seed = hkdfSync("sha256", bytes, "", `snapshot-bot checkpoint signing v1 ${id}`, 32);
  const der = Buffer.concat([PKCS8, Buffer.from(seed)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = publicKeyOf(createPublicKey(key));
  return {
    publicKey,
    checkpoint(seq, hash, time) {
      const facts = { v: 1, seq, hash, at: new Date(time).toISOString() } as const;
      const signature = sign(null, Buffer.from(signedText(facts)), key).toString("base64");
      return { ...facts, key: publicKey.id, signature };
    },
  };
}

/** What the signature covers. */
const signedText = ({ v, seq, hash, at }: Pick<Checkpoint, "v" | "seq" | "hash" | "at">): string =>
  `snapshot-bot checkpoint\n${v}\n${seq}\n${hash}\n${at}\n`;

function publicKeyOf(key: KeyObject): PublicKey {
  const der = key.export({ format: "der", type: "spki" });
  const id = createHash("sha256").update(der).digest("hex").slice(0, 16);
  return { id, text: der.toString("base64"), key };
}

/** Reads a public key as `ledger key` shows it. @returns undefined when it is none. */
export function readPublicKey(text: string): PublicKey | undefined {
  try {
    const der = Buffer.from(text, "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? publicKeyOf(key) : undefined;
  } catch {
    return undefined;
  }
}

/** The checkpoint as the one line in which it is stored, posted and given back. */
export const checkpointLine = ({ v, seq, hash, at, key, signature }: Checkpoint): string =>
  JSON.stringify({ v, seq, hash, at, key, signature });

/** Reads such a line. @returns undefined when it is none. */
export function readCheckpoint(line: string): Checkpoint | undefined {
  try {
    return checkpoint.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Why a checkpoint is not to be trusted, or undefined when one of these keys has signed it. */
export function signatureFault(
  one: Checkpoint,
  keys: readonly PublicKey[],
): "unknown-key" | "bad-signature" | undefined {
  const known = keys.find(({ id }) => id === one.key);
  if (known === undefined) return "unknown-key";
  const signature = Buffer.from(one.signature, "base64");
  return verify(null, Buffer.from(signedText(one)), known.key, signature)
    ? undefined
    : "bad-signature";
}

/** A checkpoint is made so long after the last one when the ledger has grown, in milliseconds. */
export const CHECKPOINT_TIME = 24 * 3_600_000;
/** … and in any case after so many entries. */
export const CHECKPOINT_ENTRIES = 1_000;

/**
 * Whether it is time for one.
 * @param since the number of the last checkpoint's entry and its time; before the first one: 0, and
 * the time of the first entry
 */
export const isCheckpointDue = (
  since: { readonly seq: number; readonly at: number },
  newest: number,
  now: number,
): boolean =>
  newest > since.seq &&
  (now >= since.at + CHECKPOINT_TIME || newest >= since.seq + CHECKPOINT_ENTRIES);
