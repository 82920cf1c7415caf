import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { connectByMouse, openStage, type Stage } from "./stage.ts";

/*
 * Each knob, as a person meets it: it is turned in the page, somebody does what people do, and sees
 * what the bot makes of it. One playground for all of them; Ada's key is connected.
 */
let stage: Stage;
let count = 0;

beforeAll(async () => {
  stage = await openStage();
  await connectByMouse(stage);
  await stage.page.getByRole("button", { name: "Knobs" }).click();
});

beforeEach(async () => {
  const { slack } = stage.playground;
  if (slack.person("ada").modal !== undefined) await slack.person("ada").close({ all: true });
  await modal().waitFor({ state: "hidden" });
});

afterAll(async () => {
  expect(await stage.end()).toEqual([]);
});

const modal = () => stage.page.locator("dialog#modal");
const DONE = /Done\. /;
const inModal = (words: string | RegExp) => modal().getByText(words).first();
const inChannel = (words: string) => stage.page.locator("article").getByText(words).last();
const press = (name: string) => modal().getByRole("button", { name, exact: true }).click();

/** Turns a knob, and waits until the page says how things stand then. */
async function turn(label: string, standing = "All is well."): Promise<void> {
  await stage.page.getByRole("button", { name: label, exact: true }).click();
  await stage.page.locator(".standing").getByText(standing).waitFor();
}

async function send(line: string): Promise<void> {
  await stage.page.getByLabel("Message #ops").fill(line);
  await stage.page.keyboard.press("Enter");
}

/** Ada opens the form for the snapshot that the knobs are about, with a new name in it. */
async function openForm(more = ""): Promise<string> {
  count += 1;
  const name = `name-${count}`;
  const { plain } = stage.playground.gcore.ids;
  await send(`/snapshot ${plain} --project 1186668 --region 148 --name ${name} ${more}`.trim());
  await modal().getByRole("heading", { name: "Change a snapshot" }).waitFor();
  return name;
}

/** She goes on to the preview. */
async function review(more = ""): Promise<string> {
  const name = await openForm(more);
  await press("Review");
  await modal().getByRole("heading", { name: "Review the change" }).waitFor();
  return name;
}

test("Gcore is slow: meanwhile the person sees what is going on, and nothing typed is lost", async () => {
  await openForm();
  await turn("takes 4 s to answer", "Waiting for Gcore to be asked: 1.");
  await press("Review");
  await inModal("Looking the snapshot up in Gcore with your key…").waitFor();
  await press("Back to the form");
  await modal().getByLabel("New name").waitFor();
  expect(await modal().getByLabel("New name").inputValue()).toBe(`name-${count}`);
});

test("Gcore says 403: the person learns that their key may not, in Gcore's own words", async () => {
  await review();
  await turn("says 403 to the change", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("Not done.").waitFor();
  await inModal("Gcore does not let your API key do this.").waitFor();
});

test("Gcore says 409: the person learns that a task has the snapshot, and the change waits for its end", async () => {
  await review();
  await turn("says 409 to the change", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("Waiting.").waitFor();
  await inModal("The snapshot is locked by a task.").waitFor();
  await inModal("Done.").waitFor();
});

test("Gcore says 429: the change waits, and is made when Gcore has time", async () => {
  await review();
  await turn("says 429 to the change", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("waits: Gcore is busy or away. I keep trying for ten minutes").waitFor();
  await turn("1 minute", "ahead");
  await inModal(DONE).waitFor();
});

test("Gcore says 500: nobody knows, so it is looked up, and sent again when that is safe", async () => {
  const { gcore } = stage.playground;
  const name = await review();
  await turn("says 500 to the change", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("It may or may not be done. I am looking it up and say what I find.").waitFor();
  await turn("10 minutes", "ahead");
  await inModal(DONE).waitFor();
  expect(gcore.snapshot(gcore.ids.plain).name).toBe(name);
});

test("Gcore's answer is lost: the change is found, and not made twice", async () => {
  const { gcore } = stage.playground;
  const before = gcore.journal.patches().length;
  await review();
  await turn("makes the change, and its answer is lost", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("Outcome unknown so far.").waitFor();
  await turn("1 minute", "ahead");
  await inModal("Gcore's answer was lost; I looked it up.").waitFor();
  expect(gcore.journal.patches()).toHaveLength(before + 1);
});

test("somebody else changes what the change is about: it is left as it is, and shown", async () => {
  await review("environment=dev");
  await turn("is changed by somebody else now", "");
  await press("Apply change");
  await inModal("Not applied: conflict.").waitFor();
  await inModal("asked for").waitFor();
  await inModal("elsewhere-").waitFor();
});

test("somebody else changes another tag at the last moment: both changes stand", async () => {
  const { gcore } = stage.playground;
  const name = await review();
  await turn(
    "is changed by somebody else right before the change",
    "Waiting for Gcore to be asked: 1.",
  );
  await press("Apply change");
  await inModal(DONE).waitFor();
  await inChannel(name).waitFor();
  const theirs = gcore.tags(gcore.ids.plain).get("environment") ?? "";
  expect(theirs).toMatch(/^elsewhere-/);
  await inChannel(theirs).waitFor();
});

test("a task has the snapshot: the person learns it before they agree, and need not wait themselves", async () => {
  await openForm();
  await turn("is locked by a task, or let go", "The snapshot is locked.");
  await press("Review");
  await inModal("The snapshot is locked by a task").waitFor();
  await press("Apply when it is free");
  await inModal("Waiting.").waitFor();
  await turn("is locked by a task, or let go", "");
  await inModal("Done.").waitFor();
});

test("Slack makes a message wait: it comes all the same, and not before its time", async () => {
  const { journal } = stage.playground.slack;
  const name = await review();
  await turn("makes the next message wait 3 s", "Waiting for a message of the bot: 1.");
  await press("Apply change");
  await inModal(DONE).waitFor();
  await inChannel(name).waitFor();
  const posts = journal.callsOf("chat.postMessage");
  const refused = posts.findLast(({ status }) => status === 429);
  const taken = posts.find((one) => one.verdict === "ok" && one.args.text === refused?.args.text);
  expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(3000);
});

test("a form comes too late to be opened: the person is told, and types the command again", async () => {
  await turn("gives the next form too little time to open", "Waiting for a view to be opened: 1.");
  await send("/snapshot");
  await inChannel("Slack gave me too little time to open the form.").waitFor();
  await inChannel("Try it again.").waitFor();
  await openForm();
});

test("the bot is not in #ops: the result reaches the person alone, with the way out", async () => {
  const name = await review();
  await turn("takes the bot out of #ops, or back in", "The bot is not in #ops.");
  await press("Apply change");
  await inModal(DONE).waitFor();
  const told = stage.page.locator("article.ephemeral", { hasText: name });
  await told.getByText("(Slack says: not_in_channel), so I tell you here.").waitFor();
  await told.getByText("Invite me there for the next time.").waitFor();
  await turn("takes the bot out of #ops, or back in", "");
});

test("#ops is archived meanwhile: nobody can write there, and the result is told alone", async () => {
  const name = await review();
  await turn("archives #ops, or brings it back", "#ops is archived.");
  await stage.page.getByText("This channel is archived: nobody can write here.").waitFor();
  await press("Apply change");
  await inModal(DONE).waitFor();
  const told = stage.page.locator("article.ephemeral", { hasText: name });
  await told.getByText("(Slack says: is_archived), so I tell you here.").waitFor();
  await turn("archives #ops, or brings it back", "");
});

test("the clock goes ahead: what was yesterday's is, and the bot still takes what Slack signs", async () => {
  await send("/snapshot help");
  await inChannel("I rename and retag").waitFor();
  // The day first: late in the evening an hour more is another day.
  await turn("1 day", "ahead");
  await stage.page.getByRole("heading", { name: "Yesterday" }).waitFor();
  for (const label of ["1 minute", "10 minutes", "1 hour"]) await turn(label, "ahead");
  await stage.page.locator(".standing").getByText("The clock is 1 day 1 hour").waitFor();
  await send("/snapshot help");
  await stage.page.getByRole("heading", { name: "Today" }).waitFor();
});

test("the bot is killed in the middle of a change: it goes on where it was, at the same time", async () => {
  const { slack } = stage.playground;
  await turn("1 day", "ahead");
  await review();
  await turn("makes the change, and its answer is lost", "Waiting for Gcore to be asked: 1.");
  await press("Apply change");
  await inModal("Outcome unknown so far.").waitFor();
  await turn("is killed", "The bot is not running.");
  await press("Close");
  await modal().waitFor({ state: "hidden" });
  await send("/snapshot help");
  await stage.page.getByText('/snapshot failed with the error "dispatch_failed"').waitFor();
  expect(slack.forgive(/connection failed/)).toHaveLength(1);
  await turn("is started again", "ahead.");
  await turn("1 minute", "ahead");
  await inChannel("Gcore's answer was lost; I looked the snapshot up to be sure.").waitFor();
});
