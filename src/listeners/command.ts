import { commandFaultMessage, helpMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { parseCommand } from "../snapshot/command.ts";
import type { CommandCall } from "./adapters.ts";
import { openBulkForm } from "./bulk-form.ts";
import { openForm } from "./change-form.ts";
import { exportHistory } from "./export-history.ts";
import { lintSnapshots } from "./lint.ts";
import { listHistory } from "./list-history.ts";
import { listSnapshots } from "./list-snapshots.ts";
import { listPending } from "./lists.ts";
import { describeKey, disconnectKey, openConnect } from "./own-key.ts";
import { showSnapshot } from "./show.ts";
import { typedText } from "./slack-body.ts";

/** `/snapshot …`: reads the command and hands it on. */
export async function onCommand(deps: Deps, call: CommandCall): Promise<void> {
  const parsed = parseCommand(typedText(call.text));
  if (!parsed.ok) return call.reply(commandFaultMessage(parsed.problem));
  const { person, channelId, responseUrl, triggerId } = call;
  const { value: command } = parsed;
  switch (command.kind) {
    case "help":
      return call.reply(helpMessage());
    case "key":
      return call.reply(await describeKey(deps, person));
    case "disconnect":
      return call.reply(await disconnectKey(deps, person));
    case "show":
      await call.accept();
      return call.tell(await showSnapshot(deps, person, command));
    case "list":
      await call.accept();
      return call.tell(await listSnapshots(deps, person, command.filter));
    case "history":
      if (command.filter.export !== undefined) {
        return exportHistory(deps, call, command.filter, command.filter.export);
      }
      return call.reply(await listHistory(deps, person, command.filter));
    case "pending":
      await call.accept();
      return call.tell(await listPending(deps, person));
    case "lint":
      await call.accept();
      return call.tell(await lintSnapshots(deps, person, command.filter));
    case "connect": {
      await call.accept();
      const problem = await openConnect(deps, triggerId);
      return problem && call.tell(problem);
    }
    case "bulk": {
      await call.accept();
      const origin = { channelId, responseUrl, at: deps.clock.now() };
      const problem = await openBulkForm(deps, { person, origin, triggerId }, command.filter);
      return problem && call.tell(problem);
    }
    case "change": {
      await call.accept();
      const origin = { channelId, responseUrl, at: deps.clock.now() };
      const problem = await openForm(deps, person, origin, command, triggerId);
      return problem && call.tell(problem);
    }
    default:
      return command satisfies never;
  }
}
