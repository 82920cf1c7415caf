import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import type { Deps } from "../deps.ts";

/**
 * Tells a person alone: through the address that came with their call, else in a direct message.
 * `"instead"`: in place of the message that they clicked in.
 */
export async function tellPerson(
  { slack, log }: Deps,
  person: Person,
  responseUrl: string | undefined,
  message: Message,
  where: "beside" | "instead" = "beside",
): Promise<void> {
  if (responseUrl !== undefined) {
    const posted = await slack.respond(responseUrl, message, where);
    if (posted.kind === "sent") return;
  }
  if (!(await slack.isReached(person))) {
    log.error({}, "A person of another organisation could not be told");
    return;
  }
  const posted = await slack.post(person.userId, message);
  if (posted.kind !== "sent") log.error({ error: posted.error }, "A person could not be told");
}
