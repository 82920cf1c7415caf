import { secret } from "./deterministic.ts";
import type { CloudRole, IamGroup, Key } from "./model.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;

/** The account that the seed is about, and another one. */
export const CLIENT = 7350925;
export const OTHER_CLIENT = 1000503;

/** What can be told about a new key; the rest is made up. */
export interface NewKey {
  readonly name?: string;
  readonly description?: string;
  readonly client?: number;
  /** The issuer. Keys with the same user share their role assignments. */
  readonly user?: { readonly id: number; readonly name: string; readonly email: string };
  readonly group?: IamGroup;
  readonly role?: CloudRole;
  /** Where the issuer has the role; null: in every project of the account. */
  readonly projects?: readonly number[] | null;
  /** From now until it expires; null: never. */
  readonly expiresIn?: number | null;
  readonly deleted?: boolean;
  /** `$` as in keys of the first version of the token API. */
  readonly separator?: "_" | "$";
}

/** Issues a key and gives its text, which the API never shows again. */
export function addKey(world: World, given: NewKey = {}): Key {
  const id = 29841 + world.keys.size * 17;
  const now = world.clock.now();
  const number = 1023101 + world.keys.size;
  const user = given.user ?? {
    id: number,
    name: `Person ${number}`,
    email: `person-${number}@example.com`,
  };
  const expiresIn = given.expiresIn === undefined ? 90 * DAY : given.expiresIn;
  const hidden = secret(`key ${id}`);
  const key: Key = {
    id,
    text: `${id}${given.separator ?? "_"}${hidden}`,
    secret: hidden,
    name: given.name ?? `key-${id}`,
    description: given.description ?? "",
    client_id: given.client ?? CLIENT,
    user_id: user.id,
    user_name: user.name,
    user_email: user.email,
    group: given.group ?? "Users",
    role: given.role ?? "User",
    projects: given.projects === undefined ? [1186668, 1202779] : (given.projects?.slice() ?? null),
    exp_date: expiresIn === null ? null : now + expiresIn,
    deleted: given.deleted ?? false,
    created: now - 30 * DAY,
    last_usage: now - DAY,
  };
  world.keys.set(id, key);
  return key;
}

/** The texts of the keys that every seed has. */
export interface SeedKeys {
  /** May read and change snapshots in two projects. Its issuer is no administrator. */
  readonly full: string;
  /** Another person with the same rights. */
  readonly colleague: string;
  readonly admin: string;
  /** Cloud role Observer: reads everything, changes nothing. */
  readonly readOnly: string;
  /** Has a role in the account's third project only. */
  readonly otherProject: string;
  readonly otherAccount: string;
  readonly expired: string;
  readonly expiresSoon: string;
  readonly revoked: string;
  readonly noExpiry: string;
  /** Written `<id>$<secret>`. */
  readonly oldForm: string;
}

export function seedKeys(world: World): SeedKeys {
  const text = (given: NewKey): string => addKey(world, given).text;
  const maria = { id: 1023101, name: "Maria Lux", email: "maria@example.com" };
  return {
    full: text({ name: "slack-bot-maria", user: maria }),
    colleague: text({
      name: "slack-bot-tom",
      user: { id: 1023102, name: "Tom Esch", email: "tom@example.com" },
    }),
    admin: text({
      name: "admin",
      group: "Administrators",
      role: "ClientAdministrator",
      projects: null,
      user: { id: 1023103, name: "Ada Root", email: "ada@example.com" },
    }),
    readOnly: text({
      name: "auditor",
      role: "Observer",
      projects: null,
      user: { id: 1023104, name: "Olga Look", email: "olga@example.com" },
    }),
    otherProject: text({ name: "billing-only", projects: [1210004] }),
    otherAccount: text({ name: "stranger", client: OTHER_CLIENT, projects: [1337001] }),
    expired: text({ name: "last-years", user: maria, expiresIn: -DAY }),
    expiresSoon: text({ name: "three-days-left", user: maria, expiresIn: 3 * DAY }),
    revoked: text({ name: "leaked-once", user: maria, deleted: true }),
    noExpiry: text({ name: "forever", user: maria, expiresIn: null }),
    oldForm: text({ name: "from-2021", user: maria, expiresIn: null, separator: "$" }),
  };
}

/** The key with this text, whatever became of it since. */
export function findKey(world: World, text: string): Key | undefined {
  const id = Number(/^(\d+)[_$]/.exec(text)?.[1]);
  const key = world.keys.get(id);
  return key?.text === text ? key : undefined;
}

export const isExpired = (world: World, key: Key): boolean =>
  key.exp_date !== null && key.exp_date <= world.clock.now();

/** May the key's issuer do anything in the project at all? */
export function sees(world: World, key: Key, project: number): boolean {
  const found = world.projects.get(project);
  if (found === undefined || found.client_id !== key.client_id) return false;
  return key.projects === null || key.projects.includes(project);
}
