import { type Bed, startBed } from "../bed.ts";
import { type Measure, middle, pair } from "./table.ts";

const RUNS = 30;
/** Open regions of the local Gcore, and how slow it is. */
const REGIONS = 34;
const SLOW = { kind: "delay", ms: 2_000 } as const;

/**
 * How long a person waits for a menu, a list and their home tab, over real HTTP, with few and with
 * many snapshots over all regions, while each call to Gcore takes two seconds.
 */
export async function menuFigures(
  { small, large }: { readonly small: number; readonly large: number },
  say: (words: string) => void,
): Promise<readonly Measure[]> {
  const all: (readonly (readonly [what: string, ms: number])[])[] = [];
  for (const count of [small, large]) {
    say(`${count} snapshots over ${REGIONS} regions`);
    all.push(await figuresWith(count));
  }
  const [few = [], many = []] = all;
  return few.flatMap(([what, ms], index) =>
    pair(what, "SQLite", [small, large], [ms, many[index]?.[1] ?? 0]),
  );
}

async function figuresWith(count: number): Promise<readonly (readonly [string, number])[]> {
  const bed = await startBed();
  const { ada, gcore, slack } = bed;
  try {
    await bed.connect(ada, gcore.keys.full);
    const { regions } = await readPlaces(bed);
    for (const region of regions) gcore.fill(Math.ceil(count / REGIONS), { region });
    gcore.faults.next({ method: "GET" }, SLOW, 1_000_000);
    await ada.command("#ops", "/snapshot");
    await slack.until(() => ada.modal, "the form");
    const began = performance.now();
    await ada.suggestions("Snapshot", "bulk-00003");
    const first = performance.now() - began;
    await slack.until(
      async () => (await ada.suggestions("Snapshot", "bulk-00003")).length === REGIONS,
      "everything to be read",
      120_000,
    );
    const menu = await middle(RUNS, () => ada.suggestions("Snapshot", "bulk-00003"));
    const byTag = await middle(RUNS, () => ada.suggestions("Snapshot", "team=search db"));
    await ada.close();
    const list = await middle(RUNS, () => answered(bed, "/snapshot list tag:team=search"));
    const home = await middle(RUNS, () => opened(bed));
    return [
      ["a menu that was never read", first],
      ["a menu, by name", menu],
      ["a menu, by tag and volume", byTag],
      ["a list, by tag", list],
      ["the home tab", home],
    ];
  } finally {
    gcore.faults.clear();
    await bed.end();
  }
}

async function readPlaces({ gcore }: Bed): Promise<{ readonly regions: readonly number[] }> {
  const headers = { authorization: `APIKey ${gcore.keys.full}` };
  const answer = await fetch(`${gcore.url}/cloud/v1/regions?limit=1000`, { headers });
  const { results } = (await answer.json()) as {
    readonly results: readonly { readonly id: number; readonly state: string }[];
  };
  return { regions: results.filter(({ state }) => state !== "INACTIVE").map(({ id }) => id) };
}

/** From the command to the answer that the person sees. */
async function answered({ ada, slack }: Bed, command: string): Promise<void> {
  const before = slack.messages("#ops", { as: ada.id }).length;
  await ada.command("#ops", command);
  await slack.until(() => slack.messages("#ops", { as: ada.id }).length > before, "the answer");
}

/** From the click on the tab to what is published for it. */
async function opened({ ada, slack }: Bed): Promise<void> {
  const before = slack.journal.callsOf("views.publish").length;
  await ada.openHome();
  await slack.until(() => slack.journal.callsOf("views.publish").length > before, "the home tab");
}
