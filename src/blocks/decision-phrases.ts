import type { ChangeRequest } from "../approval/change-request.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

/** Who decided what, by which rule, and when; nothing while that is open. */
export function decisionPhrases(request: ChangeRequest): readonly Phrase[] {
  const { rule, requester, approvals } = request;
  if (rule.verdict.kind !== "approve") {
    return "decidedAt" in request
      ? [
          [
            "Agreed to by ",
            { person: requester.userId },
            ` (${clip(rule.name, 100)}), `,
            { date: request.decidedAt },
          ],
        ]
      : [];
  }
  const approved = approvals.map(
    ({ by, at, comment }): Phrase => [
      "Approved by ",
      { person: by.userId },
      ", ",
      { date: at },
      ...(comment === null ? [] : [": ", clip(comment, 200)]),
    ],
  );
  const lapsed = (request.lapsed ?? []).map(
    ({ by, at }): Phrase => [
      "Does not count any more: the approval of ",
      { person: by.userId },
      ", ",
      { date: at },
      ". They may no longer approve.",
    ],
  );
  const ended = endPhrase(request);
  return [...approved, ...lapsed, ...(ended === undefined ? [] : [ended])];
}

/** How it ended without an approval. */
function endPhrase(request: ChangeRequest): Phrase | undefined {
  switch (request.state) {
    case "rejected": {
      const { by, at } = request.rejection;
      return ["Rejected by ", { person: by.userId }, ", ", { date: at }];
    }
    case "withdrawn":
      return [
        "Withdrawn by ",
        { person: request.requester.userId },
        ", ",
        { date: request.endedAt },
      ];
    case "expired":
      return ["Expired ", { date: request.endedAt }];
    default:
      return undefined;
  }
}
