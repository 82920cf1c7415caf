import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { JsonObject } from "../../playground/slack/json.ts";
import { channels, people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { clickOf, forgeView, lastDelivery, onlyRequest, tell } from "./forge.ts";
import { askFor, change, commandFor, open, reads, review, said, titled } from "./steps.ts";

const POLICY = `
rules:
  - name: two of three
    when: { tags: { environment: prod } }
    approve_by: { users: [${people.ada}, ${people.ben}, ${people.cleo}], approvals: 2 }
    announce: { outcomes: [applied, refused] }
  - name: the rest is free
    confirm: requester
`;

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).filter((kind) => !kind.startsWith("key "));

const asked = (): Promise<string> =>
  askFor(bed, bed.ada, bed.gcore.ids.plain, { "Set tags": "environment=staging" });

const reviewed = (person = bed.ben): Promise<string> =>
  titled(bed, person, "Review the request", () => person.press("Review", { channel: "#ops" }));

describe("an approval counts once for each person", () => {
  test("[bolt-js#822] however often the same submission is delivered, and through however many views", async () => {
    await asked();
    await reviewed();
    await bed.ben.submit();
    const { payload } = lastDelivery(bed, "review-request");
    await Promise.all([tell(bed, payload), tell(bed, payload)]);
    expect(
      await tell(bed, { ...payload, view: { ...(payload.view as object), id: "VOTHER" } }),
    ).toContain("You have approved this already");
    expect(await kinds()).toEqual(["requested", "approval"]);
    expect(bed.gcore.journal.patches()).toEqual([]);
  });

  test("also on a second try through the card: how it stands is shown, without a button for it", async () => {
    await asked();
    await reviewed();
    await bed.ben.submit();
    await bed.ben.close({ all: true });
    const again = await titled(bed, bed.ben, "The request", () =>
      bed.ben.press("Review", { channel: "#ops" }),
    );
    expect(again).toContain("1 of 2 approvals so far");
    expect(bed.ben.modal?.submitText).toBeUndefined();
  });
});

describe("who somebody is comes from Slack's signed payload and from nowhere else", () => {
  /** Ben's approval as it would come from somebody with his user id in this team. */
  const approvalFrom = async (team: string, enterprise: string | null): Promise<string> => {
    await asked();
    await reviewed();
    await bed.ben.submit();
    const { payload } = lastDelivery(bed, "review-request");
    const stranger: JsonObject = {
      ...payload,
      team: { id: team, domain: "elsewhere" },
      enterprise: enterprise === null ? null : { id: enterprise, name: "Elsewhere" },
    };
    return await tell(bed, stranger);
  };

  test("the same user id in another team is another person, and nobody of ours", async () => {
    expect(await approvalFrom("T0OTHER", null)).toContain("You are not of this organisation");
  });

  test("[mecatl#1241] the same user id in another enterprise is nobody of ours either", async () => {
    expect(await approvalFrom("T0OTHER", "E0OTHER")).toContain("You are not of this organisation");
    expect(await kinds()).toEqual(["requested", "approval", "refused"]);
  });
});

describe("a forged id opens nothing that its sender may not do anyway", () => {
  test("[forge#311] a request's id in the review of another one is decided by its own rule, as that person", async () => {
    await asked();
    const id = await onlyRequest(bed);
    const { dora, gcore } = bed;
    await bed.connect(dora, gcore.keys.colleague);
    await open(bed, dora, commandFor(gcore.ids.untagged, "team=x"));
    const answer = await tell(bed, submissionOf(dora.id, "review-request", id));
    expect(answer).toContain("You may not decide on this");
    expect(await kinds()).toEqual(["requested", "refused"]);
  });

  test("an id that there is not is answered, and nothing happens", async () => {
    await asked();
    await reviewed();
    forgeView(bed, bed.ben, "no-such-request");
    await bed.ben.submit();
    expect(bed.ben.modal?.text).toContain("I do not know this request.");
    expect(await kinds()).toEqual(["requested"]);
  });

  test("a withdrawal by somebody else is refused, is in the ledger, and the request stays", async () => {
    await asked();
    const id = await onlyRequest(bed);
    await reviewed(bed.cleo);
    await tell(bed, clickOf(bed, bed.cleo.id, "withdraw-request", id));
    await bed.slack.until(
      () => bed.cleo.modal?.text.includes("Only the person who asked can withdraw"),
      "the refusal",
    );
    expect(await kinds()).toEqual(["requested", "refused"]);
    await reads(bed, bed.ben, "wanted to withdraw a change of snapshot", "#audit");
  });

  test("“Ask again” by a stranger is made with the stranger's own key, or not at all", async () => {
    const { ada, cleo, ben, gcore } = bed;
    await asked();
    const id = await onlyRequest(bed);
    gcore.update(gcore.ids.plain, (snapshot) => {
      for (const tag of snapshot.tags) if (tag.key === "environment") tag.value = "prod-eu";
    });
    await titled(bed, cleo, "The request", () => cleo.press("Review", { channel: "#ops" }));
    expect(cleo.modal?.text).not.toContain("[Ask again]");
    await tell(bed, clickOf(bed, cleo.id, "ask-again", id));
    await bed.slack.until(
      () => cleo.modal?.text.includes("You have not connected a Gcore API key yet."),
      "the refusal",
    );
    await bed.connect(ben, gcore.keys.colleague);
    const before = gcore.journal.entries.length;
    await titled(bed, ben, "The request", () => ben.press("Review", { channel: "#ops" }));
    await tell(bed, clickOf(bed, ben.id, "ask-again", id));
    await bed.slack.until(() => ben.modal?.title === "Review the change", "Ben's own preview");
    const looks = gcore.journal.entries.slice(before).map(({ headers }) => headers["user-agent"]);
    expect(looks.every((agent) => agent?.includes(ben.id))).toBe(true);
    expect(looks.join()).not.toContain(ada.id);
  });

  test("“Undo” of what was never applied takes nothing back: it shows how that request stands", async () => {
    await asked();
    const id = await onlyRequest(bed);
    const updates = (): number => bed.slack.journal.callsOf("views.update").length;
    const before = updates();
    await tell(bed, clickOf(bed, bed.ada.id, "undo-change", id));
    await bed.slack.until(() => updates() > before, "an answer");
    expect(bed.ada.modal?.text).toContain("waits for a decision");
    expect(await kinds()).toEqual(["requested"]);
  });
});

describe("a refusal is recorded where somebody tried something, and only there", () => {
  test("a requester who looks at their own request has tried nothing", async () => {
    await asked();
    await bed.ada.close({ all: true });
    await titled(bed, bed.ada, "Your change", () => bed.ada.press("Review", { channel: "#ops" }));
    expect(await kinds()).toEqual(["requested"]);
  });

  test("[accessbot#105] a requester who forges an approval of their own request is refused", async () => {
    await asked();
    const id = await onlyRequest(bed);
    const answer = await tell(bed, submissionOf(bed.ada.id, "review-request", id));
    expect(answer).toContain("This is your own request.");
    expect(await kinds()).toEqual(["requested", "refused"]);
  });
});

describe("between what was shown and the click", () => {
  test("another rule than the one that was shown lets nothing be asked for", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    // As if the bot had been started anew with another policy: what was shown needed one approval.
    await bed.bot.database.run(
      `UPDATE draft SET body = replace(body, '"approvals":2', '"approvals":1')`,
    );
    await ada.submit();
    expect(ada.modal?.text).toContain("policy has changed");
    expect(await kinds()).toEqual(["refused"]);
  });

  test("a request keeps the rule that it was asked under", async () => {
    await asked();
    const [row] = await bed.bot.database.all("SELECT body FROM request");
    expect(JSON.parse(String(row?.body)).rule).toMatchObject({ name: "two of three" });
  });
});

describe("a request that was made where nobody else reads", () => {
  test("comes to each approver as a direct message, which follows it as a card does", async () => {
    const { ada, ben, cleo, gcore, slack } = bed;
    const typed = { "Set tags": "environment=staging" };
    await askFor(bed, ada, gcore.ids.plain, typed, channels.adaAndBot);
    const invited = (person: typeof ben, place: string): string => person.sees(place).join("\n");
    expect(invited(ben, channels.benAndBot)).toContain("@ada asks you, among others, to approve");
    for (const person of [ben, cleo]) {
      await titled(bed, person, "Review the request", () => person.press("Review"));
      await person.submit();
    }
    for (const [person, place] of [
      [ben, channels.benAndBot],
      [cleo, channels.cleoAndBot],
    ] as const) {
      await slack.until(() => invited(person, place).includes("Approved and applied"), "the end");
      expect(invited(person, place)).not.toContain("[Review]");
    }
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });
});

describe("what a person writes", () => {
  test.each(["Approve", "Reject"])(
    "[ironclaw#7866] a key in the comment to %s is refused and kept nowhere",
    async (what) => {
      const { ben, gcore } = bed;
      await asked();
      await reviewed();
      if (what === "Reject") {
        await titled(bed, ben, "Reject the request", () => ben.press("Reject…"));
      }
      ben.fill(what === "Reject" ? "Why not?" : "Comment", `use ${gcore.keys.full} for it`);
      const { outcome, errors } = await ben.submit();
      expect(outcome).toBe("errors");
      expect(Object.values(errors ?? {}).join()).toContain("looks like an API key");
      // That no file has it, the bed looks for at its end.
      expect(await kinds()).toEqual(["requested"]);
    },
  );

  test("[runlore#196] hostile text in reason and comment stays text wherever it is shown", async () => {
    const { ada, ben, gcore } = bed;
    const hostile = "<!channel> <@U0CLEO00001> *x* <https://evil.example|Gcore> `y` \u202egnp";
    await askFor(bed, ada, gcore.ids.plain, { "Set tags": "environment=staging", Reason: hostile });
    await reviewed();
    ben.fill("Comment", hostile);
    await ben.submit();
    const card = await said(bed, ada, "#ops", 1);
    expect(card).toContain("<!channel> <@U0CLEO00001> *x* <https://evil.example|Gcore>");
    expect(card).toContain("⟨U+202E⟩");
  });
});

/** A view that was sent off, as no client would send it. */
const submissionOf = (userId: string, callbackId: string, metadata: string): JsonObject => ({
  type: "view_submission",
  team: { id: "T0LOCAL1", domain: "snapshot-cloud" },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: userId, username: "x", name: "x", team_id: "T0LOCAL1" },
  trigger_id: "1.2.3",
  view: {
    id: "VFORGED",
    type: "modal",
    callback_id: callbackId,
    private_metadata: metadata,
    state: { values: {} },
  },
});

test("a change that was undone and undone again is where it was before the first undo", async () => {
  const { ada, gcore } = bed;
  const id = gcore.ids.untagged;
  await change(bed, ada, commandFor(id, "team=search"));
  await said(bed, ada, "#ops");
  const undone = async (): Promise<string> => {
    const shown = await titled(bed, ada, "Review the change", () =>
      ada.press("Undo", { channel: "#ops" }),
    );
    if (ada.modal?.submitText !== undefined) {
      await ada.submit();
      await bed.slack.until(() => ada.modal?.text.includes("Done."), "the outcome");
      await bed.said();
    }
    return shown;
  };
  expect(await undone()).toContain("Tag team removed, was search");
  expect(gcore.tags(id).has("team")).toBe(false);
  expect(await undone()).toContain("Tag team added: search");
  expect(gcore.tags(id).get("team")).toBe("search");
});
