import type { FirstHand, Refused, UndeliveredNotice } from "../../src/approval/notice.ts";
import { BEN, CHANNEL, PERSON } from "./requests.ts";
import { CHECKPOINT } from "./samples.ts";

/** Word of each thing that Slack may refuse. */
export function undeliveredOf(refused: Refused): Readonly<Record<string, UndeliveredNotice>> {
  const of = { requestId: "request-1", state: "applied", target: CHANNEL } as const;
  const things: readonly FirstHand[] = [
    { ...of, kind: "card" },
    { ...of, kind: "invitation", target: BEN.userId },
    { ...of, kind: "reminder", nth: 1 },
    { ...of, kind: "summary" },
    { ...of, kind: "announcement" },
    { ...of, kind: "word", target: PERSON.userId },
    { kind: "refusal", id: "refusal-1", target: CHANNEL, refused },
    { kind: "checkpoint", target: CHANNEL, checkpoint: CHECKPOINT },
  ];
  return Object.fromEntries(
    ["not_in_channel", "is_archived"].flatMap((error) =>
      things.map((thing) => [
        `${thing.kind}, ${error}`,
        { kind: "undelivered", target: CHANNEL, of: thing, error },
      ]),
    ),
  );
}
