import { createInterface } from "node:readline";
import { makeCluster } from "./cluster.ts";

/*
 * Keeps a Postgres running as long as somebody holds the other end of stdin: when that one ends, in
 * whichever way, Postgres ends, too, and its folder is gone. Says its URL when it runs; does
 * `start` and `stop`, and says `done` after each.
 */
// What is sent to a whole group of processes (Ctrl-C) is for the other ones.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
process.stdout.on("error", () => undefined);

const cluster = await makeCluster();
try {
  await cluster.start();
  process.stdout.write(`${cluster.url}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "start") await cluster.start();
    if (line === "stop") await cluster.stop();
    process.stdout.write("done\n");
  }
} finally {
  await cluster.stop();
  await cluster.remove();
}
