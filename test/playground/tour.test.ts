import { expect, test } from "@jest/globals";
import { startPlayground } from "../../playground/page/playground.ts";
import { servePage } from "../../playground/page/server.ts";
import { runTour } from "../../playground/tour.ts";

test("the tour goes through one change from start to end, and shows each step", async () => {
  const steps: string[] = [];
  const seen: string[] = [];
  const faults = await runTour((step) => {
    steps.push(step.what);
    seen.push(...step.seen);
  });
  expect(faults).toEqual([]);
  expect(steps).toHaveLength(11);
  const text = seen.join("\n");
  for (const line of [
    "== Connect your key ==",
    "== Change a snapshot ==",
    "== Review the change ==",
    "PATCH /cloud/v1/snapshots/1186668/148/4d927987-cd7f-463b-bdfb-af2800483f32",
    "authorization: APIKey [cut]",
    "→ 200",
    "@ada changed snapshot db-before-upgrade.",
    "Changed: @ada · snapshot nightly-db-2026-11-20 · ledger no. 5",
  ]) {
    expect(text).toContain(line);
  }
});

test("a playground without an open page leaves the tour to the terminal", async () => {
  const playground = await startPlayground();
  const page = await servePage(playground, 0);
  const ask = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(new URL("/tour", page.url), { method: "POST", headers })).status;
  };
  expect(await ask(page.token)).toBe(409);
  expect(await ask("guessed")).toBe(403);
  await page.stop();
  await playground.stop();
});
