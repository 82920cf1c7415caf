import { mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findAddress, leaveAddress, takeAddressBack } from "../../playground/address.ts";

const address = { url: "http://127.0.0.1:4000/", token: "abc" };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "snapshot-bot-address-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("a playground leaves word for the programs of the same person, and takes it back", async () => {
  expect(await findAddress(folder)).toBeUndefined();
  await leaveAddress(address, folder);
  expect(await findAddress(folder)).toEqual(address);
  const [name = ""] = await readdir(folder);
  if (process.platform !== "win32")
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  await takeAddressBack({ ...address, token: "of an older one" }, folder);
  expect(await findAddress(folder)).toEqual(address);
  await takeAddressBack(address, folder);
  expect(await readdir(folder)).toEqual([]);
});

test("the word of a link that somebody has put there is not taken", async () => {
  await leaveAddress(address, folder);
  const [name = ""] = await readdir(folder);
  await rm(join(folder, name));
  await writeFile(join(folder, "theirs"), JSON.stringify(address));
  await symlink(join(folder, "theirs"), join(folder, name));
  expect(await findAddress(folder)).toBeUndefined();
  await leaveAddress(address, folder);
  expect(await findAddress(folder)).toEqual(address);
});
