import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import oracle from "json-merge-patch";
import {
  applyPatch,
  inversePatch,
  isEmpty,
  type Patch,
  patchBody,
  type TagPatch,
} from "../../src/snapshot/merge-patch.ts";
import type { Tag } from "../../src/snapshot/snapshot.ts";
import { anyCharacter } from "../any-character.ts";
import { goodKey, goodValue } from "./arbitraries.ts";
import { OBJECT_MEMBERS, tag, tagMap } from "./samples.ts";

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  [member: string]: Json;
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** The pseudo code of RFC 7396, section 2, on objects without a prototype. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = Object.create(null);
  if (isObject(target)) for (const [name, value] of Object.entries(target)) merged[name] = value;
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

const objectOf = (members: Iterable<readonly [string, Json]>): JsonObject => {
  const made: JsonObject = Object.create(null);
  for (const [name, value] of members) made[name] = value;
  return made;
};

const membersOf = (json: Json): Map<string, Json> =>
  new Map(isObject(json) ? Object.entries(json) : []);

const wholePatch: fc.Arbitrary<readonly TagPatch[]> = fc.uniqueArray(
  fc.record({ key: goodKey, value: fc.oneof(goodValue, fc.constant(null)) }),
  { maxLength: 6, selector: (one) => one.key },
);

const ownTags: fc.Arbitrary<readonly Tag[]> = fc
  .uniqueArray(fc.record({ key: goodKey, value: goodValue, readOnly: fc.constant(false) }), {
    maxLength: 6,
    selector: (one) => one.key,
  })
  .map((tags) => tags);

const someTags: fc.Arbitrary<readonly Tag[]> = fc.uniqueArray(
  fc.record({
    key: goodKey,
    value: fc.oneof(goodValue, fc.constant("")),
    readOnly: fc.boolean(),
  }),
  { maxLength: 6, selector: (one) => one.key },
);

const patch: fc.Arbitrary<Patch> = fc
  .record({
    name: fc.option(fc.constantFrom("nightly", "weekly"), { nil: undefined }),
    tags: fc.oneof({ weight: 6, arbitrary: wholePatch }, fc.constant(null), fc.constant(undefined)),
  })
  .map(({ name, tags }) => ({
    ...(name === undefined ? {} : { name }),
    ...(tags === undefined ? {} : { tags }),
  }));

describe("The merge patch that the tests measure with", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', "{}"],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', "null", "null"],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ["[1,2]", '{"a":"b","c":null}', '{"a":"b"}'],
    ["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ];
  test.each(rows)("is that of RFC 7396: %s with %s is %s", (target, given, result) => {
    const merged = mergePatch(JSON.parse(target) as Json, JSON.parse(given) as Json);
    expect(JSON.parse(JSON.stringify(merged))).toEqual(JSON.parse(result));
  });
});

describe("A patch of tags does what the merge patch of Gcore's API does", () => {
  test("by the letter of RFC 7396, with any key", () => {
    fc.assert(
      fc.property(ownTags, wholePatch, (tags, changes) => {
        const after = applyPatch({ name: "n", tags }, { tags: changes });
        const expected = mergePatch(
          objectOf(tagMap(tags)),
          objectOf(changes.map(({ key, value }) => [key, value])),
        );
        expect(tagMap(after.tags)).toEqual(membersOf(expected));
      }),
      { numRuns: 500 },
    );
  });

  test("as the body says it on the wire", () => {
    fc.assert(
      fc.property(ownTags, wholePatch, (tags, changes) => {
        const sent = JSON.parse(patchBody({ tags: changes })) as JsonObject;
        const expected = mergePatch({ tags: objectOf(tagMap(tags)) }, sent);
        const after = applyPatch({ name: "n", tags }, { tags: changes });
        expect(tagMap(after.tags)).toEqual(membersOf((expected as JsonObject).tags ?? null));
      }),
      { numRuns: 500 },
    );
  });

  test("as the most used library does it, where that one can follow", () => {
    const forbidden: readonly string[] = OBJECT_MEMBERS;
    const plain = goodKey.filter((key) => !forbidden.includes(key));
    const tags = fc.uniqueArray(fc.tuple(plain, goodValue), { selector: ([key]) => key });
    const changes = fc.uniqueArray(fc.tuple(plain, fc.oneof(goodValue, fc.constant(null))), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(tags, changes, (before, given) => {
        const after = applyPatch(
          { name: "n", tags: before.map(([key, value]) => tag(key, value)) },
          { tags: given.map(([key, value]) => ({ key, value })) },
        );
        const target: Json = Object.fromEntries(before);
        const expected = oracle.apply(target, Object.fromEntries(given) as Json);
        expect(tagMap(after.tags)).toEqual(membersOf(expected));
      }),
      { numRuns: 500 },
    );
  });

  test("and read-only tags are as they were, whatever the patch says", () => {
    fc.assert(
      fc.property(someTags, patch, (tags, given) => {
        const after = applyPatch({ name: "n", tags }, given);
        for (const one of tags.filter((own) => own.readOnly))
          expect(after.tags).toContainEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  test("null takes all tags but the read-only ones", () => {
    const tags = [tag("a", "1"), tag("__proto__", "2"), tag("image_id", "3", true)];
    const after = applyPatch({ name: "n", tags }, { tags: null });
    expect(after.tags).toEqual([tag("image_id", "3", true)]);
  });

  test("what it works on is left as it is", () => {
    const before = Object.freeze({
      name: "n",
      tags: Object.freeze([Object.freeze(tag("a", "1"))]),
    });
    const given = { name: "m", tags: [{ key: "a", value: null }] };
    expect(applyPatch(before, given)).toEqual({ name: "m", tags: [] });
    expect(before.tags).toEqual([tag("a", "1")]);
  });
});

describe("The inverse of a patch", () => {
  test("gives back the start, also after everything was removed", () => {
    fc.assert(
      fc.property(someTags, patch, (tags, given) => {
        const before = { name: "before", tags };
        const back = applyPatch(applyPatch(before, given), inversePatch(before, given));
        expect(back.name).toBe(before.name);
        expect(tagMap(back.tags)).toEqual(tagMap(tags));
      }),
      { numRuns: 500 },
    );
  });

  test("never names a read-only tag after everything was removed", () => {
    const tags = [tag("a", "1"), tag("image_id", "3", true)];
    expect(inversePatch({ name: "n", tags }, { tags: null })).toEqual({
      tags: [{ key: "a", value: "1" }],
    });
  });

  test("is empty for an empty patch", () => {
    expect(inversePatch({ name: "n", tags: [] }, {})).toEqual({});
    expect(isEmpty(inversePatch({ name: "n", tags: [] }, { tags: [] }))).toBe(true);
  });
});

describe("The body on the wire", () => {
  test("has the members that the patch has, and no others", () => {
    expect(patchBody({})).toBe("{}");
    expect(patchBody({ name: "n" })).toBe('{"name":"n"}');
    expect(patchBody({ tags: null })).toBe('{"tags":null}');
    expect(patchBody({ name: "n", tags: [{ key: "a", value: null }] })).toBe(
      '{"name":"n","tags":{"a":null}}',
    );
  });

  test("carries every key of any kind to the other side", () => {
    const tags = OBJECT_MEMBERS.map((key, index) => ({ key, value: index % 2 ? null : "x" }));
    const sent = JSON.parse(patchBody({ tags })) as { tags: JsonObject };
    expect(new Map(Object.entries(sent.tags))).toEqual(
      new Map(tags.map(({ key, value }) => [key, value])),
    );
    const any = fc.uniqueArray(fc.tuple(fc.string({ unit: anyCharacter }), fc.option(goodValue)), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(any, (members) => {
        const body = patchBody({ tags: members.map(([key, value]) => ({ key, value })) });
        const read = JSON.parse(body) as { tags: JsonObject };
        expect(new Map(Object.entries(read.tags))).toEqual(new Map(members));
      }),
    );
  });

  test("asks for something exactly when the patch does", () => {
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ tags: [] })).toBe(true);
    expect(isEmpty({ tags: null })).toBe(false);
    expect(isEmpty({ name: "n" })).toBe(false);
    expect(isEmpty({ tags: [{ key: "a", value: null }] })).toBe(false);
  });
});
