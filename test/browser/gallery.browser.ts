import { afterAll, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import { emissions } from "../../playground/gallery/emissions.ts";
import { foreigns, type Sort } from "../../playground/gallery/foreign.ts";
import { openStage, type Stage, seriousFaults } from "./stage.ts";

/** The page can do nothing to what it shows, so that one stage serves all tests. */
let stage: Stage;

// Some look at all of the page, and this machine may be busy with other tests.
jest.setTimeout(120_000);

beforeAll(async () => {
  stage = await openStage();
  stage.page.setDefaultTimeout(30_000);
});

beforeEach(async () => {
  await stage.page.setViewportSize({ width: 1280, height: 800 });
  // Away first: an address that differs only in its hash does not load the page anew.
  await stage.page.goto("about:blank");
  await stage.page.goto(`${stage.url}gallery`);
  await count()
    .getByText(/^\d+ of \d+$/)
    .waitFor();
});

afterAll(async () => {
  // Among it: requests that would have left the machine, and errors in the page.
  expect(await stage.end()).toEqual([]);
});

const sorts = Object.keys(foreigns) as Sort[];

/** What `run`, in the words of the browser, says of each thing that fits. */
const of = <Answer>(selector: string, run: string): Promise<Answer[]> =>
  stage.page.evaluate(`[...document.querySelectorAll('${selector}')].map((one) => ${run})`);

const filter = (name: string) => stage.page.locator("#filter").getByLabel(name);

const count = () => stage.page.locator("#filter").getByRole("status");

/** What all that is shown looks like, as for printing: far from the window too. */
const drawn = async (): Promise<string[]> => {
  await stage.page.evaluate("dispatchEvent(new Event('beforeprint'))");
  return await of(".item:not([hidden]) .drawn", "one.textContent");
};

test("everything that the bot can send is there, with each sort of values", async () => {
  const there = await of<{ builder: string; name: string; values: string }>(
    ".item",
    `({
      builder: one.closest("section").querySelector("h2").textContent,
      name: one.querySelector("h3 a").textContent,
      values: one.querySelector(".sorts").textContent,
    })`,
  );
  const shown = there.flatMap(({ builder, name, values }) =>
    sorts
      .filter((sort) => values === "any values" || values.includes(sort))
      .map((sort) => `${builder}: ${name}, ${sort}`),
  );
  const known = sorts.flatMap((sort) =>
    emissions(foreigns[sort]).map(({ builder, name }) => `${builder}: ${name}, ${sort}`),
  );
  expect(shown.sort()).toEqual(known.sort());
  const ids = await of<string>("[id]", "one.id");
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("all of it is drawn, with the words of the views around it", async () => {
  expect((await drawn()).filter((text) => text === "")).toEqual([]);
  expect(await of(".b-unknown", "one.textContent")).toEqual([]);
  const view = stage.page.locator('[id="previewView.to-be-applied.ordinary"]');
  expect(await view.getByRole("heading", { name: "Review the change" }).count()).toBe(1);
  expect(await view.getByRole("button", { name: "Apply change" }).count()).toBe(1);
  expect(await view.getByRole("button", { name: "Cancel" }).count()).toBe(1);
  const form = stage.page.locator('[id="formView.typed.ordinary"]');
  expect(await form.getByLabel("Set tags").inputValue()).toContain("owner=Ada Lovelace");
  const message = stage.page.locator('[id="summaryMessage.applied.ordinary"]');
  expect(await message.getByText("@Ada Reyes").count()).toBe(3);
});

test("hostile values are text: they make no element, no link and no mention", async () => {
  await drawn();
  await filter("Values").selectOption("hostile");
  const hostile = (await drawn()).filter((text) => text.includes("<img src=x onerror=alert(1)>"));
  expect(hostile.length).toBeGreaterThan(50);
  expect(hostile.some((text) => text.includes("<https://evil.example|bank>"))).toBe(true);
  expect(hostile.filter((text) => /[\u202e\u200b\u0007]/.test(text))).toEqual([]);
  const alive =
    ".item:not([hidden]) .drawn :is(img, script, iframe, object, a, .link, .mention.loud)";
  expect(await of(alive, "one.outerHTML")).toEqual([]);
  const mentioned = await of<string>(".drawn .mention", "one.textContent");
  expect([...new Set(mentioned)].sort()).toEqual([
    "#ops",
    "@Ada Reyes",
    "@Ben Okafor",
    "@Cleo Tanaka",
    "@snapshot-approvers",
  ]);
});

test("the JSON of an item unfolds, as the bot sends it", async () => {
  const item = stage.page.locator('[id="helpMessage.always.ordinary"]');
  await item.getByText("JSON").click();
  const help = emissions(foreigns.ordinary).find(({ builder }) => builder === "helpMessage");
  expect(JSON.parse((await item.locator("details pre").textContent()) ?? "")).toEqual(help?.body);
});

test("what is shown is chosen by the keyboard, and an address leads to its item all the same", async () => {
  const { page, url } = stage;
  const { keyboard } = page;
  const shown = () => of<string>(".item:not([hidden])", "one.id");
  await keyboard.press("Escape");
  await keyboard.type("Not CLOSED");
  await count().getByText(/^1 of/).waitFor();
  expect(await shown()).toEqual(["commandFaultMessage.quote-open.ordinary"]);
  await keyboard.press("Control+A");
  await keyboard.press("Delete");
  await keyboard.press("Tab");
  await keyboard.type("longest");
  await keyboard.press("Tab");
  await keyboard.type("keyMessage");
  expect(await shown()).toEqual(["keyMessage.in-order.longest", "keyMessage.expired.longest"]);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${url}gallery#summaryMessage.applied.ordinary`);
  // Things take their place for some frames; it is there, and stays there.
  const top = await page.evaluate<number>(`new Promise((done) => {
    const item = document.getElementById("summaryMessage.applied.ordinary");
    const wait = (frames) =>
      frames === 0
        ? done(item.hidden ? -1 : item.getBoundingClientRect().top)
        : requestAnimationFrame(() => wait(frames - 1));
    wait(60);
  })`);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(200);
  expect(await filter("Builder").inputValue()).toBe("");
});

test("its buttons and forms say that nothing is sent, and send nothing", async () => {
  const { page, playground } = stage;
  const item = page.locator('[id="previewView.locked.ordinary"]');
  const before = playground.slack.journal.deliveries.length;
  const address = page.url();
  await item.scrollIntoViewIfNeeded();
  for (const name of ["Look again", "Cancel", "Close all"]) {
    await item.getByRole("button", { name }).click();
    await page.getByRole("alert").getByText("Nothing is sent from the gallery.").waitFor();
    await page.evaluate("document.getElementById('notice').replaceChildren()");
  }
  const connect = page.locator('[id="connectView.first.ordinary"]');
  await connect.scrollIntoViewIfNeeded();
  await connect.getByText("Connect", { exact: true }).click();
  await page.getByRole("alert").getByText("Nothing is sent from the gallery.").waitFor();
  expect(playground.slack.journal.deliveries.length).toBe(before);
  expect(page.url()).toBe(address);
});

test("at 390 px nothing sticks out of it", async () => {
  const { page } = stage;
  await page.setViewportSize({ width: 390, height: 844 });
  await drawn();
  // Everything is laid out, also what is far away.
  await of(".item", "one.style.contentVisibility = 'visible'");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  expect(
    await of(".item", "one.scrollWidth > one.clientWidth ? one.id : ''").then((ids) =>
      ids.filter((id) => id !== ""),
    ),
  ).toEqual([]);
});

test("axe finds nothing serious in it, light and dark", async () => {
  // The first of each builder is enough; all of them take axe minutes.
  await of("article.item + article.item", "one.remove()");
  expect((await drawn()).length).toBeGreaterThan(20);
  expect(await seriousFaults(stage.page)).toEqual([]);
  await stage.page.locator("#tools").getByRole("button").click();
  expect(await seriousFaults(stage.page)).toEqual([]);
});

test("an item is drawn when it comes near the window, not before", async () => {
  const last = stage.page.locator(".item .drawn").last();
  await stage.page.locator(".item .drawn > *").first().waitFor();
  expect(await last.textContent()).toBe("");
  await last.scrollIntoViewIfNeeded();
  await last.locator("> *").waitFor();
  expect(await last.textContent()).not.toBe("");
});

test("the playground leads to it, and it leads back", async () => {
  const { page } = stage;
  await page.locator("#tools").getByRole("link").click();
  await page.getByRole("link", { name: "See everything that the bot can say" }).click();
  await page.waitForURL(`${stage.url}gallery`);
});
