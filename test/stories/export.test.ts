import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Person } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

async function changes(person: Person, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    await change(bed, person, command);
    await bed.said();
    await person.close();
  }
}

/** The direct messages between a person and the bot. */
const directOf = (person: Person) => {
  const { bot } = bed.slack.workspace;
  const channel = bed.slack.workspace.directMessages(bot.userId, person.id);
  return channel === undefined ? [] : bed.slack.messages(channel.id, { as: person.id });
};
const readsOf = (person: Person): string => JSON.stringify(directOf(person));

/** Asks for a file and waits until the bot has said what became of it. @returns its text. */
async function fileOf(person: Person, words: string): Promise<{ name: string; text: string }> {
  const before = directOf(person).length;
  const { reply } = await person.command("#lobby", `/snapshot history ${words}`);
  expect(JSON.stringify(reply)).toContain("It comes as a file in a direct message from me.");
  await bed.slack.until(() => directOf(person)[before]?.edited, "what became of the file");
  const [file] = directOf(person).at(-1)?.files ?? [];
  return { name: file?.name ?? "", text: file?.text ?? "" };
}

describe("/snapshot history with export", () => {
  test("sends all that fits as a table, in a direct message, harmless in a spreadsheet", async () => {
    const { ada, ben, gcore } = bed;
    await changes(
      ada,
      commandFor(gcore.ids.plain, 'team==cmd --reason "=1+1, \'a\' and \\"b\\""'),
      commandFor(gcore.ids.untagged, "team=שלום"),
    );
    const { name, text } = await fileOf(ada, "by:me export:csv");
    expect(name).toMatch(/^snapshot-history-\d{4}-\d\d-\d\d\.csv$/);
    const [head, newest, oldest, ...rest] = text.split("\r\n");
    expect(head).toBe(
      "id,state,asked_at,ended_at,requester,project_id,region_id,snapshot_id,snapshot_name,changes,reason,rule,approvals,rejection,problem,undoes,part_of,snapshots,plan_hash",
    );
    expect(newest).toContain(`,applied,`);
    expect(newest).toContain("שלום");
    expect(oldest).toContain(`,${gcore.ids.plain},nightly-db-2026-11-20,`);
    expect(oldest).toContain(`,"'=1+1, 'a' and ""b""",`);
    expect(rest).toEqual([""]);
    expect(readsOf(ada)).toContain("2 requests");
    expect(directOf(ben)).toEqual([]);
  });

  test("sends more than a page as one request a line", async () => {
    const { ada, gcore } = bed;
    await changes(ada, commandFor(gcore.ids.plain, "team=search"));
    for (let copy = 0; copy < 1_200; copy += 1) {
      await bed.bot.database.run(
        `INSERT INTO request (id, state, snapshot_id, requester, asked_at, holds_until, body,
           project_id, requester_user, requester_team, ended_at)
         SELECT ?, state, snapshot_id, requester, asked_at, holds_until, replace(body, id, ?),
           project_id, requester_user, requester_team, ended_at
         FROM request WHERE length(id) = 32`,
        `copy-${copy}`,
        `copy-${copy}`,
      );
    }
    const { name, text } = await fileOf(ada, "outcome:applied export:jsonl");
    expect(name).toMatch(/\.jsonl$/);
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(1_201);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      ...{ v: 1, state: "applied", requester: ada.id, project_id: 1186668 },
      changes: [{ field: "tag", key: "team", before: "payments", after: "search" }],
      approvals: [{ by: ada.id }],
      rejection: null,
    });
    expect(readsOf(ada)).toContain("1,201 requests");
  });

  test("holds nothing of projects that the person's key does not see", async () => {
    const { ada, cleo, gcore } = bed;
    await changes(ada, commandFor(gcore.ids.plain, "team=search"));
    await bed.connect(cleo, gcore.keys.otherAccount);
    expect(await fileOf(cleo, "export:jsonl")).toEqual({ name: "", text: "" });
    expect(readsOf(cleo)).toContain("There is no file.");
  });

  test("says so when the bot may not send files, or Slack does not take them", async () => {
    const { ada, gcore, slack } = bed;
    await changes(ada, commandFor(gcore.ids.plain, "team=search"));
    slack.faults.next("files.completeUploadExternal", { kind: "error", error: "internal_error" });
    expect((await fileOf(ada, "export:csv")).text).toBe("");
    expect(readsOf(ada)).toContain("Ask for it again in a minute.");
    slack.setScopes(["commands", "chat:write", "users:read", "usergroups:read"]);
    expect((await fileOf(ada, "export:csv")).text).toBe("");
    expect(readsOf(ada)).toContain("it needs the scope files:write.");
  });

  test("needs a key, and takes two forms", async () => {
    const { ada, cleo } = bed;
    const answerTo = async (person: Person, words: string): Promise<string> =>
      JSON.stringify((await person.command("#lobby", `/snapshot history ${words}`)).reply);
    expect(await answerTo(cleo, "export:csv")).toContain("You have not connected");
    expect(await answerTo(ada, "export:xls")).toContain('"text":"export:"');
    expect(await answerTo(ada, "export:csv project:nowhere")).toContain("sees no ");
  });
});
