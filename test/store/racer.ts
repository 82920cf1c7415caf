import { once } from "node:events";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { end } from "../../src/approval/claim.ts";
import { approve } from "../../src/approval/decide.ts";
import { ok } from "../../src/problem.ts";
import { checkpointsIn } from "../../src/store/checkpoints.ts";
import { migrate } from "../../src/store/migrations.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { AFTER, draftOf, HOUR, MARIA, NOW, voteOf } from "../approval/samples.ts";
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
  const requests = requestsIn(database, ["CAUDIT00001", "CAUDIT00002"]);
  if (action === "ask") {
    const decided: Record<string, string> = {};
    for (const id of ids) {
      const vote = voteOf({ ...MARIA, userId: name });
      const request = await requests.ask(draftOf(id), name, vote, NOW);
      decided[id] = request.approvals.at(-1)?.by.userId ?? "nobody";
    }
    return decided;
  }
  if (action === "approve") {
    const by = { ...MARIA, userId: name };
    const calls: unknown[] = [];
    for (const id of ids) {
      const { kind } = await requests.decide(id, NOW, (request) =>
        ok(approve(request, voteOf(by))),
      );
      calls.push({ id, kind });
    }
    return calls;
  }
  if (action === "claim" || action === "look") {
    const next = () =>
      action === "claim" ? requests.claim(name, NOW) : requests.takeHeld(NOW + 5_000);
    const mine: string[] = [];
    for (;;) {
      const request = await next();
      if (request === undefined) return mine;
      mine.push(request.id);
    }
  }
  if (action === "run-items") {
    const mine: string[] = [];
    for (;;) {
      const items = await requests.claimItems(name, NOW, 3);
      if (items.length === 0) return mine;
      for (const item of items) {
        mine.push(item.id);
        const applied = { kind: "applied", snapshot: AFTER, lookedUp: false } as const;
        await requests.settle(item, end(item, applied, NOW), NOW);
      }
    }
  }
  if (action === "checkpoint") {
    const signer = checkpointSigner({ id: name, bytes: Buffer.alloc(32, name) });
    const checkpoints = checkpointsIn(database, signer, ["CAUDIT00001"]);
    const made: number[] = [];
    for (let turn = 0; turn < Number(count); turn += 1) {
      const checkpoint = await checkpoints.make(NOW + 48 * HOUR);
      if (checkpoint !== undefined) made.push(checkpoint.seq);
    }
    return made;
  }
  return "open";
}
