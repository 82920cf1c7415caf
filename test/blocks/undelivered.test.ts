import { describe, expect, test } from "@jest/globals";
import { plainOf } from "../../src/blocks/phrase.ts";
import { detourPhrase, undeliveredMessage } from "../../src/blocks/undelivered.ts";
import { approvedOf } from "../approval/samples.ts";

const CHANNEL = "C0OPS000001";
const wordOf = (target: string, error: string, request = approvedOf()): string =>
  undeliveredMessage(
    {
      ...{ kind: "undelivered", target: CHANNEL, error },
      of: { kind: "summary", requestId: request.id, state: "applied", target },
    },
    request,
  ).text;

describe("That Slack does not take something is told", () => {
  test.each([
    ["a channel, whatever letters its id has", "C0U0W00000D", "<#C0U0W00000D>"],
    ["a person", "U0BEN000001", "<@U0BEN000001>"],
    ["a person of another workspace", "W0BEN000001", "<@W0BEN000001>"],
    ["a direct message, which has no name", "D0BEN000001", "that conversation"],
  ])("of %s", (_, target, shown) => {
    expect(wordOf(target, "is_archived")).toBe(
      "I could not post the summary of the change of snapshot nightly in " +
        `${shown} (Slack says: is_archived). ` +
        "Tell whoever runs this bot. I keep trying; nothing is lost.",
    );
  });

  test("also of a request that is no longer kept", () => {
    const of = { kind: "card", requestId: "gone", state: "pending", target: CHANNEL } as const;
    const notice = { kind: "undelivered", target: CHANNEL, error: "is_archived", of } as const;
    expect(undeliveredMessage(notice, undefined).text).toContain(
      "I could not show the request for the change of a snapshot in <#C0OPS000001> ",
    );
  });

  test.each(["not_in_channel", "channel_not_found"])("with what mends it: %s", (error) => {
    expect(wordOf(CHANNEL, error)).toContain(
      `(Slack says: ${error}). Invite me there, or tell whoever runs this bot. I keep trying`,
    );
    expect(plainOf(detourPhrase({ target: CHANNEL, error }))).toBe(
      `I could not post in ${CHANNEL} (Slack says: ${error}), so I tell you here. ` +
        "Invite me there for the next time.",
    );
  });

  test.each(["U0BEN000001", "D0BEN000001"])(
    "without asking for an invitation into a conversation of two: %s",
    (target) => {
      expect(wordOf(target, "channel_not_found")).toContain(
        "(Slack says: channel_not_found). Tell whoever runs this bot.",
      );
      expect(plainOf(detourPhrase({ target, error: "channel_not_found" }))).toMatch(
        /\(Slack says: channel_not_found\), so I tell you here\.$/,
      );
    },
  );
});
