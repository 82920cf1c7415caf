import { type Emission, emissions } from "../gallery/emissions.ts";
import { foreigns } from "../gallery/foreign.ts";
import { NOW } from "../gallery/samples.ts";
import { initialValues } from "../slack/form.ts";
import { asObject, objectsOf, parseJson } from "../slack/json.ts";
import { defaultWorkspace } from "../slack/seed.ts";
import type { Gallery, GalleryItem } from "./gallery-item.ts";
import { frameWords } from "./project.ts";

/** Everything that the bot can send, with each sort of values in it. */
function gallery(): Gallery {
  const { people, channels, userGroups } = defaultWorkspace;
  return {
    sorts: Object.keys(foreigns),
    names: {
      people: Object.fromEntries(people.map(({ id, realName }) => [id, realName])),
      groups: Object.fromEntries(userGroups.map(({ id, handle }) => [id, handle])),
      channels: Object.fromEntries(channels.map(({ id, name }) => [id, name])),
    },
    now: NOW,
    items: items(),
  };
}

let written: string | undefined;

/** The same as JSON. It takes a second to make, and stays as it is as long as the process runs. */
export function galleryJson(): string {
  written ??= JSON.stringify(gallery());
  return written;
}

/** An item for each emission, case by case; what is the same with several sorts of values is one. */
function items(): GalleryItem[] {
  const cases = new Map<string, Map<string, GalleryItem>>();
  for (const [sort, foreign] of Object.entries(foreigns)) {
    for (const emission of emissions(foreign)) {
      const name = `${emission.builder} ${emission.name}`;
      const looks = cases.get(name) ?? new Map<string, GalleryItem>();
      cases.set(name, looks);
      const look = JSON.stringify([emission.body, errorsOf(emission)]);
      const known = looks.get(look);
      looks.set(
        look,
        known === undefined ? itemOf(emission, sort) : { ...known, sorts: [...known.sorts, sort] },
      );
    }
  }
  return [...cases.values()].flatMap((looks) => [...looks.values()]);
}

function itemOf(emission: Emission, sort: string): GalleryItem {
  const { kind, builder, name } = emission;
  const body = asObject(parseJson(JSON.stringify(emission.body)));
  return {
    id: [builder, name, sort].map((part) => part.replaceAll(/\W+/g, "-")).join("."),
    builder,
    name,
    sorts: [sort],
    body,
    view: kind === "view" ? frameWords(body) : null,
    values: initialValues(objectsOf(body.blocks)),
    errors: errorsOf(emission),
  };
}

const errorsOf = (emission: Emission): Readonly<Record<string, string>> =>
  emission.kind === "view" ? emission.errors : {};
