import type { KeyScope } from "../approval/key-scope.ts";
import type { KeyExpiryNotice } from "../approval/notice.ts";
import { actions, button, type Message, message, paragraph } from "./kit.ts";
import { CONNECT_ACTION } from "./replies.ts";
import { clip } from "./visible.ts";

/** Word to the owner of a key that it ends soon, while they can still do something about it. */
export const keyExpiryMessage = (
  { expiresAt, left }: KeyExpiryNotice,
  { tokenName, tokenId }: KeyScope,
): Message =>
  message(
    [
      "Your Gcore API key ",
      { bold: clip(tokenName ?? tokenId, 100) },
      ` expires in less than ${SPANS[left]}: `,
      { date: expiresAt },
      ".",
    ],
    paragraph([
      "After that I can do nothing with it, not even what was approved before. Make a new key in the Gcore portal and connect it here.",
    ]),
    actions("expiry-actions", button(CONNECT_ACTION, "Connect a new key")),
  );

const SPANS: Readonly<Record<KeyExpiryNotice["left"], string>> = {
  week: "a week",
  day: "a day",
  hour: "an hour",
};
