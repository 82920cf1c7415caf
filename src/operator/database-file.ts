import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { DatabaseSettings } from "../database-url.ts";

export type DatabaseFile = "there" | "may be made" | { readonly fault: string };

/** Whether the file of an SQLite database is there, or can be made at the first start. */
export async function databaseFile(settings: DatabaseSettings): Promise<DatabaseFile> {
  if (settings.kind !== "sqlite") return "there";
  const path = resolve(settings.path);
  const found = await stat(path).catch(() => undefined);
  const may = await mayWrite(found === undefined ? await nearestFolder(path) : path);
  if (!may) return { fault: `${settings.path} cannot be written` };
  return found === undefined ? "may be made" : "there";
}

/** The folder in which a file, or the first of the folders above it, is to be made. */
async function nearestFolder(path: string): Promise<string> {
  const folder = dirname(path);
  const found = await stat(folder).catch(() => undefined);
  return found === undefined && folder !== path ? nearestFolder(folder) : folder;
}

const mayWrite = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK)
    .then(() => true)
    .catch(() => false);
