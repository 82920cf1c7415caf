import type { Person } from "../../playground/slack/slack.ts";
import type { Bed } from "../bed.ts";
import { fill, open, reads, settled, type Typed } from "./steps.ts";

/** What a person writes into the form for many, by label. */
export type Wished = Typed;

/** From the command to the plan. @returns what the person sees then. */
export async function planned(
  bed: Bed,
  person: Person,
  wished: Wished,
  channel = "#ops",
): Promise<string> {
  await open(bed, person, "/snapshot bulk", channel);
  fill(person, wished);
  const sent = await person.submit();
  if (sent.outcome !== "updated") throw new Error(`not taken: ${JSON.stringify(sent)}`);
  return await settled(bed, person);
}

/** Agrees to the plan, and waits until these words are read. @returns everything there. */
export async function runTo(bed: Bed, person: Person, words: string): Promise<string> {
  await person.submit();
  return await reads(bed, person, words);
}

/** Opens the plan snapshot by snapshot. @returns what the person sees then. */
export async function planOf(bed: Bed, person: Person): Promise<string> {
  await person.press("See each snapshot");
  await bed.slack.until(() => person.modal?.title === "Each snapshot", "each snapshot");
  return person.modal?.text ?? "";
}

/** The part of a plan that is shown, as the menu names it. */
export const partIn = (shown: string): string => /\[(.*) ▾\]/.exec(shown)?.[1] ?? "";
