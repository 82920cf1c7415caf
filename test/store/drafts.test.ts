import { describe, expect, test } from "@jest/globals";
import { draftsIn } from "../../src/store/drafts.ts";
import { draftOf, NOW } from "../approval/samples.ts";
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
});
