import type { Bed } from "../../bed.ts";

/** The region where all of them are. */
export const REGION = 148;
/** The account that the local Gcore has beside its own. */
const OTHER_ACCOUNT = 1000503;

/** What is Ada's is called azurite, what is Ben's basalt, what is Olga's cinnabar. */
export interface Stone {
  readonly project: number;
  /** Twelve snapshots in it, and their ids. */
  readonly ids: readonly string[];
  /** Issues a key that sees this project alone. */
  key(name?: string): string;
}

/** Three projects with snapshots, of two accounts: whatever is in one has its word in it. */
export function stonesIn({
  gcore,
}: Bed): Readonly<Record<"azurite" | "basalt" | "cinnabar", Stone>> {
  const stone = (word: string, client?: number): Stone => {
    const project = gcore.addProject(`${word}-works`, client);
    const made = Array.from({ length: 12 }, (_, index) =>
      gcore.add({
        name: `${word}-${index}`,
        ...{ project_id: project, region_id: REGION },
        tags: { stone: word, volume_name: `${word}-volume`, guarded: index < 3 ? "yes" : "no" },
      }),
    );
    return {
      project,
      ids: made.map(({ id }) => id),
      key: (name = word) =>
        gcore.addKey({
          ...{ name: `${name}-key`, projects: [project] },
          ...(client === undefined ? {} : { client }),
        }),
    };
  };
  return {
    azurite: stone("azurite"),
    basalt: stone("basalt"),
    cinnabar: stone("cinnabar", OTHER_ACCOUNT),
  };
}
