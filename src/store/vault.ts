import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { KeyRing } from "../key-ring.ts";

/** Seals secrets to their owner and opens them again. */
export interface Vault {
  /** The name of the ring's key that seals now. */
  readonly sealsWith: string;
  /** @returns a text that only the same `context` opens. */
  seal(secret: string, context: readonly string[]): string;
  /** @returns the secret, or undefined when the text is not whole, not for this context, or sealed
   * with a key that the ring no longer has. */
  open(sealed: string, context: readonly string[]): string | undefined;
}

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Envelope encryption: each secret has a key of its own, which is wrapped with a key derived from
 * the ring's. Both layers are AES-256-GCM and bound to the context, so that a sealed text that is
 * moved to another person's row does not open. The first key of the ring seals, all of them open.
 * The text is `v1.KEY-ID.WRAPPED-KEY.DATA`.
 */
export function createVault(ring: KeyRing): Vault {
  const wrappingKeys = new Map(ring.map(({ id, bytes }) => [id, wrappingKey(id, bytes)]));
  const [first] = ring;
  const sealing = wrappingKey(first.id, first.bytes);
  return {
    sealsWith: first.id,
    seal(secret, context) {
      const bound = boundTo(first.id, context);
      const dataKey = randomBytes(32);
      const wrapped = encrypt(sealing, dataKey, bound);
      const data = encrypt(dataKey, Buffer.from(secret, "utf8"), bound);
      dataKey.fill(0);
      return [VERSION, first.id, wrapped, data].join(".");
    },
    open(sealed, context) {
      const [version, id, wrapped, data, more] = sealed.split(".");
      if (version !== VERSION || more !== undefined) return undefined;
      const wrapping = wrappingKeys.get(id ?? "");
      if (id === undefined || wrapping === undefined || !wrapped || !data) return undefined;
      const bound = boundTo(id, context);
      const dataKey = decrypt(wrapping, wrapped, bound);
      const secret = dataKey && decrypt(dataKey, data, bound);
      const text = secret?.toString("utf8");
      dataKey?.fill(0);
      secret?.fill(0);
      return text;
    },
  };
}

/** The name of the ring's key that sealed it. */
export const sealedWith = (sealed: string): string => sealed.split(".")[1] ?? "";

const wrappingKey = (id: string, bytes: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", bytes, "", `snapshot-bot key wrapping ${VERSION} ${id}`, 32));

/** Each part goes with its length before it: no two contexts look alike. */
const boundTo = (id: string, context: readonly string[]): Buffer =>
  Buffer.concat(
    [VERSION, id, ...context].flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]).toString("base64url");
}

function decrypt(key: Buffer, text: string, bound: Buffer): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  // base64url has several spellings of the same bytes; only the one that was written is taken.
  if (bytes.toString("base64url") !== text || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const iv = bytes.subarray(0, IV_BYTES);
  // Without a stated length Node takes tags as short as four bytes.
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
