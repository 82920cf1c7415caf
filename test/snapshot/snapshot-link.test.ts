import { expect, test } from "@jest/globals";
import { isMeant } from "../../src/snapshot/snapshot.ts";
import { isSnapshotId, readSnapshotLink } from "../../src/snapshot/snapshot-link.ts";
import { ID } from "./samples.ts";

const OTHER = "6ca09383-85d2-4bb3-8d2d-214a2436fa4f";

test("An id is one when it stands alone, in capitals or not", () => {
  expect([ID, ID.toUpperCase()].map(isSnapshotId)).toEqual([true, true]);
  const others = ["", ` ${ID}`, `${ID}/`, ID.slice(1), `${ID.slice(0, 35)}g`, "x".repeat(36)];
  for (const text of others) expect([text, isSnapshotId(text)]).toEqual([text, false]);
});

test("A link to Gcore's API says where a snapshot is, any other text only which one it is", () => {
  const link = `https://api.gcore.com/cloud/v1/snapshots/1186668/148/${ID.toUpperCase()}`;
  expect(readSnapshotLink(link)).toEqual({ snapshotId: ID, projectId: 1186668, regionId: 148 });
  expect(readSnapshotLink(`see ${ID}`)).toEqual({ snapshotId: ID });
  expect(readSnapshotLink(`/snapshots/0/148/${ID}`)).toEqual({ snapshotId: ID });
});

test("A text of several snapshots, or of none, says nothing of where one is", () => {
  expect(readSnapshotLink(`/snapshots/1/2/${ID} and ${OTHER}`)).toEqual({});
  expect(readSnapshotLink("/snapshots/1/2/")).toEqual({});
});

test("A place is meant as far as it is named", () => {
  const place = { projectId: 1, regionId: 2 };
  const named = [{}, { projectId: 1 }, { regionId: 2 }, place, { projectId: 2 }, { regionId: 1 }];
  expect(named.map((one) => isMeant(place, one))).toEqual([true, true, true, true, false, false]);
  expect(isMeant(place, { projectId: 1, regionId: 1 })).toBe(false);
  expect(isMeant(place, { projectId: 2, regionId: 2 })).toBe(false);
});
