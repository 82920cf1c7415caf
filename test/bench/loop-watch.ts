import { monitorEventLoopDelay } from "node:perf_hooks";

/*
 * Loaded into the bot before it starts: tells every so often, in its log, how long its event loop
 * was held up at most since the last time, and how much memory it has.
 */
const EVERY = 200;
const RESOLUTION = 5;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
delay.enable();
setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage();
  const held = Math.max(0, delay.max / 1e6 - RESOLUTION);
  const { user, system } = process.cpuUsage();
  delay.reset();
  console.error(
    JSON.stringify({
      watch: { at: Date.now(), rss, heapUsed, held, cpu: (user + system) / 1_000 },
    }),
  );
}, EVERY).unref();
