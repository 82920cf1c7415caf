import { constants, type Stats } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { parseJson } from "./slack/json.ts";

/** Where a playground runs, and what opens its tour to other programs of the same person. */
const schema = z.object({ url: z.string(), token: z.string() });

export type Address = z.infer<typeof schema>;

/** One place for each person, so that one program finds what another one of theirs has started. */
const placeIn = (folder: string): string =>
  join(folder, `snapshot-bot-playground-${userInfo().username}.json`);

/** Leaves word where the playground runs. Without it the page is there all the same. */
export async function leaveAddress(address: Address, folder = tmpdir()): Promise<void> {
  const place = placeIn(folder);
  try {
    await rm(place, { force: true });
    // Anybody may write into that folder: a file that another one has put there is not taken.
    const file = await open(place, "wx", 0o600);
    await file.writeFile(JSON.stringify({ url: address.url, token: address.token }));
    await file.close();
  } catch {
    // Only the tour in the page cannot be asked for from a terminal.
  }
}

/** Where a playground said that it runs; it may have ended since. */
export async function findAddress(folder = tmpdir()): Promise<Address | undefined> {
  try {
    const file = await open(placeIn(folder), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return isOwn(await file.stat())
        ? schema.safeParse(parseJson(await file.readFile("utf8"))).data
        : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** Takes the word back, unless it is that of another playground by now. */
export async function takeAddressBack({ token }: Address, folder = tmpdir()): Promise<void> {
  if ((await findAddress(folder))?.token === token) await rm(placeIn(folder), { force: true });
}

/** Windows has no such ids, and a temporary folder for each person. */
const isOwn = ({ uid }: Stats): boolean => process.getuid === undefined || uid === process.getuid();
