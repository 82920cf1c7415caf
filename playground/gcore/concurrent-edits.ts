import type { Snapshot } from "./model.ts";
import { copyOf, type World } from "./world.ts";

/** Members to set, or a function that changes the copy it is given or returns members to set. */
export type Change =
  | Partial<Snapshot>
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that only changes its argument
  | ((snapshot: Snapshot) => Partial<Snapshot> | void);

/** Changes a stored snapshot as somebody else would, which moves `updated_at` unless told. */
export function editSnapshot(world: World, id: string, change: Change): Snapshot {
  const stored = world.snapshots.get(id);
  if (stored === undefined) throw new Error(`there is no snapshot ${id} to edit`);
  const draft = copyOf(stored);
  const members = typeof change === "function" ? (change(draft) ?? {}) : change;
  const edited = structuredClone({ ...draft, ...members });
  if (edited.updated_at === stored.updated_at && members.updated_at === undefined) {
    edited.updated_at = world.clock.now();
  }
  world.snapshots.set(id, edited);
  return copyOf(edited);
}

/** When somebody else gets in: right after a GET was read, or right before a PATCH is processed. */
export type EditMoment = "afterGet" | "beforePatch";

/** Edits of somebody else, waiting for their moment. Each happens once. */
export class ConcurrentEdits {
  #waiting: { change: Change; moment: EditMoment; id: string | undefined }[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  add(change: Change, options: { readonly moment?: EditMoment; readonly id?: string } = {}): void {
    this.#waiting.push({ change, moment: options.moment ?? "afterGet", id: options.id });
  }

  /** The moment has come for a snapshot. */
  reached(moment: EditMoment, id: string): void {
    const due = this.#waiting.filter(
      (edit) => edit.moment === moment && (edit.id === undefined || edit.id === id),
    );
    this.#waiting = this.#waiting.filter((edit) => !due.includes(edit));
    for (const edit of due) editSnapshot(this.#world, id, edit.change);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting = [];
  }
}
