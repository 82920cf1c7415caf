import {
  type Choices,
  choice,
  choices,
  problemNote,
  projectChoice,
  regionChoice,
  snapshotChoice,
  typedIdChoice,
  volumeChoice,
} from "../blocks/choices.ts";
import { readFormView } from "../blocks/form-view.ts";
import { ageLine, noPlaceFits, noSnapshotFits, STILL_READING } from "../blocks/suggestion-words.ts";
import type { Deps } from "../deps.ts";
import { ok } from "../problem.ts";
import { refText } from "../snapshot/fill-form.ts";
import { searchSnapshots } from "../snapshot/search.ts";
import type { Lists, Sight } from "../snapshot/sight.ts";
import type { Place } from "../snapshot/snapshot.ts";
import { ownDraft } from "./own-draft.ts";
import type { Typing } from "./suggestion-adapter.ts";

/** How long a menu may wait for Gcore: it answers within a second whatever happens. Milliseconds. */
const PATIENCE = 700;

/** Slack's most options of one group. */
const MOST = 100;

/** The projects that the person's key sees. */
export const suggestProjects = (deps: Deps, typing: Typing): Promise<Choices> =>
  suggestPlaces(deps, typing, ({ projects }) => projects.map(projectChoice), "Project");

/** The regions of Gcore's cloud. */
export const suggestRegions = (deps: Deps, typing: Typing): Promise<Choices> =>
  suggestPlaces(deps, typing, ({ regions }) => regions.map(regionChoice), "Region");

async function suggestPlaces(
  deps: Deps,
  { person, typed }: Typing,
  optionsOf: (lists: Lists) => ReturnType<typeof projectChoice>[],
  what: "Project" | "Region",
): Promise<Choices> {
  const caller = await callerOf(deps, person);
  if (!caller.ok) return choices([], problemNote(caller.problem));
  const lists = await deps.catalogue.lists(caller.value, PATIENCE);
  const word = typed.trim().toLowerCase();
  const all = optionsOf(lists);
  const fitting = all.filter(({ text }) => text.text.toLowerCase().includes(word));
  // Whose list Gcore does not tell can still be chosen by its number.
  const typedId = /^[1-9]\d{0,14}$/.test(word) && !all.some(({ value }) => value === word);
  const note =
    lists.problem !== undefined
      ? problemNote(lists.problem)
      : all.length === 0
        ? STILL_READING
        : noPlaceFits(what);
  return choices(
    [
      { label: `${what}s`, options: fitting },
      { label: "By number", options: typedId ? [choice(`${what} ${word}`, word)] : [] },
    ],
    note,
  );
}

/**
 * The snapshots that fit what is typed, in the project and region that are chosen, and everywhere in
 * a form that has no fields for them: those that the person has been at lately, then the others.
 */
export const suggestSnapshots = (deps: Deps, typing: Typing): Promise<Choices> => {
  const { project, region } = readFormView(typing.view.state.values);
  const wanted = {
    ...(project === "" ? {} : { projectId: Number(project) }),
    ...(region === "" ? {} : { regionId: Number(region) }),
  };
  return suggest(deps, typing, wanted, []);
};

/** What tags can be copied from: the volume of the snapshot that is chosen, and all other snapshots. */
export async function suggestSources(deps: Deps, typing: Typing): Promise<Choices> {
  const { person, view } = typing;
  const draft = await ownDraft(deps, person, view.private_metadata);
  const volume = draft?.filledFrom === undefined ? [] : volumeChoice(draft.filledFrom);
  return suggest(deps, typing, {}, volume);
}

async function suggest(
  deps: Deps,
  { person, typed }: Typing,
  wanted: Partial<Place>,
  volume: ReturnType<typeof volumeChoice>,
): Promise<Choices> {
  const { catalogue, preferences, clock } = deps;
  const caller = await callerOf(deps, person);
  if (!caller.ok) return choices([], problemNote(caller.problem));
  const [sight, recent] = await Promise.all([
    catalogue.see(caller.value, wanted, PATIENCE),
    preferences.recent(person),
  ]);
  const now = clock.now();
  const fitting = searchSnapshots(sight.snapshots, typed);
  const lately = new Set(recent.map(refText));
  const [own, others] = [true, false].map((isOwn) =>
    fitting
      .filter((one) => lately.has(refText(one)) === isOwn)
      .slice(0, MOST)
      .map((one) => snapshotChoice(one, now)),
  );
  return choices(
    [
      { label: "The snapshot's own volume", options: volume },
      { label: "You were at these lately", options: own ?? [] },
      { label: ageLine(sight, now), options: others ?? [] },
      {
        label: "Look for this id everywhere",
        options: fitting.length > 0 ? [] : typedIdChoice(typed),
      },
    ],
    noteFor(sight, Object.keys(wanted).length > 0),
  );
}

/** Why nothing fits. */
function noteFor({ problem, unread }: Sight, isNarrow: boolean): string {
  if (problem !== undefined) return problemNote(problem);
  if (unread === null || unread > 0) return STILL_READING;
  return noSnapshotFits(isNarrow);
}

async function callerOf({ keys }: Deps, person: Typing["person"]) {
  const key = await keys.get(person);
  return key.ok ? ok({ person, apiKey: key.value.apiKey }) : key;
}
