import { spawnSync } from "node:child_process";

/*
 * Looks whether anything that the bot runs with has a hole that npm knows of, and fails when it has.
 * Where the registry does not answer such questions (a mirror, no network) it says so, and that is no
 * failure: the same commit would pass in one place and not in the other.
 */

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
  readonly fixAvailable: boolean | { readonly name: string; readonly version: string };
}

/** What `npm audit --json` prints: the report, or what kept it from making one. */
type Report =
  | {
      readonly auditReportVersion: number;
      readonly vulnerabilities: Readonly<Record<string, Vulnerability>>;
    }
  | { readonly message?: string };

const npm = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const report = readReport(npm.stdout);
if (report === undefined || !("auditReportVersion" in report)) {
  const why = report?.message ?? npm.error?.message ?? "no answer";
  console.log(`Not checked for known holes: the registry does not tell (${why}).`);
} else {
  const found = Object.values(report.vulnerabilities);
  for (const { name, range, severity, fixAvailable } of found) {
    const fix =
      fixAvailable === false ? "no version without it yet" : "there is a version without it";
    console.log(`${name} ${range}: ${severity}, ${fix}`);
  }
  console.log(
    found.length === 0
      ? "No known holes in what the bot runs with."
      : "`npm audit --omit=dev` tells more.",
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}

function readReport(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
