import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { channels, type Person } from "../../playground/slack/slack.ts";
import { type Bed, type BedOptions, startBed } from "../bed.ts";
import { fill, review } from "./steps.ts";

const POLICY = `
rules:
  - name: everybody confirms their own
    confirm: requester
tag_rules:
  - when: { project: 1186668, region: 148 }
    required: [environment, team]
    values: { environment: prod, team: [payments, search, core, data, archive] }
    most_tags: 20
  - when: { project: 1202779 }
    required: owner
    protected: owner
`;

let bed: Bed;
const begin = async (options: BedOptions = { policy: POLICY }): Promise<void> => {
  bed = await startBed(options);
};
beforeEach(() => begin());
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** What the newest answer says that this person alone can see. */
const newest = (person: Person): string =>
  bed.slack.messages("#ops", { as: person.id }).at(-1)?.ts ?? "";
const lint = async (person: Person, words = ""): Promise<string> => {
  const before = newest(person);
  await person.command("#ops", `/snapshot lint ${words}`.trim());
  await bed.slack.until(() => newest(person) !== before, "what breaks the rules");
  return person.sees("#ops").join("\n");
};
const press = async (person: Person, text: string, words: string): Promise<string> => {
  await person.press(text, { channel: "#ops" });
  await bed.slack.until(() => person.sees("#ops").join("\n").includes(words), words);
  return person.sees("#ops").join("\n");
};
const mend = async (person: Person, id: string): Promise<void> => {
  const at = {
    channel: channels.ops,
    ts: newest(person),
    block: `lint-${id}`,
    action: "lint-mend",
  };
  await person.hand.press(at);
  await bed.slack.until(() => person.modal?.title === "Change a snapshot", "the form");
};
const HERE = "project:1186668 region:148";

describe("what breaks the tag rules", () => {
  test("is listed in words and counted, of all that the person's key sees, with its age", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const told = await lint(ada);
    expect(told).toMatch(
      /\d+ of the \d+ snapshots that your key sees break tag rules, the newest first, 1 to 8 of them here\./,
    );
    expect(told).toMatch(/\d+ without a required tag/);
    expect(told).toContain("1 with too many tags");
    expect(told).toContain("Read from Gcore");
    expect(told).not.toContain("I am still reading");
    expect(told).toContain("Luxembourg-3 · production · ");
    expect(told).toContain("The tag environment is required (prod).");
    expect(told).toContain("[Next page]");
    expect(told).not.toContain("nightly-db-2026-11-20");
  });

  test("in one project and region takes no call for another", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await lint(ada, "project:staging region:180");
    expect(ada.sees("#ops").join("\n")).toContain(
      "The only snapshot that your key sees for project:staging region:180 breaks tag rules.",
    );
    const listed = gcore.journal.calls("GET", /\/snapshots\/\d+\/\d+$/);
    expect(listed.map(({ path }) => path)).toEqual([expect.stringContaining("1202779/180")]);
  });

  test.each([
    ["weekly", 2],
    ["name:WEEKLY region:148", 2],
    ["tag:slot=a", 1],
    ["status:err*", 1],
  ])("is looked for with the filters of the list: %s", async (filter, count) => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    expect(await lint(ada, filter)).toContain(` for ${filter} break`);
    const mends = JSON.stringify(bed.slack.messages("#ops", { as: ada.id }).at(-1)?.blocks);
    expect(mends.split('"lint-mend"')).toHaveLength(count + 1);
  });

  test("is turned page by page in its place, and read anew with Refresh", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    const first = await lint(ada, HERE);
    const count = bed.slack.messages("#ops", { as: ada.id }).length;
    const second = await press(ada, "Next page", "9 to");
    expect(second).not.toContain("1 to 8");
    expect(await press(ada, "Previous page", "1 to 8")).toBe(`${first}\n(edited)`);
    gcore.update(gcore.ids.noTagsAtAll, (snapshot) => {
      snapshot.tags = [
        { key: "environment", value: "prod", read_only: false },
        { key: "team", value: "core", read_only: false },
      ];
    });
    bed.advance(3_000);
    const all = Number(/(\d+) of the/.exec(first)?.[1]);
    await press(ada, "Refresh", `${all - 1} of the`);
    expect(bed.slack.messages("#ops", { as: ada.id })).toHaveLength(count);
  });

  test("keeps hostile names and endless tags text, and short", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    gcore.update(gcore.ids.hostile, (snapshot) => {
      snapshot.tags.push({ key: "team", value: `<!channel>${"w".repeat(245)}`, read_only: false });
    });
    await lint(ada, "tag:team=*www");
    const told = ada.sees("#ops").join("\n");
    expect(told).toContain("<!channel> <@U0000000001> *pay*");
    expect(told).toMatch(/or 1 other, not <!channel>w{80,90}…\./);
  });

  test("is never what another person's key sees", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(ben, gcore.keys.otherProject);
    await lint(ada);
    expect(await lint(ben)).toContain("The only snapshot that your key sees breaks no tag rule.");
  });
});

describe("Mend", () => {
  test("opens the form with a line for each tag, filled in where only one value is allowed", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await lint(ada, HERE);
    await mend(ada, gcore.ids.untagged);
    expect(ada.value("Snapshot")).toBe(gcore.ids.untagged);
    expect(ada.value("Set tags")).toBe("environment=prod\nteam=");
    expect(await ada.submit()).toMatchObject({
      outcome: "errors",
      errors: {
        "Set tags": "The tag team needs a value: payments, search, core, data or archive.",
      },
    });
    fill(ada, { "Set tags": "environment=prod\nteam=core" });
    expect(await review(bed, ada)).toContain("Tag team added: core");
  });

  test("leaves out what nobody may set through the bot", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await lint(ada, "project:1202779 region:180");
    await mend(ada, gcore.ids.staging);
    await bed.slack.until(() => ada.value("Snapshot") === "staging-db", "the form");
    expect(ada.value("Set tags")).toBe("environment=staging");
  });
});

describe("what is not known", () => {
  test("is said: places that are not read yet, and what keeps Gcore from telling", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    gcore.faults.status(503, { method: "GET", path: /snapshots\/1202779\/180/ });
    const told = await lint(ada);
    expect(told).toMatch(/\d+ of the \d+ snapshots that I have read so far break tag rules/);
    expect(told).toContain("I am still reading 1 place (a project in a region each).");
    expect(told).toContain("Not all of it is known. Gcore did not answer (HTTP 503).");
  });

  test("a key that Gcore no longer takes is said to be one", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    gcore.revoke(gcore.keys.full);
    expect(await lint(ada, HERE)).toContain("Gcore does not accept your API key.");
  });

  test("a person without a key is asked for one", async () => {
    expect(await lint(bed.ada)).toContain("You have not connected a Gcore API key yet.");
  });

  test.each([
    ["page:2", "There is no filter page: here. The nearest one is name:."],
    ["older:long", "older: takes a length of time such as 45m, 12h, 30d or 2w, not long."],
    ["project:nowhere", "Your key sees no project nowhere."],
  ])("the filter %s is answered with what to do", async (filter, answer) => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    expect(await lint(ada, filter)).toContain(answer);
  });

  test("without tag rules it says so", async () => {
    await bed.end();
    await begin({});
    expect(await lint(bed.ada)).toContain("Your team's policy has no tag rules");
  });
});
