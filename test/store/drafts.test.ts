import { describe, expect, test } from "@jest/globals";
import type { BulkDraft } from "../../src/approval/change-request.ts";
import { EMPTY_BULK } from "../../src/snapshot/bulk-input.ts";
import { draftsIn } from "../../src/store/drafts.ts";
import { draftOf, MARIA, NOW } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace } from "./temporary.ts";

describe.each(ENGINES)("On %s", (engine) => {
  test("A draft is kept as it is, changed, and forgotten when it is old", async () => {
    const drafts = draftsIn(await migrated(await readyPlace(engine)));
    const draft = draftOf("draft-1");
    await drafts.save(draft);
    await drafts.save({ ...draft, preview: null });
    expect(await drafts.get("draft-1")).toEqual({ ...draft, preview: null });
    expect(await drafts.get("draft-2")).toBeUndefined();
    expect(await drafts.forget(NOW)).toBe(0);
    expect(await drafts.forget(NOW + 1)).toBe(1);
    expect(await drafts.get("draft-1")).toBeUndefined();
  });

  test("A draft about one snapshot and a draft about many are never taken for each other", async () => {
    const drafts = draftsIn(await migrated(await readyPlace(engine)));
    const { origin } = draftOf();
    const many: BulkDraft = {
      ...{ id: "many", createdAt: NOW, person: MARIA, origin, input: EMPTY_BULK, aim: null },
      ...{ preview: null, lookUp: null, formId: null, requestId: null },
    };
    await drafts.save(draftOf("one"));
    await drafts.save(many);
    expect(await drafts.getBulk("many")).toEqual(many);
    expect(await drafts.get("many")).toBeUndefined();
    expect(await drafts.get("one")).toEqual(draftOf("one"));
    expect(await drafts.getBulk("one")).toBeUndefined();
    expect(await drafts.getBulk("none")).toBeUndefined();
  });
});
