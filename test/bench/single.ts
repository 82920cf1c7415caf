import type { LocalSlack, Person } from "../../playground/slack/slack.ts";

/** A person gives one snapshot another name, up to the preview. */
export async function review(
  slack: LocalSlack,
  person: Person,
  channel: string,
  id: string,
  name: string,
): Promise<void> {
  await person.command(channel, `/snapshot ${id} --project 1186668 --region 148 --name ${name}`);
  await slack.until(() => person.modal?.title === "Change a snapshot", "the form");
  await person.submit();
  await slack.until(() => person.modal?.title === "Review the change", "the preview");
}

/** They agree to the preview that is open, and see that it is done. */
export async function agree(slack: LocalSlack, person: Person): Promise<void> {
  await person.submit();
  await slack.until(() => person.modal?.text.includes("Done."), "the outcome");
}
