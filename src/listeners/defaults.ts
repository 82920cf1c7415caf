import type { Person } from "../approval/person.ts";
import {
  askingView,
  type Choices,
  defaultsView,
  readDefaultsView,
  savedView,
} from "../blocks/defaults-view.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { ok, type Problem, type Result } from "../problem.ts";
import type { Click } from "./adapters.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";

/** The button that lets a person choose where each form begins. */
export async function chooseDefaults(
  deps: Deps,
  { person, triggerId }: Click,
): Promise<Message | undefined> {
  const { slack, preferences } = deps;
  const opened = await slack.openView(triggerId, askingView());
  if (opened === "late") return problemMessage({ kind: "form-late" });
  const choices = await choicesOf(deps, person);
  await slack.updateView(
    opened.viewId,
    choices.ok
      ? defaultsView(choices.value, await preferences.defaults(person))
      : problemView(choices.problem),
  );
  return undefined;
}

/** What was chosen is kept when Gcore knows it and the person's key sees it. */
export async function submitDefaults(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> {
  const { slack, preferences, nudge } = deps;
  const { projectId, regionId } = readDefaultsView(view.state.values);
  await answer.update(askingView());
  const choices = await choicesOf(deps, person);
  if (!choices.ok) {
    await slack.updateView(view.id, problemView(choices.problem));
    return;
  }
  const { projects, regions } = choices.value;
  const chosen = {
    project: projects.find(({ id }) => id === projectId) ?? null,
    region: regions.find(({ id }) => id === regionId) ?? null,
  };
  await preferences.setDefaults(person, chosen);
  nudge("say");
  await slack.updateView(view.id, savedView(chosen));
}

/** What there is to choose from, as the person's own key sees it now. */
async function choicesOf(deps: Deps, person: Person): Promise<Result<Choices, Problem>> {
  const { keys, gcore } = deps;
  const key = await keys.get(person);
  if (!key.ok) return key;
  const caller = { person, apiKey: key.value.apiKey };
  const [projects, regions] = await Promise.all([
    gcore.listProjects(caller),
    gcore.listRegions(caller),
  ]);
  if (!projects.ok) return projects;
  if (!regions.ok) return regions;
  const open = regions.value.filter(({ isOpen }) => isOpen);
  return ok({
    projects: projects.value,
    regions: open.map(({ id, name }) => ({ id, name })),
  });
}
