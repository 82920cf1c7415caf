import type { Bed } from "../../bed.ts";
import { planned } from "../bulk-steps.ts";
import { apply, change, fill, open, pick, review, titled } from "../steps.ts";
import { REGION, type Stone } from "./stones.ts";

const commandFor = (project: number, id: string, rest: string): string =>
  `/snapshot ${id} --project ${project} --region ${REGION} ${rest} --reason "because azurite"`;

/** Ben has a history of his own. */
export async function changesOne(bed: Bed, project: number, id: string): Promise<void> {
  const where = `--project ${project} --region ${REGION}`;
  await change(bed, bed.ben, `/snapshot ${id} ${where} note=basalt`, {}, "#lobby");
  await bed.said();
  await bed.ben.close({ all: true });
}

/** One that waits, one that Dora approved, one that met a conflict, and some that need nobody. */
export async function requestsOf(bed: Bed, { project, ids }: Stone) {
  const { ada, dora, gcore } = bed;
  const asks = async (id = "", rest = "note=azurite"): Promise<string> => {
    await open(bed, ada, commandFor(project, id, rest));
    await review(bed, ada);
    const request = ada.modal?.privateMetadata ?? "";
    if (ada.modal?.submitText === "Apply change") await apply(bed, ada);
    else await ada.submit();
    await bed.said();
    await ada.close({ all: true });
    return request;
  };
  const reviewed = (title: string): Promise<string> =>
    titled(bed, dora, title, () => dora.press("Review", { channel: "#ops" }));
  for (const id of ids.slice(3, 8)) await asks(id);
  const applied = await asks(ids[0]);
  await reviewed("Review the request");
  await dora.submit();
  await bed.slack.until(() => gcore.tags(ids[0] ?? "").get("note") === "azurite", "the change");
  await bed.said();
  const conflict = await asks(ids[1], "stone=azurite-too");
  gcore.update(ids[1] ?? "", ({ tags }) => {
    for (const tag of tags) if (tag.key === "stone") tag.value = "azurite-meanwhile";
  });
  await reviewed("The request");
  await bed.said();
  const pending = await asks(ids[2]);
  await reviewed("Review the request");
  await titled(bed, dora, "Reject the request", () => dora.press("Reject…"));
  await dora.close({ all: true });
  return { applied, conflict, pending };
}

/** Ada turns the pages of the history. */
export async function readsHistory({ ada, slack }: Bed): Promise<void> {
  const sees = (words: string) =>
    slack.until(() => ada.sees("#lobby").join("\n").includes(words), words);
  await ada.command("#lobby", "/snapshot history");
  await sees("[Older]");
  await ada.press("Older", { channel: "#lobby" });
  await sees("[Newer]");
}

/** Ada looks at everything else that there is. */
export async function readsAll(bed: Bed, { project, ids }: Stone): Promise<void> {
  const id = ids[5] ?? "";
  const { ada, slack } = bed;
  const channel = "#lobby";
  const shows = async (act: () => Promise<unknown>, words: string): Promise<void> => {
    await act();
    await slack.until(() => ada.sees(channel).join("\n").includes(words), words);
  };
  const presses = (button: string, words: string): Promise<void> =>
    shows(() => ada.press(button, { channel }), words);
  await shows(() => ada.command(channel, "/snapshot list"), "12 snapshots");
  await presses("Next page", "11 to 12 of them");
  await presses("Previous page", "1 to 10 of them");
  await shows(() => ada.command(channel, "/snapshot lint"), "1 to 8 of them");
  await presses("Next page", "9 to 12 of them");
  await presses("Previous page", "1 to 8 of them");
  await shows(
    () => ada.command(channel, `/snapshot show ${id} --project ${project} --region ${REGION}`),
    "azurite-5",
  );
  await ada.openHome();
  await slack.until(() => ada.home().join("\n").includes("azurite-key"), "Ada's home tab");
  await titled(bed, ada, "Your defaults", () => ada.press("Choose defaults", { home: true }));
  await ada.choose("Project", `azurite-works (${project})`);
  await ada.submit();
  await slack.until(() => ada.modal?.text.includes("Saved."), "Ada's defaults");
  await ada.close();
  const { ts } = slack.say("ada", channel, `${id} or azurite 0${id.slice(1)}`);
  await titled(bed, ada, "Which snapshot?", () =>
    ada.messageShortcut("change-mentioned-snapshot", channel, ts),
  );
  await ada.close();
}

/** A plan for many that has run, one that is paused, and one that she was shown and has not agreed to. */
export async function plansOf(bed: Bed, { project, ids }: Stone) {
  const { ada, gcore, slack } = bed;
  const plans = async (some: readonly string[]): Promise<string> => {
    const places = some.map((id) => `${project}/${REGION}/${id}`).join(" ");
    await planned(bed, ada, {
      "Snapshot ids": places,
      "Set tags": "note=azurite-many",
      Reason: "because azurite",
    });
    return ada.modal?.privateMetadata ?? "";
  };
  const reads = (words: string) => slack.until(() => ada.modal?.text.includes(words), words);
  const run = await plans(ids.slice(8, 10));
  await ada.submit();
  await reads("Done. All 2 snapshots are changed.");
  await bed.said();
  await ada.close({ all: true });
  const tasks = ids.slice(10).map((id) => gcore.lock(id));
  const paused = await plans(ids.slice(10));
  await ada.submit();
  await reads("waiting for a task");
  await ada.press("Pause");
  await reads("Paused by @ada");
  // Nothing goes on behind the scenes any more.
  for (const task of tasks) gcore.finishTask(task);
  bed.advance(6_000);
  await slack.until(async () => {
    const held = "SELECT id FROM request WHERE state = 'held'";
    return (await bed.bot.database.all(held)).length === 0;
  }, "the locks to be over");
  await bed.said();
  await ada.close({ all: true });
  const plan = await plans(ids.slice(6, 8));
  await titled(bed, ada, "Each snapshot", () => ada.press("See each snapshot"));
  await ada.close();
  await ada.press("Back to the form");
  await slack.until(() => ada.modal?.title === "Change many snapshots", "the form for many");
  const many = ada.modal?.privateMetadata ?? "";
  await ada.close({ all: true });
  return { run, paused, plan, many };
}

/** A form that she has filled from a snapshot of hers, and what she was shown and has not agreed to. */
export async function draftsOf(bed: Bed, { project, ids }: Stone) {
  const id = ids[6] ?? "";
  const { ada } = bed;
  await open(bed, ada, `/snapshot --project ${project} --region ${REGION}`);
  await pick(bed, ada, "azurite-6");
  await ada.suggestions("Copy tags from", "");
  const form = ada.modal?.privateMetadata ?? "";
  fill(ada, { "New name": "azurite-renamed", Reason: "because azurite" });
  if (!(await review(bed, ada)).includes(id)) throw new Error("another snapshot is shown");
  return { form, preview: ada.modal?.privateMetadata ?? "" };
}
