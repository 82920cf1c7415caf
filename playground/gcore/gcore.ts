import { type Clock, wallClock } from "../clock.ts";
import { type Answer, listen, type Received, type Watcher } from "../loopback.ts";
import { type Change, ConcurrentEdits, editSnapshot } from "./concurrent-edits.ts";
import { Faults } from "./faults.ts";
import { Journal } from "./journal.ts";
import { addKey, findKey, type NewKey, type SeedKeys, seedKeys } from "./keys.ts";
import { defaultKnobs, type Knobs } from "./knobs.ts";
import type { Key, Snapshot, Task } from "./model.ts";
import { addProject, seedPlaces } from "./seed-places.ts";
import { fillSnapshots, type SeedIds, seedSnapshots } from "./seed-snapshots.ts";
import { refuse, type Service, serve } from "./serve.ts";
import { Violations } from "./violations.ts";
import {
  addSnapshot,
  copyOf,
  emptyWorld,
  endTask,
  type NewSnapshot,
  type NewTask,
  startTask,
  tagList,
} from "./world.ts";

export interface GcoreOptions {
  readonly clock?: Clock;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** `empty` has the account, its keys and the regions, and no snapshots. */
  readonly seed?: "standard" | "empty";
  readonly knobs?: Partial<Knobs>;
}

/** A Gcore API on 127.0.0.1 that refuses what the real one refuses, and what can be done behind its back. */
export interface LocalGcore {
  /** `http://127.0.0.1:PORT`, to be used in place of `https://api.gcore.com`. */
  readonly url: string;
  /** What nobody knows of the real API; may be turned at any time. */
  readonly knobs: Knobs;
  /** The texts of the seed's API keys. */
  readonly keys: SeedKeys;
  /** The ids of the seed's awkward snapshots. With the seed `empty` none of them is there. */
  readonly ids: SeedIds;
  readonly journal: Journal;
  readonly faults: Faults;

  /** A copy of the snapshot as it is now. */
  snapshot(id: string): Snapshot;
  /** Its tags by their keys, as they are now. */
  tags(id: string): Map<string, string>;
  has(id: string): boolean;
  /** Changes a snapshot as somebody else would. */
  update(id: string, change: Change): Snapshot;
  add(snapshot?: NewSnapshot): Snapshot;
  remove(id: string): void;
  /** Adds many ordinary snapshots and gives their ids. */
  fill(
    count: number,
    where?: { readonly project?: number; readonly region?: number; readonly prefix?: string },
  ): string[];

  /** Gives the volume of a snapshot these tags; undefined: the volume is deleted. */
  tagVolume(id: string, tags: Readonly<Record<string, string>> | undefined): void;

  /** Makes a project, of the account unless told of which one, and gives its number. */
  addProject(name: string, client?: number): number;

  /** Lets a task hold the snapshot and gives the task's id. */
  lock(id: string, task?: NewTask): string;
  finishTask(taskId: string, error?: string): void;
  task(taskId: string): Task;

  /** Issues a key and gives its text. */
  addKey(key?: NewKey): string;
  /** Deletes a key. The next request with it is refused. */
  revoke(key: string): void;
  /** Lets a key expire now. */
  expire(key: string): void;
  /** Changes what a key's issuer may do. */
  changeKey(key: string, change: Partial<Pick<Key, "role" | "group" | "projects">>): void;

  /** Called before and after each request is processed; undefined: nobody any more. */
  watch(watcher: Watcher | undefined): void;
  /** How many requests really changed the snapshot. */
  effectiveChanges(snapshotId: string): number;
  /** What a well-made client never does, one line each. */
  violations(): string[];
  /** Takes the provoked ones out and says how many they were. */
  forgive(pattern: RegExp): number;
  stop(): Promise<void>;
}

const present = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the local Gcore has no ${what}`);
  return value;
};

/** Starts a local Gcore API with its seed. */
export async function startGcore(options: GcoreOptions = {}): Promise<LocalGcore> {
  const knobs: Knobs = { ...defaultKnobs(), ...options.knobs };
  const world = emptyWorld(options.clock ?? wallClock, knobs);
  const journal = new Journal(world);
  const violations = new Violations(journal);
  const edits = new ConcurrentEdits(world);
  const service: Service = { world, journal, violations, edits };
  const faults = new Faults(journal, edits, (request, refusal, shape) =>
    refuse(service, request, refusal, shape),
  );
  let watcher: Watcher | undefined;

  seedPlaces(world);
  const keys = seedKeys(world);
  const ids = seedSnapshots(world);
  if (options.seed === "empty")
    for (const known of [world.snapshots, world.volumes, world.tasks]) known.clear();

  const handle = (request: Received): Answer => {
    const answer = serve(service, request);
    journal.answered(request, answer.status, answer.body);
    const date = new Date(world.clock.now()).toUTCString();
    return { ...answer, headers: { ...answer.headers, date } };
  };
  // The journal has every request, also those that a fault keeps from being processed.
  const noted: Watcher = async (when, request) => {
    if (when === "before") {
      journal.open(request);
      violations.inspect(request);
    }
    await watcher?.(when, request);
  };
  const server = await listen({
    port: options.port ?? 0,
    handle,
    faults: faults.plan,
    watcher: () => noted,
  });

  const stored = (id: string): Snapshot => present(world.snapshots.get(id), `snapshot ${id}`);
  const keyOf = (text: string): Key => present(findKey(world, text), "such API key");
  const taskOf = (id: string): Task => present(world.tasks.get(id), `task ${id}`);

  return {
    url: server.url,
    knobs,
    keys,
    ids,
    journal,
    faults,
    snapshot: (id) => copyOf(stored(id)),
    tags: (id) => new Map(stored(id).tags.map(({ key, value }) => [key, value])),
    has: (id) => world.snapshots.has(id),
    update: (id, change) => editSnapshot(world, id, change),
    add: (snapshot = {}) => copyOf(addSnapshot(world, snapshot)),
    remove: (id) => void world.snapshots.delete(stored(id).id),
    fill: (count, where) => fillSnapshots(world, count, where),
    tagVolume(id, tags) {
      const { volume_id: volumeId } = stored(id);
      const volume = present(world.volumes.get(volumeId), `volume ${volumeId}`);
      if (tags === undefined) world.volumes.delete(volumeId);
      else volume.tags = tagList(tags);
    },
    addProject: (name, client) => addProject(world, name, client),
    lock: (id, task) => startTask(world, stored(id), task).id,
    finishTask: (id, error) => endTask(world, taskOf(id), error ?? null),
    task: (id) => structuredClone(taskOf(id)),
    addKey: (key) => addKey(world, key).text,
    revoke: (text) => {
      keyOf(text).deleted = true;
    },
    expire: (text) => {
      keyOf(text).exp_date = world.clock.now();
    },
    changeKey: (text, change) => void Object.assign(keyOf(text), change),
    watch: (next) => {
      watcher = next;
    },
    effectiveChanges: (id) => world.effective.get(id) ?? 0,
    violations: () => violations.list(),
    forgive: (pattern) => violations.forgive(pattern),
    stop: () => server.stop(),
  };
}
