import { uuid } from "./deterministic.ts";
import { type Tag, tag } from "./model.ts";
import { addSnapshot, type NewSnapshot, startTask, type World } from "./world.ts";

const DAY = 86_400_000;

const system = (volume: string, bootable = false): Tag[] => [
  tag("bootable", bootable ? "True" : "False"),
  tag("volume_name", volume),
];

const db = { volume_id: uuid("volume db-primary"), size: 120 };
const volumeOfPolicy = uuid("volume web-1");

const made = {
  /** Three tags of the team, the two system ones and a read-only one. */
  plain: {
    ...db,
    name: "nightly-db-2026-11-20",
    description: "Nightly, before the backup window",
    tags: [
      ...system("db-primary"),
      tag("environment", "prod"),
      tag("team", "payments"),
      tag("cost_center", "cc-1001"),
      tag("image_id", uuid("image debian-13"), true),
    ],
  },
  /** Only the system tags. */
  untagged: { name: "before-upgrade", tags: system("db-replica"), size: 120 },
  noTagsAtAll: { name: "imported-2019", tags: [], size: 5, updated_at: null },
  /** Named by a lifecycle policy: longer than a PATCH may name it. */
  policyMade: {
    name: `Snapshot of volume ${volumeOfPolicy} created by policy 4711`,
    volume_id: volumeOfPolicy,
    size: 40,
    tags: [...system("web-1", true), tag("environment", "prod")],
  },
  /** Named by a schedule: 63 characters, the longest that a PATCH may still use, with spaces. */
  cronMade: {
    name: `reserve snap of the volume ${volumeOfPolicy}`,
    volume_id: volumeOfPolicy,
    size: 40,
    tags: system("web-1", true),
  },
  /** A value from before 2025-11-24, when 1024 bytes were allowed. */
  longValue: {
    name: "with-a-long-value",
    tags: [...system("archive"), tag("notes", "n".repeat(1024)), tag("team", "archive")],
    size: 500,
  },
  /** Keys from before 2026-02-17, when any characters were allowed. */
  legacyKey: {
    name: "with-old-keys",
    tags: [...system("archive"), tag("cost center", "cc-1"), tag("a=b", "c"), tag("team", "data")],
    size: 500,
  },
  locked: { name: "being-worked-on", tags: [...system("queue"), tag("team", "core")], size: 20 },
  errored: {
    name: "broken-by-storage",
    status: "error",
    tags: [...system("queue"), tag("team", "core")],
    size: 20,
  },
  creating: { name: "just-begun", status: "creating", tags: system("queue"), size: 20 },
  /** Every text in it tries something in Slack, in a terminal or in a table. */
  hostile: {
    name: "<!channel> <@U0000000001> *pay* <https://evil.example|bank> `rm`",
    description: "first line\nsecond line <!here>\r\n```not code```",
    tags: [
      ...system("<!everyone>"),
      tag("<!channel>", "<@U0000000001>"),
      tag("link", "<https://evil.example|https://bank.example>"),
      tag("code", "``` ` ```"),
      tag("rtl", "\u202Egnp.exe"),
      tag("emoji😀", ":tada: 😀 &amp; &lt;"),
      tag("newline", "one\ntwo"),
      tag("markup", "*bold* _it_ ~no~"),
    ],
    size: 1,
  },
  /** Keys that are members of every object in a careless program. */
  protoKeys: {
    name: "object-members",
    tags: [
      ...system("tricky"),
      tag("__proto__", "a"),
      tag("constructor", "b"),
      tag("prototype", "c"),
      tag("hasOwnProperty", "d"),
      tag("toString", "e"),
      tag("team", "core"),
    ],
  },
  manyTags: {
    name: "three-hundred-tags",
    tags: Array.from({ length: 300 }, (_, i) => tag(`key-${String(i).padStart(3, "0")}`, `v${i}`)),
  },
  /** In a project that the key `full` has no role in. */
  otherProject: {
    name: "invoices-2026-10",
    project_id: 1210004,
    tags: [...system("invoices"), tag("team", "finance")],
  },
  /** In the second project of the key `full`, and in another region. */
  staging: {
    name: "staging-db",
    project_id: 1202779,
    region_id: 180,
    tags: [...system("staging-db"), tag("environment", "staging")],
  },
  /** Three snapshots with one name, the third in another region. */
  twinA: { ...db, name: "weekly", tags: [...system("db-primary"), tag("slot", "a")] },
  twinB: { ...db, name: "weekly", tags: [...system("db-primary"), tag("slot", "b")] },
  twinElsewhere: { name: "weekly", region_id: 196, tags: system("db-london") },
} satisfies Record<string, NewSnapshot>;

/** The ids of the seed's snapshots by a speaking name. */
export type SeedIds = { readonly [name in keyof typeof made]: string };

/** Stores one snapshot of each awkward kind, the oldest about a year old. */
export function seedSnapshots(world: World): SeedIds {
  const now = world.clock.now();
  const ids = new Map<string, string>();
  for (const [name, given] of Object.entries<NewSnapshot>(made)) {
    const created = now - (1 + ids.size * 17) * DAY - 7_243_000;
    const id = uuid(`snapshot ${name}`);
    const dates = { created_at: created, updated_at: created + 1000 };
    const snapshot = addSnapshot(world, { ...dates, ...given, id });
    if (name === "locked") startTask(world, snapshot);
    if (name === "creating") startTask(world, snapshot, { effect: "create" });
    ids.set(name, id);
  }
  return Object.fromEntries(ids) as SeedIds;
}

/** Adds many ordinary snapshots and gives their ids, the first one first. */
export function fillSnapshots(
  world: World,
  count: number,
  where: { readonly project?: number; readonly region?: number; readonly prefix?: string } = {},
): string[] {
  const { project = 1186668, region = 148, prefix = "bulk" } = where;
  const now = world.clock.now();
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(5, "0");
    const created = now - index * 3_600_000;
    return addSnapshot(world, {
      id: uuid(`${project} ${region} ${prefix}-${number}`),
      name: `${prefix}-${number}`,
      size: 10 + (index % 90),
      volume_id: uuid(`volume ${project} ${region} ${prefix} ${index % 50}`),
      project_id: project,
      region_id: region,
      created_at: created,
      updated_at: created,
      tags: [
        ...system(`${prefix}-volume-${index % 50}`),
        tag("environment", index % 3 === 0 ? "prod" : "dev"),
        tag("team", ["payments", "search", "core", "data"][index % 4] ?? "core"),
      ],
    }).id;
  });
}
