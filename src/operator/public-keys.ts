import { checkpointSigner, type PublicKey, readPublicKey } from "../approval/checkpoint.ts";
import { readSetting } from "../config.ts";
import type { KeyRing } from "../key-ring.ts";
import { type Given, type World, WrongUsage } from "./command.ts";

/** A public key, and the key of the ring that it belongs to. */
export interface RingPublicKey {
  readonly ringKey: string;
  readonly publicKey: PublicKey;
}

/** KEY_RING. @throws WrongUsage when it is not set, or wrong. */
export function ringOf({ environment }: World): KeyRing {
  const setting = readSetting("KEY_RING", environment.KEY_RING);
  if ("fault" in setting) throw new WrongUsage(setting.fault);
  return setting.value;
}

/** The public keys of KEY_RING, the one that signs now first. @throws WrongUsage when it is not set. */
export const ringPublicKeys = (world: World): readonly RingPublicKey[] =>
  ringOf(world).map((key) => ({ ringKey: key.id, publicKey: checkpointSigner(key).publicKey }));

/**
 * The keys by which checkpoints are judged: those that were given, else those of KEY_RING.
 * @throws WrongUsage when there are none.
 */
export function trustedKeys(given: Given, world: World): readonly PublicKey[] {
  const texts = given.texts("key");
  if (texts.length > 0) {
    return texts.map((text) => {
      const key = readPublicKey(text);
      if (key === undefined) throw new WrongUsage("--key is to be what ledger key shows.");
      return key;
    });
  }
  if (!world.environment.KEY_RING) {
    throw new WrongUsage("Checkpoints are judged by their public key: give it with --key.");
  }
  return ringPublicKeys(world).map(({ publicKey }) => publicKey);
}
