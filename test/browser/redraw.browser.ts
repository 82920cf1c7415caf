import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type AppStage, openAppStage, option, plain } from "./app-stage.ts";

let stage: AppStage;

const input = (id: string, hint: string, element: object) => ({
  ...{ type: "input", block_id: id, optional: true, label: plain(id), hint: plain(hint) },
  element: { action_id: id, ...element },
});

/** A form that says how often it was drawn: above its fields, and in the hint of one of them. */
const form = (count: number) => ({
  type: "modal",
  title: plain("A form"),
  submit: plain("Send it"),
  blocks: [
    { type: "section", block_id: "count", text: plain(`Drawn ${count}`) },
    input("Calm", "stays as it is", { type: "plain_text_input" }),
    input("Restless", `changed ${count}`, { type: "plain_text_input" }),
    input("Menu", `changed ${count}`, {
      ...{ type: "static_select", options: [option("Red"), option("Blue")] },
    }),
    input("City", "asks", { type: "external_select", min_query_length: 1 }),
  ],
});

let view = "";
let isOver = false;
let drawing: Promise<void> = Promise.resolve();

/** An app that draws its form again and again, as fast as it can. */
beforeEach(async () => {
  stage = await openAppStage();
  const { app, page } = stage;
  isOver = false;
  app.command("/snapshot", async ({ ack, body, client }) => {
    await ack();
    const opened = await client.views.open({ trigger_id: body.trigger_id, view: form(0) as never });
    view = String(opened.view?.id);
    drawing = (async () => {
      for (let count = 1; !isOver; count += 1) {
        await client.views.update({ view_id: view, view: form(count) as never });
      }
    })();
  });
  app.options("City", async ({ ack }) => ack({ options: [option("Lisbon"), option("Limassol")] }));
  app.view(/.*/, async ({ ack }) => ack());
  await page.getByLabel("Message #ops").fill("/snapshot");
  await page.keyboard.press("Enter");
  await page.getByText(/^Drawn [1-9]/).waitFor();
});

const calm = async (): Promise<void> => {
  isOver = true;
  await drawing;
};

afterEach(async () => {
  await calm();
  expect(await stage.end()).toEqual([]);
});

test("what is typed and chosen stays, however often the form is drawn meanwhile", async () => {
  const { page } = stage;
  const text = "the quick brown fox jumps over the lazy dog";
  const drawn = async (): Promise<number> =>
    Number(/\d+/.exec(`${await page.getByText(/^Drawn/).textContent()}`)?.[0]);
  const first = await drawn();
  const here = async (): Promise<unknown> => await page.evaluate("document.activeElement?.value");
  await page.getByRole("textbox", { name: "Calm" }).focus();
  await page.keyboard.type(text);
  expect(await here()).toBe(text);
  await page.keyboard.press("Tab");
  await page.keyboard.type(text);
  await page.keyboard.press("Home");
  await page.keyboard.type("Look: ");
  expect(await here()).toBe(`Look: ${text}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("B");
  expect(await here()).toBe("1");
  expect((await drawn()) - first).toBeGreaterThan(5);
  await calm();
  await page.getByRole("button", { name: "Send it" }).click();
  await page.locator("#modal").waitFor({ state: "hidden" });
  expect(stage.told("view_submission")[0]).toMatchObject({
    view: {
      state: {
        values: {
          Calm: { Calm: { value: text } },
          Restless: { Restless: { value: `Look: ${text}` } },
          Menu: { Menu: { selected_option: option("Blue") } },
        },
      },
    },
  });
});

test("a menu that is open stays open, and a choice in it counts", async () => {
  const { page } = stage;
  const city = page.getByRole("combobox", { name: "City" });
  await city.pressSequentially("L");
  await page.locator(".found").getByRole("option", { name: "Limassol" }).waitFor();
  const before = await page.getByText(/^Drawn/).textContent();
  await page
    .getByText(/^Drawn/)
    .filter({ hasNotText: `${before}` })
    .waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await city.inputValue()).toBe("Limassol");
  await calm();
  expect(stage.playground.slack.person("ada").value("City")).toBe("Limassol");
  expect(stage.told("block_suggestion")).toHaveLength(1);
});

test("the last letters are there at once when the form is drawn right after them", async () => {
  const { page } = stage;
  await calm();
  const field = page.getByRole("textbox", { name: "Restless" });
  await field.pressSequentially("abc");
  const { app } = stage;
  await app.client.views.update({ view_id: view, view: form(1000) as never });
  await page.getByText("changed 1000").first().waitFor();
  expect(await field.inputValue()).toBe("abc");
  await page.keyboard.type("def");
  await stage.playground.slack.until(
    () => stage.playground.slack.person("ada").value("Restless") === "abcdef",
  );
  expect(await field.inputValue()).toBe("abcdef");
});
