import type { Problem, Result } from "../problem.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Gcore } from "./gcore.ts";
import type { Caller } from "./http.ts";

/** The same API; whatever it tells of a snapshot, the catalogue learns. */
export function teaching(catalogue: Catalogue, gcore: Gcore): Gcore {
  const taught = async (
    caller: Caller,
    answer: Promise<Result<Snapshot, Problem>>,
  ): Promise<Result<Snapshot, Problem>> => {
    const snapshot = await answer;
    if (snapshot.ok) catalogue.learn(caller, snapshot.value);
    return snapshot;
  };
  return {
    ...gcore,
    getSnapshot: (caller, ref) => taught(caller, gcore.getSnapshot(caller, ref)),
    updateSnapshot: (caller, ref, patch) =>
      taught(caller, gcore.updateSnapshot(caller, ref, patch)),
  };
}
