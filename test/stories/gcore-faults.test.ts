import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { apply, commandFor, open, reads, review, said } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const PATCH = { method: "PATCH" } as const;
const GET = { method: "GET", path: /\/snapshots\// } as const;

/** Ada has seen what would change; what goes wrong comes after. */
async function previewed(): Promise<Bed> {
  await open(bed, bed.ada, commandFor(bed.gcore.ids.plain, "environment=staging"));
  expect(await review(bed, bed.ada)).toContain("Tag environment: prod → staging");
  return bed;
}
const kinds = async () => (await bed.ledger()).map(({ kind }) => kind).slice(1);
const inDoubt = async () => (await kinds()).filter((kind) => kind === "in doubt").length;
const environment = () => bed.gcore.tags(bed.gcore.ids.plain).get("environment");

describe("when the outcome of the PATCH is not known", () => {
  test.each([
    ["the answer is lost after it was done", () => bed.gcore.faults.answerLost()],
    ["Gcore answers 500", () => bed.gcore.faults.status(500, PATCH)],
    [
      "a gateway answers 502 in HTML",
      () => bed.gcore.faults.status(502, { ...PATCH, shape: "html" }),
    ],
    ["the connection breaks before it is done", () => bed.gcore.faults.cut(PATCH)],
  ])("%s: it is called unknown and nobody is told that it is done", async (_what, fault) => {
    const { ada } = await previewed();
    fault();
    const told = await apply(bed, ada);
    expect(told).toContain("Outcome unknown so far.");
    expect(told).not.toContain("Done");
    await reads(bed, ada, "I am looking it up and say what I find.");
    expect(bed.slack.messages("#audit")).toEqual([]);
    bed.gcore.faults.clear();
  });

  test("[agent-native#2415] a lost answer is looked up, and the change is told as done without a second PATCH", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.answerLost();
    await apply(bed, ada);
    await said(bed, ada, "#ops");
    bed.advance(5_000);
    await reads(bed, ada, "Gcore's answer was lost; I looked");
    await reads(bed, bed.ben, "Changed: @ada", "#audit");
    expect(gcore.journal.patches()).toHaveLength(1);
    expect(await kinds()).toEqual([
      "requested",
      "approved",
      "attempted",
      "in doubt",
      "attempted",
      "applied",
    ]);
  });

  test("a PATCH that was not done is sent again only when Gcore can no longer be at work on it", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.status(500, PATCH);
    await apply(bed, ada);
    for (const pause of [5_000, 10_000, 20_000, 40_000]) {
      const doubts = await inDoubt();
      bed.advance(pause);
      await bed.slack.until(async () => (await inDoubt()) > doubts, "another look");
    }
    expect(gcore.journal.calls("PATCH")).toHaveLength(1);
    expect(environment()).toBe("prod");
    bed.advance(180_000);
    await reads(bed, bed.ben, "Changed: @ada", "#audit");
    expect(environment()).toBe("staging");
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("a change by somebody else meanwhile is a conflict, and is left as it is", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.answerLost();
    await apply(bed, ada);
    gcore.update(gcore.ids.plain, (draft) => {
      for (const tag of draft.tags) if (tag.key === "environment") tag.value = "theirs";
    });
    bed.advance(5_000);
    const told = await said(bed, bed.ben, "#audit");
    expect(told).toContain("Conflict, not applied");
    expect(told).toContain("neither as it was nor as it was asked for");
    expect(environment()).toBe("theirs");
  });

  test("a key that no longer works leaves it in doubt, is named, and another key settles it", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.answerLost();
    await apply(bed, ada);
    gcore.revoke(gcore.keys.full);
    bed.advance(5_000);
    const words = "I cannot look it up now: Gcore does not accept your API key.";
    await bed.slack.until(() => ada.sees("#ops").join().includes(words), "word of the key");
    expect((await kinds()).at(-1)).toBe("in doubt");
    await ada.close({ all: true });
    await bed.connect(ada, gcore.addKey());
    bed.advance(10_000);
    await reads(bed, bed.ben, "Changed: @ada", "#audit");
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("an outcome that can no longer be looked up becomes unknown, and is said so", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.answerLost();
    await apply(bed, ada);
    gcore.remove(gcore.ids.plain);
    bed.advance(5_000);
    await reads(bed, bed.ben, "Outcome unknown: @ada", "#audit");
    await reads(bed, ada, "I cannot tell whether");
    expect((await kinds()).at(-1)).toBe("unknown");
  });
});

describe("when Gcore refuses the PATCH", () => {
  test.each([
    ["403", 403, "Gcore does not let your API key do this. It says: no, you may not"],
    ["400", 400, "Gcore refused the change. It says: no, you may not"],
    ["404", 404, "Gcore knows no such snapshot"],
    ["401", 401, "Gcore does not accept your API key."],
  ])("with %s it is told as not done, once and for good", async (_what, status, words) => {
    const { ada, gcore } = await previewed();
    gcore.faults.status(status, { ...PATCH, message: "no, you may not" });
    const told = await apply(bed, ada);
    expect(told).toContain("Not done.");
    expect(told).toContain(words);
    await reads(bed, ada, words);
    await reads(bed, bed.ben, "Failed: @ada", "#audit");
    expect(environment()).toBe("prod");
    expect((await kinds()).at(-1)).toBe("failed");
  });

  test.each(["cloud", "iam", "code", "html", "empty", "withTraceback"] as const)(
    "an error body of the shape “%s” is understood, and nothing unknown of it is shown",
    async (shape) => {
      const { ada, gcore } = await previewed();
      gcore.faults.status(403, { ...PATCH, shape });
      expect(await apply(bed, ada)).toContain("Gcore does not let your API key do this.");
      expect(await said(bed, ada, "#ops")).not.toContain("Traceback");
    },
  );

  test("an error message with live markup in it stays text", async () => {
    const { ada, gcore } = await previewed();
    const message = "<!channel> <@U0BEN000001> <https://evil.example|here> *x* `y` \u202e";
    gcore.faults.status(403, { ...PATCH, message });
    const told = await apply(bed, ada);
    expect(told).toContain("<!channel> <@U0BEN000001> <https://evil.example|here> *x*");
    expect(told).toContain("⟨U+202E⟩");
    await said(bed, ada, "#ops");
  });
});

describe("when Gcore is busy or away", () => {
  test("429 is waited out as long as Gcore asks, and then it is done", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.status(429, { ...PATCH, retryAfter: 30 });
    await ada.submit();
    await bed.slack.until(async () => (await kinds()).at(-1) === "postponed");
    await reads(bed, ada, "waits: Gcore is busy or away.");
    bed.advance(20_000);
    expect(gcore.journal.calls("PATCH")).toHaveLength(1);
    bed.advance(11_000);
    await reads(bed, ada, "@ada changed snapshot");
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("a wait that Gcore wants to be longer than that is told at once as not done", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.status(429, { ...GET, retryAfter: 3_500 });
    expect(await apply(bed, ada)).toContain("Try again in 59 minutes.");
    expect(gcore.journal.calls("PATCH")).toEqual([]);
  });

  test("an outage before the PATCH is waited out for ten minutes, and then told as not done", async () => {
    const { ada, gcore } = await previewed();
    gcore.faults.status(503, { ...GET, times: 2 });
    await ada.submit();
    await bed.slack.until(async () => (await kinds()).at(-1) === "postponed");
    await reads(bed, ada, "I keep trying for ten minutes");
    bed.advance(11 * 60_000);
    await reads(bed, ada, "Not done.");
    expect(gcore.journal.calls("PATCH")).toEqual([]);
    expect((await kinds()).at(-1)).toBe("failed");
  });

  test.each([
    ["500", () => bed.gcore.faults.status(500, GET), "Gcore did not answer (HTTP 500)."],
    ["429", () => bed.gcore.faults.status(429, GET), "Gcore asks to be called less often."],
    ["no connection", () => bed.gcore.faults.cut(GET), "Gcore did not answer ("],
    [
      "an answer without tags",
      () => {
        bed.gcore.knobs.dropFields = ["tags"];
      },
      "I did not understand Gcore's answer (unexpected: tags).",
    ],
  ])(
    "while the snapshot is looked up, %s is told, with a way to try again",
    async (_what, fault, words) => {
      const { ada, gcore } = bed;
      await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
      fault();
      expect(await review(bed, ada)).toContain(words);
      gcore.knobs.dropFields = [];
      await ada.press("Try again");
      await bed.slack.until(() => ada.modal?.submitText === "Apply change");
    },
  );

  test("while a key is checked, it is told and nothing is kept", async () => {
    const { ben, gcore, slack } = bed;
    gcore.faults.status(503, { path: /clients\/me/ });
    await open(bed, ben, "/snapshot connect");
    ben.fill("Gcore API key", gcore.keys.colleague);
    await ben.submit();
    await slack.until(() => ben.modal?.text.includes("Gcore did not answer (HTTP 503)."));
    await ben.close();
    expect((await ben.command("#ops", "/snapshot key")).reply?.text).toContain("not connected");
  });

  test("a form opens at once while Gcore does not answer at all", async () => {
    const { ada, gcore } = bed;
    gcore.faults.hang("before");
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await ada.submit();
    expect(ada.modal?.title).toBe("One moment");
    await ada.press("Back to the form");
    await bed.slack.until(() => ada.modal?.title === "Change a snapshot");
    expect(ada.value("Set tags")).toBe("environment=staging");
    await gcore.stop();
  });
});

describe("when the snapshot is not what was shown", () => {
  test("a change of what the change touches is a conflict: both values are told, nothing is sent", async () => {
    const { ada, gcore } = await previewed();
    gcore.update(gcore.ids.plain, (draft) => {
      for (const tag of draft.tags) if (tag.key === "environment") tag.value = "theirs";
    });
    const told = await apply(bed, ada);
    expect(told).toContain("Not applied: conflict.");
    expect(told).toContain("Tag environment: was prod, asked for staging, now it is theirs");
    expect(gcore.journal.patches()).toEqual([]);
    await reads(bed, bed.ben, "Conflict, not applied: @ada", "#audit");
  });

  test("a change elsewhere in the snapshot does not matter", async () => {
    const { ada, gcore } = await previewed();
    gcore.update(gcore.ids.plain, (draft) => {
      draft.name = "renamed by somebody";
      for (const tag of draft.tags) if (tag.key === "team") tag.value = "theirs";
    });
    expect(await apply(bed, ada)).toContain("Done.");
    expect(gcore.snapshot(gcore.ids.plain).name).toBe("renamed by somebody");
    expect(gcore.tags(gcore.ids.plain).get("team")).toBe("theirs");
  });

  test("an answer that does not show the whole change is never told as done", async () => {
    const { ada, gcore } = await previewed();
    const body = JSON.stringify(gcore.journal.calls("GET", /snapshots/).at(-1)?.answer);
    gcore.faults.next(PATCH, { kind: "answer", answer: { status: 200, body } });
    const told = await apply(bed, ada);
    expect(told).toContain("Not as asked: environment");
    expect(told).not.toContain("Done.");
  });
});
