import type { From, HistoryQuery, Viewer } from "../../src/approval/history.ts";
import { type History, historyIn } from "../../src/store/history.ts";
import { migrate } from "../../src/store/migrations.ts";
import type { Database } from "../../src/store/sql.ts";
import { BEGIN, fill, PROJECTS, personAt, STEP } from "./ledger.ts";
import { type Measure, middle, pair } from "./table.ts";

const ROWS = 5;
const RUNS = 60;
const viewer = (projects: number): Viewer => ({
  person: personAt(7),
  projectIds: Array.from({ length: projects }, (_, index) => index + 1),
});

type Look = readonly [what: string, viewer: Viewer, query: HistoryQuery, from?: From];

/** What people look for; `requests` is how many there are. */
const looksAt = (requests: number): readonly Look[] => {
  const halfway = BEGIN + (requests / 2) * STEP;
  return [
    ["the newest of three projects", viewer(3), {}],
    ["the newest of all projects", viewer(PROJECTS), {}],
    ["the newest of one's own, without a project", viewer(0), {}],
    ["the failed ones of three projects", viewer(3), { states: ["failed"] }],
    ["those in a state that nothing is in", viewer(3), { states: ["expired"] }],
    ["what one person asked for", viewer(3), { requester: personAt(14).userId }],
    ["one's own that failed", viewer(0), { states: ["failed"] }],
    ["one snapshot", viewer(PROJECTS), { snapshotId: "5ed275b8-7eed-4722-8c98-000000000007" }],
    ["until halfway", viewer(3), { until: halfway }],
    ["a page in the middle", viewer(3), {}, { olderThan: { askedAt: halfway, id: "8" } }],
  ];
};

/** How long a page of the history takes, by what is looked for. */
export async function historyFigures(
  engine: string,
  { small, large }: { readonly small: number; readonly large: number },
  place: (name: string) => Promise<Database>,
  say: (words: string) => void,
): Promise<readonly Measure[]> {
  const times = await Promise.all(
    [small, large].map(async (entries) => {
      say(`${engine}: ${entries} entries`);
      const database = await place(`history-${entries}.db`);
      await migrate(database);
      await fill(database, entries, say);
      return { entries, database, history: historyIn(database) };
    }),
  );
  const measured: Measure[] = [];
  for (const [index, [what]] of looksAt(0).entries()) {
    const ms: number[] = [];
    for (const { entries, history } of times) ms.push(await timeOf(history, entries / 4, index));
    const [little = 0, much = 0] = ms;
    measured.push(...pair(`history: ${what}`, engine, [small, large], [little, much]));
  }
  for (const { database } of times) await database.close();
  return measured;
}

async function timeOf(history: History, requests: number, index: number): Promise<number> {
  const look = looksAt(requests)[index];
  if (look === undefined) return 0;
  const [, who, query, from] = look;
  return await middle(RUNS, () => history.page(who, query, ROWS, from));
}
