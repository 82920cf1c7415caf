import { readSetting } from "../config.ts";
import type { KeyRing } from "../key-ring.ts";
import { SCHEMA_VERSION } from "../store/migrations.ts";
import type { DatabaseForm } from "../store/schema-version.ts";
import { type Seal, sealsIn } from "../store/seals.ts";
import type { Database } from "../store/sql.ts";
import { createVault } from "../store/vault.ts";
import type { World } from "./command.ts";
import { count } from "./doctor-settings.ts";
import { type Finding, skipped, warning, well, wrong } from "./finding.ts";

/** The people's keys that are kept: sealed with what, and whether KEY_RING opens them. */
export async function lookAtKeys(
  database: Pick<Database, "all">,
  { version }: DatabaseForm,
  { KEY_RING: text }: World["environment"],
): Promise<Finding> {
  const ring = readSetting("KEY_RING", text);
  if ("fault" in ring) return skipped("Kept keys", "KEY_RING is wrong.");
  if (version === 0) return skipped("Kept keys", "there are no tables yet.");
  if (version > SCHEMA_VERSION) return skipped("Kept keys", "the tables are a newer bot's.");
  return keptFinding(await sealsIn(database, createVault(ring.value)), ring.value);
}

function keptFinding(seals: readonly Seal[], ring: KeyRing): Finding {
  const sum = (part: "keys" | "opened"): number => seals.reduce((all, one) => all + one[part], 0);
  const inOrder = [...seals].sort((one, other) => (one.id < other.id ? -1 : 1));
  const by = inOrder.map(({ id, keys }) => `${keys} with ${id}`).join(", ");
  const said = `${count(sum("keys"), "key")} of people, sealed: ${by}`;
  if (sum("keys") === 0) return well("Kept keys", "nobody has connected a key yet.");
  if (sum("keys") === sum("opened")) return well("Kept keys", `${said}. All of them open.`);
  const closed = seals.filter(({ keys, opened }) => opened < keys).map(({ id }) => id);
  const other = closed.filter((id) => ring.some((key) => key.id === id));
  const todo =
    other.length > 0
      ? `put the ${other.join(", ")} in KEY_RING that sealed them; it is another one now.`
      : `add ${closed.join(", ")} to KEY_RING again, after the others; or have their owners connect anew.`;
  if (sum("opened") === 0) return wrong("Kept keys", `${said}. KEY_RING opens none.`, todo);
  return warning("Kept keys", `${said}. KEY_RING opens ${sum("opened")} of them.`, todo);
}
