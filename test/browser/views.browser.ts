import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Answer, type Loopback, listen, type Received } from "../../playground/loopback.ts";
import { openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;
let app: Loopback;

/** A small app in place of the bot: it opens a view at the command and one more at the button. */
beforeEach(async () => {
  stage = await openStage();
  app = await listen({ handle: answer });
  stage.playground.slack.deliverTo(app.url);
});

afterEach(async () => {
  await app.stop();
  expect(await stage.end()).toEqual([]);
});

const plain = (text: string) => ({ type: "plain_text", text });
const option = (text: string) => ({ text: plain(text), value: text });
const json = (body: object): Answer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const call = async (method: string, args: object): Promise<void> => {
  const { slack } = stage.playground;
  await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify(args),
  });
};

const input = (id: string, label: string, element: object) => ({
  ...{ type: "input", block_id: id, optional: true },
  label: plain(label),
  element: { action_id: id, ...element },
});

const first = {
  type: "modal",
  callback_id: "first",
  title: plain("The first"),
  submit: plain("Send"),
  blocks: [
    input("city", "City", { type: "external_select", min_query_length: 2 }),
    input("sizes", "Sizes", {
      type: "multi_static_select",
      options: [option("Small"), option("Large")],
    }),
    input("way", "Way", { type: "radio_buttons", options: [option("Left"), option("Right")] }),
    input("day", "Day", { type: "datepicker" }),
    {
      type: "actions",
      block_id: "more",
      elements: [{ type: "button", action_id: "more", text: plain("More") }],
    },
  ],
};

const second = {
  type: "modal",
  title: plain("The second"),
  blocks: [{ type: "section", text: plain("On top.") }],
};

async function answer({ body }: Received): Promise<Answer> {
  const form = new URLSearchParams(body);
  const payload = JSON.parse(form.get("payload") ?? "{}");
  if (form.has("command")) {
    await call("views.open", { trigger_id: form.get("trigger_id"), view: first });
  } else if (payload.type === "block_actions") {
    await call("views.push", { trigger_id: payload.trigger_id, view: second });
  } else if (payload.type === "block_suggestion") {
    const cities = ["Lisbon", "Limassol", "Luxembourg"];
    const found = cities.filter((city) => city.startsWith(payload.value));
    return json({ options: found.map(option) });
  }
  return { status: 200, body: "" };
}

test("menus of a view ask, are chosen from, and arrive; views lie on top of each other", async () => {
  const { page, playground } = stage;
  await page.getByLabel("Message #ops").fill("/snapshot");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The first" }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByRole("combobox", { name: "City" }).pressSequentially("Li");
  await page.getByRole("option", { name: "Limassol" }).waitFor();
  expect(await page.getByRole("option", { name: "Luxembourg" }).count()).toBe(0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  for (const size of ["Small", "Large"]) {
    await page.getByRole("combobox", { name: "Sizes" }).click();
    await page.getByRole("option", { name: size }).click();
  }
  await page.getByLabel("Right").check();
  await page.getByLabel("Day").fill("2026-12-24");

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("heading", { name: "The second" }).waitFor();
  await page.getByText("2 of 3").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "The first" }).waitFor();
  expect(await page.getByRole("combobox", { name: "City" }).inputValue()).toBe("Limassol");
  expect(await page.getByLabel("Right").isChecked()).toBe(true);

  await page.getByRole("button", { name: "Send", exact: true }).last().click();
  await page.locator("dialog#modal").waitFor({ state: "hidden" });
  const sent = playground.slack.journal.deliveries.at(-1)?.payload;
  expect(sent).toMatchObject({
    view: {
      state: {
        values: {
          city: { city: { selected_option: { value: "Limassol" } } },
          sizes: { sizes: { selected_options: [{ value: "Small" }, { value: "Large" }] } },
          way: { way: { selected_option: { value: "Right" } } },
          day: { day: { selected_date: "2026-12-24" } },
        },
      },
    },
  });
});
