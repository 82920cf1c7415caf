import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import {
  CHECKPOINT_ENTRIES,
  CHECKPOINT_TIME,
  checkpointLine,
  checkpointSigner,
  isCheckpointDue,
  readCheckpoint,
  readPublicKey,
  signatureFault,
} from "../../src/approval/checkpoint.ts";
import { NOW } from "./samples.ts";

const BYTES = Buffer.alloc(32, "thirty-two bytes of a key ring..");
const SIGNER = checkpointSigner({ id: "k1", bytes: BYTES });
const HASH = "ab".repeat(32);
const ONE = SIGNER.checkpoint(7, HASH, NOW);

describe("The key that signs checkpoints", () => {
  test("is the same for the same key of the ring, in every process", () => {
    expect(checkpointSigner({ id: "k1", bytes: BYTES }).publicKey.text).toBe(SIGNER.publicKey.text);
    expect(SIGNER.checkpoint(7, HASH, NOW)).toEqual(ONE);
  });

  test("is another one for another key of the ring, or another name of it", () => {
    const others = [
      checkpointSigner({ id: "k2", bytes: BYTES }),
      checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "other") }),
    ].map(({ publicKey }) => publicKey.id);
    expect(new Set([SIGNER.publicKey.id, ...others]).size).toBe(3);
  });

  test("is public in a form that others read, and reads back", () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${SIGNER.publicKey.text}\n-----END PUBLIC KEY-----\n`;
    expect(createPublicKey(pem).asymmetricKeyType).toBe("ed25519");
    expect(readPublicKey(SIGNER.publicKey.text)?.id).toBe(SIGNER.publicKey.id);
    for (const text of ["", "nonsense", BYTES.toString("base64")]) {
      expect(readPublicKey(text)).toBeUndefined();
    }
  });
});

describe("A checkpoint", () => {
  test("is one line that reads back", () => {
    const line = checkpointLine(ONE);
    expect(line).not.toMatch(/\s/);
    expect(readCheckpoint(line)).toEqual(ONE);
    expect(JSON.parse(line)).toMatchObject({ v: 1, seq: 7, hash: HASH, key: SIGNER.publicKey.id });
  });

  test("can be checked by anybody with Ed25519", () => {
    const text = `snapshot-bot checkpoint\n1\n7\n${HASH}\n${ONE.at}\n`;
    const { key } = SIGNER.publicKey;
    expect(verify(null, Buffer.from(text), key, Buffer.from(ONE.signature, "base64"))).toBe(true);
  });

  test("is good by the key that signed it, among however many", () => {
    const other = checkpointSigner({ id: "k2", bytes: BYTES }).publicKey;
    expect(signatureFault(ONE, [other, SIGNER.publicKey])).toBeUndefined();
    expect(signatureFault(ONE, [other])).toBe("unknown-key");
    expect(signatureFault({ ...ONE, key: other.id }, [other])).toBe("bad-signature");
    expect(signatureFault({ ...ONE, seq: 8 }, [SIGNER.publicKey])).toBe("bad-signature");
  });
});

describe("It is time for a checkpoint", () => {
  const since = { seq: 10, at: NOW };
  test.each([
    ["never while the ledger has not grown", 10, NOW + 9 * CHECKPOINT_TIME, false],
    ["not before a day is over", 11, NOW + CHECKPOINT_TIME - 1, false],
    ["when a day is over", 11, NOW + CHECKPOINT_TIME, true],
    ["not one entry too early", 9 + CHECKPOINT_ENTRIES, NOW, false],
    ["when there are enough new entries", 10 + CHECKPOINT_ENTRIES, NOW, true],
  ])("%s", (_when, newest, now, expected) => {
    expect(isCheckpointDue(since, newest, now)).toBe(expected);
  });
});
