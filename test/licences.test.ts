import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";

interface Locked {
  readonly license?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

const read = (path: string): Promise<string> =>
  readFile(new URL(`../${path}`, import.meta.url), "utf8");

/** What the bot runs with, by licence. */
async function licences(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { packages } = JSON.parse(await read("package-lock.json")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const byLicence = new Map<string, Set<string>>();
  for (const [path, { license = "none", dev, optional, devOptional, peer }] of Object.entries(
    packages,
  )) {
    if (path === "" || dev || optional || devOptional || peer) continue;
    const names = byLicence.get(license) ?? new Set();
    byLicence.set(license, names.add(path.split("node_modules/").at(-1) ?? path));
  }
  return new Map([...byLicence].map(([licence, names]) => [licence, [...names].toSorted()]));
}

test("docs/licences.md lists what the bot runs with, and no licence asks for more than to be named", async () => {
  const rows = [...(await licences())]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([licence, names]) => `| ${licence} | ${names.length} | ${names.join(", ")} |`);
  expect(await read("docs/licences.md")).toContain(
    ["| licence | packages | which |", "| --- | --- | --- |", ...rows, ""].join("\n"),
  );
  for (const row of rows) {
    expect(row).toMatch(
      /^\| \(?(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|CC0-1\.0|BlueOak-1\.0\.0)\b/,
    );
  }
});

test.each(["package.json", "tools/mutation/package.json"])(
  "every package that the project names itself in %s is pinned to one version",
  async (path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      await read(path),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    }
  },
);
