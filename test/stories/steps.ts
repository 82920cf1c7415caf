import type { Person } from "../../playground/slack/slack.ts";
import type { Bed } from "../bed.ts";

/** What a person types into the form, by label. */
export type Typed = Readonly<Record<string, string>>;

/** The place of the snapshot that most stories are about. */
export const PLACE = "--project 1186668 --region 148";

/** The command for a snapshot of the usual place. */
export const commandFor = (id: string, rest = ""): string =>
  `/snapshot ${id} ${PLACE} ${rest}`.trim();

/** Types a command and waits for the view that it opens. */
export async function open(bed: Bed, person: Person, command: string, channel = "#ops") {
  await person.command(channel, command);
  return await bed.slack.until(
    () => person.modal?.title !== "One moment" && person.modal,
    `the view that ${command} opens`,
  );
}

export function fill(person: Person, typed: Typed): void {
  for (const [label, text] of Object.entries(typed)) person.fill(label, text);
}

/** Chooses a snapshot in the form by its name, and waits until the form is filled from it. */
export async function pick(bed: Bed, person: Person, name: string): Promise<void> {
  await bed.slack.until(
    async () => (await person.suggestions("Snapshot", name)).includes(name),
    `the snapshot ${name} in the menu`,
  );
  await person.choose("Snapshot", name, { typed: name });
  await bed.slack.until(() => person.modal?.text.includes("Its tags now"), "the filled form");
}

/** Sends the form off, and waits until the bot has looked the snapshot up. @returns what is shown. */
export async function review(bed: Bed, person: Person): Promise<string> {
  const sent = await person.submit();
  if (sent.outcome !== "updated") throw new Error(`not taken: ${JSON.stringify(sent)}`);
  return await settled(bed, person);
}

/** Waits until nothing is being looked up any more. @returns what the person sees then. */
export async function settled(bed: Bed, person: Person): Promise<string> {
  return await bed.slack.until(
    () => person.modal !== undefined && person.modal.title !== "One moment" && person.modal.text,
    "the end of the looking up",
  );
}

/** Agrees to what is shown, and waits for the outcome. @returns what the person sees then. */
export async function apply(bed: Bed, person: Person): Promise<string> {
  await person.submit();
  return await bed.slack.until(() => {
    const text = person.modal?.text ?? "";
    return person.modal?.title === "Your change" && !text.includes("is on its way") && text;
  }, "the outcome");
}

/** From the command to the outcome. @returns what the person sees at the end. */
export async function change(
  bed: Bed,
  person: Person,
  command: string,
  typed: Typed = {},
  channel = "#ops",
): Promise<string> {
  await open(bed, person, command, channel);
  fill(person, typed);
  await review(bed, person);
  return await apply(bed, person);
}

/** Waits until that many messages that a person can see stand in a channel. @returns them, as lines. */
export async function said(bed: Bed, person: Person, channel: string, count = 1) {
  await bed.slack.until(
    () => bed.slack.messages(channel, { as: person.id }).length >= count,
    `${count} message(s) in ${channel}`,
  );
  return person.sees(channel).join("\n");
}

/** From the command to a request that waits for others. @returns what the person sees then. */
export async function askFor(
  bed: Bed,
  person: Person,
  id: string,
  typed: Typed,
  channel = "#ops",
): Promise<string> {
  await open(bed, person, commandFor(id), channel);
  fill(person, typed);
  await review(bed, person);
  if (person.modal?.submitText !== "Request approval") throw new Error("it needs no approval");
  await person.submit();
  await bed.said();
  return person.modal?.text ?? "";
}

/** Does something and waits for the view of this title. @returns what stands in it. */
export async function titled(
  bed: Bed,
  person: Person,
  title: string,
  act: () => Promise<unknown>,
): Promise<string> {
  await act();
  await bed.slack.until(() => person.modal?.title === title, `the view "${title}"`);
  return person.modal?.text ?? "";
}

/** Everything in #ops, as a person reads it: the card of a request before all. */
export const cardOf = (person: Person): string => person.sees("#ops").join("\n");

/** Waits until a person reads these words in a channel. @returns everything there. */
export async function reads(
  bed: Bed,
  person: Person,
  words: string,
  channel = "#ops",
): Promise<string> {
  const seen = (): string => person.sees(channel).join("\n");
  await bed.slack.until(() => seen().includes(words), `the words "${words}" in ${channel}`);
  return seen();
}
