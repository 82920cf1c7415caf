import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readPasted } from "../../src/snapshot/pasted.ts";

const A = "5ed275b8-7eed-4722-8c98-777191d4e003";
const B = "6ca09383-85d2-4bb3-8d2d-214a2436fa4f";
const LINK = `https://api.gcore.com/cloud/v1/snapshots/1186668/148/${B}`;

describe("Pasted ids", () => {
  test("are found alone, with their place, and in links, however they are parted", () => {
    expect(readPasted(`${A}, 1186668/148/${B};\n\t`)).toEqual({
      ok: true,
      value: [{ snapshotId: A }, { projectId: 1186668, regionId: 148, snapshotId: B }],
    });
    expect(readPasted(`<${LINK}>`)).toEqual({
      ok: true,
      value: [{ projectId: 1186668, regionId: 148, snapshotId: B }],
    });
  });

  test("count once each, capitals or not, with the place that is said somewhere", () => {
    expect(readPasted(`${B.toUpperCase()} ${LINK} ${B}`)).toEqual({
      ok: true,
      value: [{ projectId: 1186668, regionId: 148, snapshotId: B }],
    });
  });

  test("may be none, and are as many as there are", () => {
    expect(readPasted(" \n ")).toEqual({ ok: true, value: [] });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { maxLength: 50 }),
        fc.constantFrom(" ", "\n", ", ", ";", "\r\n"),
        (ids, between) => {
          const read = readPasted(ids.join(between));
          expect(read.ok && read.value).toEqual(ids.map((snapshotId) => ({ snapshotId })));
        },
      ),
    );
  });

  test("are refused with a word that is none, with two in one word, and with one in two places", () => {
    expect(readPasted(`${A} nightly-db`)).toEqual({
      ok: false,
      problem: { kind: "no-id", word: "nightly-db" },
    });
    expect(readPasted(`${A}/${B}`)).toEqual({
      ok: false,
      problem: { kind: "ids-joined", word: `${A}/${B}` },
    });
    expect(readPasted(`1/2/${A} 1/3/${A}`)).toEqual({
      ok: false,
      problem: { kind: "two-places", snapshotId: A },
    });
  });
});
