import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  closeModal,
  connectByMouse,
  lookFor,
  openStage,
  type Stage,
  seriousFaults,
} from "./stage.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const field = (label: string) => stage.page.locator("dialog#modal").getByLabel(label);

const errorUnder = (label: string) =>
  stage.page.locator(".b-input", { has: stage.page.getByLabel(label) }).locator(".error");

test("errors stand under their fields: the client's own, and then the bot's", async () => {
  const { page } = stage;
  await connectByMouse(stage);
  await closeModal(stage);
  await page.getByLabel("Message #ops").fill("/snapshot");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Review" }).click();
  await errorUnder("Snapshot").getByText("Please complete this required field.").waitFor();
  expect(await page.evaluate("document.activeElement?.ariaInvalid")).toBe("true");

  await lookFor(stage, "Snapshot", "nightly", /^nightly-db/);
  await page.getByRole("option", { name: /^nightly-db/ }).click();
  await page.getByText("Its tags now").waitFor();
  await field("Set tags").fill("no equals sign");
  await page.getByRole("button", { name: "Review" }).click();
  await errorUnder("Set tags").getByText("This line has no").waitFor();
  expect(await errorUnder("Snapshot").textContent()).toBe("");
  expect(await field("Set tags").inputValue()).toBe("no equals sign");
});

test("people are one click away, and each sees their own", async () => {
  const { page, playground } = stage;
  await page.getByLabel("Message #ops").fill("/snapshot help");
  await page.keyboard.press("Enter");
  await page.getByText("Only visible to you").waitFor();
  playground.slack.say("ada", "#ops", "Hello, Ben & <all>");

  await page.getByRole("button", { name: /^Ben.*1 unread/ }).click();
  await page.getByText("Hello, Ben & <all>").waitFor();
  expect(await page.getByText("Only visible to you").count()).toBe(0);
  expect(await page.getByRole("heading", { name: "Keys of Ben" }).count()).toBe(1);

  await page.getByRole("button", { name: /^Olga/ }).click();
  await page.getByLabel("Message #partners").fill("/snapshot");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("of another team").waitFor();
});

test("a form is kept apart from the other people, and waits for its own", async () => {
  const { page } = stage;
  await connectByMouse(stage);
  await page.getByRole("button", { name: /^Ben.*approver/ }).click();
  await page.locator("dialog#modal").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /^Ada.*requester/ }).click();
  await page.getByRole("heading", { name: "Change a snapshot" }).waitFor();
});

test("a form that the bot does not answer stays, and says that there was trouble", async () => {
  const { page, playground } = stage;
  await connectByMouse(stage);
  await field("New name").fill("still-here");
  await playground.endBot("SIGKILL");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByText("We had some trouble connecting.").waitFor();
  expect(playground.slack.forgive(/connection failed/)).toHaveLength(1);
  expect(await field("New name").inputValue()).toBe("still-here");
  await playground.startBot();
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("heading", { name: "Review the change" }).waitFor();
});

test("it is usable on a narrow screen, and nothing sticks out of it", async () => {
  const { page } = stage;
  await page.setViewportSize({ width: 390, height: 844 });
  const width = async () => await page.evaluate("document.documentElement.scrollWidth");
  await connectByMouse(stage);
  expect(await width()).toBe(390);
  await page.getByRole("button", { name: "Close all" }).click();
  await page.getByRole("button", { name: "Knobs" }).click();
  await page.getByLabel("Message #ops").focus();
  await page.getByRole("heading", { name: "Knobs" }).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Conversations" }).click();
  await page.getByRole("button", { name: "audit", exact: true }).click();
  await page.getByRole("heading", { name: "# audit" }).waitFor();
  expect(await width()).toBe(390);
  await page.getByRole("button", { name: "Inspector" }).click();
  await page.getByRole("button", { name: "Conversations" }).click();
  await page.getByRole("button", { name: /^Snapshot Bot/ }).click();
  await page.getByRole("button", { name: "Home", exact: true }).waitFor();
});

test("the inspector shows what goes over the wire, without a key", async () => {
  const { page, playground } = stage;
  await connectByMouse(stage);
  await page.getByRole("button", { name: "Inspector" }).click();
  const wire = page.locator(".folded");
  await wire.getByText("view_submission connect-key").click();
  await wire.getByText("[cut]").first().waitFor();
  const secrets = [...playground.keys.values()].flat().map(({ text }) => text.split("_")[1] ?? "");
  const answer = await page.evaluate("fetch('/traffic').then((response) => response.text())");
  expect(secrets.filter((secret) => String(answer).includes(secret))).toEqual([]);
  expect(String(answer)).not.toContain(playground.slack.botToken);
});

test("axe finds nothing serious on any screen, light and dark", async () => {
  const { page } = stage;
  const look = async (): Promise<void> => {
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole("button", { name: /^Switch to/ }).click();
    expect(await seriousFaults(page)).toEqual([]);
  };
  await look();
  await page.getByLabel("Message #ops").fill("/");
  await look();
  await page.getByLabel("Message #ops").fill("");
  await connectByMouse(stage);
  await field("Set tags").fill("no equals sign");
  await page.getByRole("button", { name: "Review" }).click();
  await errorUnder("Set tags").getByText("This line has no").waitFor();
  await look();
  await field("Set tags").fill("team=core");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("heading", { name: "Review the change" }).waitFor();
  await look();
  await page.getByRole("button", { name: "Apply change" }).click();
  await page.locator("dialog#modal").getByText("Done.").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await look();
  for (const name of ["Inspector", "Knobs"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await look();
  }
});

test("only the page itself is answered, under its own name", async () => {
  const { url } = stage;
  const status = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((done) => {
      request(new URL(path, url), { method, headers }, (response) => {
        response.resume();
        done(response.statusCode);
      }).end(method === "POST" ? "{}" : undefined);
    });
  const { host, origin } = new URL(url);
  const json = { "content-type": "application/json" };
  expect(await status("GET", "/", { host: "rebound.example" })).toBe(403);
  expect(await status("POST", "/act", { host, ...json })).toBe(403);
  expect(await status("POST", "/act", { host, ...json, origin: "http://evil.example" })).toBe(403);
  expect(await status("POST", "/act", { host, origin, "content-type": "text/plain" })).toBe(403);
  expect(await status("POST", "/act", { host, origin, ...json })).toBe(400);
  expect(await status("GET", "/gcore/keys.ts", { host })).toBe(404);
  expect(await status("GET", "/page/browser/../server.ts", { host })).toBe(404);
  expect(await status("GET", "/", { host })).toBe(200);
});
