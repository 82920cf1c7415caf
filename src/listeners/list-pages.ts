import { readPageValue } from "../blocks/list-frame.ts";
import { commandFaultMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { parseCommand } from "../snapshot/command.ts";
import type { Click } from "./adapters.ts";
import { lintSnapshots } from "./lint.ts";
import { listSnapshots } from "./list-snapshots.ts";
import { tellPerson } from "./tell.ts";

/** What somebody wants to see refreshed may be so old, in milliseconds. */
const REFRESHED = 2_000;

/** Turns the page, in place of the one that the button stands in. */
export const turnListPage = (deps: Deps, click: Click): Promise<undefined> =>
  showPage(deps, click, undefined);

/** The same page as it is now. */
export const refreshList = (deps: Deps, click: Click): Promise<undefined> =>
  showPage(deps, click, REFRESHED);

async function showPage(deps: Deps, click: Click, fresh: number | undefined): Promise<undefined> {
  const { person, responseUrl } = click;
  const { from, text } = readPageValue(click.value);
  const parsed = parseCommand(text);
  const shown =
    parsed.ok && parsed.value.kind === "list"
      ? await listSnapshots(deps, person, parsed.value.filter, from, fresh)
      : parsed.ok && parsed.value.kind === "lint"
        ? await lintSnapshots(deps, person, parsed.value.filter, from, fresh)
        : // What a newer or an older bot wrote, perhaps.
          commandFaultMessage({ kind: "word", word: text, usage: "list" });
  await tellPerson(deps, person, responseUrl, shown, "instead");
}
