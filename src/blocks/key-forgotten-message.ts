import type { KeyForgottenNotice } from "../approval/notice.ts";
import { actions, button, type Message, message, paragraph } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { CONNECT_ACTION } from "./replies.ts";
import { clip } from "./visible.ts";

/** Word to the owner of a key that is kept no longer. */
export const keyForgottenMessage = (notice: KeyForgottenNotice): Message =>
  message(
    [
      "I have forgotten your Gcore API key ",
      { bold: clip(notice.tokenName ?? notice.tokenId, 100) },
      ...reasonOf(notice),
    ],
    paragraph([
      notice.why === "unused"
        ? "It still works in Gcore: delete it there if you do not need it. To change snapshots again, connect a key."
        : "To change snapshots again, make a new key in the Gcore portal and connect it here.",
    ]),
    actions("forgotten-actions", button(CONNECT_ACTION, "Connect a key")),
  );

function reasonOf({ why, since }: KeyForgottenNotice): Phrase {
  switch (why) {
    case "expired":
      return [": it expired ", { date: since }, "."];
    case "unused":
      return [": you last used it ", { date: since }, "."];
    default:
      return why satisfies never;
  }
}
