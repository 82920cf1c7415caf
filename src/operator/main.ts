import { isatty } from "node:tty";
import { run } from "./run.ts";
import { terminalOn } from "./terminal.ts";

// Whoever reads the output may have read enough: `snapshot-bot ledger export | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  out: process.stdout,
  note: (text) => void process.stderr.write(`${text}\n`),
  // What is asked goes beside the output, which may go into a file.
  ...(isatty(0) && isatty(2) ? { terminal: terminalOn(process.stdin, process.stderr) } : {}),
});
