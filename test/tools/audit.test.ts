import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "../store/temporary.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const lock: { packages: Record<string, { version: string }> } = JSON.parse(
  readFileSync(`${ROOT}/package-lock.json`, "utf8"),
);

/** The one that is installed, and one that has been mended. */
const versionsOf = (name: string) =>
  Object.fromEntries(
    [lock.packages[`node_modules/${name}`]?.version ?? "1.0.0", "99.0.0"].map((version) => [
      version,
      { name, version },
    ]),
  );

/** What the script says and how it ends, with a registry that answers npm's question like this. */
async function audited(status: number, answer: unknown): Promise<readonly [number, string]> {
  const asked: string[] = [];
  const registry = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => {
      // What has a hole is then asked for by its name, for a version without it.
      const name = decodeURIComponent((request.url ?? "").slice(1));
      const known = { name, "dist-tags": { latest: "99.0.0" }, versions: versionsOf(name) };
      response
        .writeHead(request.method === "POST" ? status : 200, { "content-type": "application/json" })
        .end(JSON.stringify(request.method === "POST" ? answer : known));
    });
  });
  await new Promise<void>((done) => registry.listen(0, "127.0.0.1", done));
  try {
    const { port } = registry.address() as AddressInfo;
    const script = spawn("npm", ["run", "-s", "audit"], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: temporaryFolder(),
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_fetch_retries: "0",
        npm_config_update_notifier: "false",
      },
    });
    const [said, [code]] = await Promise.all([text(script.stdout), once(script, "close")]);
    expect(asked[0]).toBe("POST /-/npm/v1/security/advisories/bulk");
    return [code, said];
  } finally {
    registry.close();
  }
}

test("a known hole in what the bot runs with fails the check, and is named", async () => {
  const hole = {
    id: 1,
    url: "https://github.com/advisories/GHSA-xxxx",
    title: "A hole",
    severity: "high",
    vulnerable_versions: "<99.0.0",
    cwe: [],
    cvss: { score: 7.5, vectorString: null },
  };
  const [code, said] = await audited(200, { yaml: [hole] });
  expect(said).toMatch(/^yaml \S+: high, there is a version without it$/m);
  expect(code).toBe(1);
});

test("without one the check is well", async () => {
  expect(await audited(200, {})).toEqual([0, "No known holes in what the bot runs with.\n"]);
});

test("a registry that does not tell is no failure, and is said to be so", async () => {
  const [code, said] = await audited(405, { error: "Method Not Allowed" });
  expect(said).toMatch(/^Not checked for known holes: the registry does not tell \(405 /);
  expect(code).toBe(0);
});
