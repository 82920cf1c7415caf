import fc from "fast-check";
import type { Change } from "../../src/snapshot/change.ts";
import type { Snapshot, Tag } from "../../src/snapshot/snapshot.ts";
import { anyCharacter } from "../any-character.ts";
import { ID, OBJECT_MEMBERS, SYSTEM, snapshotWith, tag } from "./samples.ts";

/** UTF-16 units at random, halves of characters among them. */
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
  .map((codes) => String.fromCharCode(...codes));

/** What a person, a phone or an attacker types. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: anyCharacter, maxLength: 12 }) },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ...["a", "Z", "7", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "'", '"', "\\"],
          ..."“”„‘’—–-=<>|/:?&%$_.#@!`*~",
          ...["--", "--name", "--clear-tags", "-x", "https://", "<http://", "show", "help"],
          ...["😀", "é", "\u202e", "\u200b", "\0", ID],
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: units },
  { weight: 1, arbitrary: fc.constantFrom("", ...OBJECT_MEMBERS) },
);

/** Keys that today's rules take. Few of them, so that they meet. */
export const goodKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("a", "b", "c", "environment", "team", "é😀", ...OBJECT_MEMBERS),
  fc.stringMatching(/^[a-z.:/"'<>&-]{1,5}$/),
);

export const goodValue: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("x", "y", "null", "a b", "a=b", "😀", "__proto__", '"quoted"'),
  fc.stringMatching(/^[a-z0-9=:"'\\<>&]{1,5}$/),
);

/** Tags that Gcore took in earlier days and no longer does. */
const legacyTag: fc.Arbitrary<Tag> = fc
  .constantFrom("cost center", "a=b", "k".repeat(256), " ", "")
  .map((key) => tag(key, "old"));

const longTag: fc.Arbitrary<Tag> = goodKey.map((key) => tag(key, "n".repeat(1024)));

const ownTag: fc.Arbitrary<Tag> = fc.record({
  key: goodKey,
  value: goodValue,
  readOnly: fc.boolean(),
});

/** Snapshots with any mix of own, read-only, system, legacy and too long tags. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    name: fc.constantFrom("nightly", "weekly", "x", "Snapshot of volume: policy 4711"),
    system: fc.constantFrom<readonly Tag[]>(SYSTEM, [], [tag("bootable", "True", true)]),
    tags: fc.array(fc.oneof({ weight: 6, arbitrary: ownTag }, legacyTag, longTag), {
      maxLength: 7,
    }),
  })
  .map(({ name, system, tags }) => {
    const unique = new Map([...system, ...tags].map((one) => [one.key, one]));
    return snapshotWith({ name, tags: [...unique.values()] });
  });

/** A change as the form gives it: no key twice, none both set and removed, all of them nameable. */
export const anyChange: fc.Arbitrary<Change> = fc
  .record({
    name: fc.option(fc.constantFrom("nightly", "weekly", "renamed"), { nil: undefined }),
    set: fc.uniqueArray(fc.record({ key: goodKey, value: goodValue }), {
      maxLength: 4,
      selector: (one) => one.key,
    }),
    remove: fc.uniqueArray(goodKey, { maxLength: 4 }),
    others: fc.constantFrom("keep", "remove"),
  })
  .map(({ name, set, remove, others }) => ({
    ...(name === undefined ? {} : { name }),
    set,
    remove: remove.filter((key) => !set.some((one) => one.key === key)),
    others,
  }));
