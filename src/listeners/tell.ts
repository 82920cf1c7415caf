import type { Message } from "../blocks/kit.ts";
import type { Deps } from "../deps.ts";

/**
 * Tells a person alone: through the address that came with their call, else in a direct message.
 * `"instead"`: in place of the message that they clicked in.
 */
export async function tellPerson(
  { slack, log }: Deps,
  userId: string,
  responseUrl: string | undefined,
  message: Message,
  where: "beside" | "instead" = "beside",
): Promise<void> {
  if (responseUrl !== undefined) {
    const posted = await slack.respond(responseUrl, message, where);
    if (posted.kind === "sent") return;
  }
  const posted = await slack.post(userId, message);
  if (posted.kind !== "sent") log.error({ error: posted.error }, "A person could not be told");
}
