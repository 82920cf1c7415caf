import { expect } from "@jest/globals";
import { manifestIn } from "../../playground/page/manifest.ts";
import { defaultWorkspace } from "../../playground/slack/seed.ts";
import { type LocalSlack, type Person, people, startSlack } from "../../playground/slack/slack.ts";

/** The channel for the record, which the newcomer makes. */
export const RECORD = { id: "C0RECORD001", name: "snapshot-audit" } as const;

/** Whoever waits here waits for a process on a machine that may be busy. Milliseconds. */
const PATIENCE = 120_000;

/**
 * Makes the app of this manifest in a workspace where it is in no channel yet, and the newcomer a
 * channel for the record.
 */
export function makeApp(manifest: string, appScope: string): Promise<LocalSlack> {
  const { botName, scopes, features, commands } = manifestIn(manifest);
  const { bot, channels, ...workspace } = defaultWorkspace;
  const without = (members: readonly string[]) => members.filter((one) => one !== bot.userId);
  return startSlack({
    scopes,
    appScopes: [appScope],
    features,
    commands: commands.map(({ command }) => command),
    workspace: {
      ...workspace,
      bot: { ...bot, name: botName },
      channels: [
        // With the bot in person everybody can talk.
        ...channels.map((one) =>
          one.kind === "im" ? one : { ...one, members: without(one.members) },
        ),
        { ...RECORD, kind: "public", members: [people.ada, people.ben] },
      ],
    },
  });
}

/** Somebody who does in Slack what a page says, by the names that stand there in bold. */
export interface Reader {
  readonly person: Person;
  /** Waits until something is so. */
  until<T>(look: () => T, what: string): Promise<Exclude<T, undefined | null | false>>;
  /** Types a command of the page in #ops, and waits for the view of this title. */
  types(command: string, title: string): Promise<void>;
  /** Chooses a snapshot in the form by a part of its name. */
  picks(name: string): Promise<void>;
  fills(label: string, text: string): void;
  /** Presses the button of this name: in the view that is open, or in a message of #ops. */
  presses(name: string): Promise<void>;
  /** Waits until something of this name stands in the view that is open. @returns all of it */
  finds(name: string): Promise<string>;
  /** The same with other words. */
  sees(words: string): Promise<string>;
  /** Waits until this stands in a channel. @returns all that is said there */
  reads(channel: string, words: string): Promise<string>;
}

/** @param names what the page says in bold; `used` is told which of it was found. */
export function reader(
  slack: LocalSlack,
  name: string,
  names: readonly string[],
  used: Set<string>,
): Reader {
  const person = slack.person(name);
  const until: Reader["until"] = (look, what) => slack.until(look, what, PATIENCE);
  const named = (label: string): void => {
    expect(names).toContain(label);
    used.add(label);
  };
  const sees = (words: string): Promise<string> =>
    until(() => (person.modal?.text.includes(words) ? person.modal.text : undefined), words);
  return {
    person,
    until,
    sees,
    async finds(label) {
      named(label);
      return await sees(label);
    },
    async types(command, title) {
      await person.command("#ops", command);
      await until(() => person.modal?.title === title, `the view "${title}"`);
    },
    async picks(part) {
      const found = await slack.until(
        async () => (await person.suggestions("Snapshot", part))[0],
        `a snapshot like ${part} in the menu`,
        PATIENCE,
      );
      await person.choose("Snapshot", found, { typed: part });
      await sees("Its tags now");
    },
    fills(label, text) {
      named(label);
      person.fill(label, text);
    },
    async presses(label) {
      named(label);
      if (person.modal?.submitText !== label) return void (await person.press(label));
      const sent = await person.submit();
      expect(["updated", "closed"]).toContain(sent.outcome);
    },
    async reads(channel, words) {
      const all = (): string => person.sees(channel).join("\n");
      await until(() => all().includes(words), `"${words}" in ${channel}`);
      return all();
    },
  };
}
