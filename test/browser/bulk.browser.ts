import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { connectByMouse, openStage, type Stage } from "./stage.ts";

/*
 * A change of 300 snapshots, as a newcomer finds it: by what stands under Try this and at the knobs.
 */
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
  await connectByMouse(stage);
  await stage.playground.slack.person("ada").close({ all: true });
  await modal().waitFor({ state: "hidden" });
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const modal = () => stage.page.locator("dialog#modal");
const inModal = (words: string | RegExp) => modal().getByText(words).first();
const press = (name: string) => modal().getByRole("button", { name, exact: true }).click();
const turn = (label: string) =>
  stage.page.getByRole("button", { name: label, exact: true }).click();

/** From the button under Try this to the plan. */
async function plan(): Promise<void> {
  const { page } = stage;
  await page.getByRole("button", { name: "Add them and write the command" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await modal().getByLabel("Set tags").fill("owner=Ada Lovelace");
  await press("Review");
  await inModal("300 to change").waitFor();
}

/** How many of those that a PATCH was sent for have the tag. */
function tagged(): number {
  const { gcore } = stage.playground;
  const ids = new Set(gcore.journal.patches().map(({ path }) => path.split("/").at(-1) ?? ""));
  return [...ids].filter((id) => gcore.tags(id).has("owner")).length;
}

test("300 snapshots are changed by mouse: some fail, it pauses and goes on, and all of it is taken back", async () => {
  const { page } = stage;
  await plan();
  await page.getByRole("button", { name: "Knobs" }).click();
  await turn("says 403 to the change");
  await turn("says 403 to the change");
  await turn("takes 1 s for each call");
  await press("Change 300 snapshots");
  await inModal(/ of 300 · \d+ a (second|minute) · about /).waitFor();
  await press("Pause");
  await inModal("Nothing more is begun").waitFor();
  await turn("takes 1 s for each call");
  await press("Go on");
  await inModal("298 of 300 snapshots are changed.").waitFor({ timeout: 60_000 });
  expect(tagged()).toBe(298);
  await press("See each snapshot");
  await modal().getByRole("combobox").selectOption({ label: "Not changed, or not known (2)" });
  await inModal("2 snapshots: not changed, or not known.").waitFor();
  await inModal("Gcore does not let your API key do this.").waitFor();
  await press("Back");
  await press("Undo");
  await inModal("298 to change").waitFor();
  await press("Change 298 snapshots");
  await inModal("All 298 snapshots are changed.").waitFor({ timeout: 60_000 });
  expect(tagged()).toBe(0);
}, 150_000);

test("a plan is read snapshot by snapshot with the keyboard alone", async () => {
  const { page } = stage;
  await plan();
  const tabTo = async (name: string, key = "Tab"): Promise<void> => {
    for (let tries = 0; tries < 30; tries += 1) {
      const focused = (await page.locator(":focus").textContent()) ?? "";
      if (focused.trim() === name) return;
      await page.keyboard.press(key);
    }
    throw new Error(`"${name}" is not reached with Tab`);
  };
  await tabTo("See each snapshot");
  await page.keyboard.press("Enter");
  await inModal("1. weekly-00001").waitFor();
  await tabTo("Next page");
  await page.keyboard.press("Enter");
  await inModal("9. weekly-00009").waitFor();
  // The focus is still on Next page.
  await tabTo("Previous page", "Shift+Tab");
  await page.keyboard.press("Enter");
  await inModal("1. weekly-00001").waitFor();
  await tabTo("Back");
  await page.keyboard.press("Enter");
  await modal().getByRole("heading", { name: "Review the plan" }).waitFor();
}, 60_000);
