import { once } from "node:events";
import { migrate } from "../../src/store/migrations.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { draftOf, MARIA, NOW, voteOf } from "../approval/samples.ts";
import { openAt } from "./place.ts";

/** `racer.ts ACTION DATABASE NAME COUNT`: says `ready`, waits for a line, acts, prints JSON. */
const [action = "", place = "", name = "", count = "0"] = process.argv.slice(2);
const ids = Array.from({ length: Number(count) }, (_, index) => `request-${index}`);

process.stdout.write("ready\n");
await once(process.stdin, "data");

const database = openAt(place);
const result = await act();
await database.close();
process.stdout.write(`${JSON.stringify(result)}\n`);

async function act(): Promise<unknown> {
  await migrate(database);
  const requests = requestsIn(database, []);
  if (action === "ask") {
    const decided: Record<string, string> = {};
    for (const id of ids) {
      const vote = voteOf({ ...MARIA, userId: name });
      const request = await requests.ask(draftOf(id), name, vote, NOW);
      decided[id] = request.approvals.at(-1)?.by.userId ?? "nobody";
    }
    return decided;
  }
  if (action === "claim") {
    const mine: string[] = [];
    for (;;) {
      const request = await requests.claim(name, NOW);
      if (request === undefined) return mine;
      mine.push(request.id);
    }
  }
  return "open";
}
