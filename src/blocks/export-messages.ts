import { counted } from "./amounts.ts";
import { type Message, message, paragraph } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

/** What has become of an export. */
export type ExportState =
  | { readonly kind: "making" }
  /** So many requests are in the file; `isCut`: there are more, which are not. */
  | { readonly kind: "sent"; readonly count: number; readonly isCut: boolean }
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly error: string };

/** The answer to whoever asked for an export, at once. */
export const exportBegunMessage = (): Message =>
  message(["I am gathering the history. It comes as a file in a direct message from me."]);

/** The direct message beside the file. `words` are those that it was asked for with. */
export function exportMessage(words: string, state: ExportState): Message {
  const what: Phrase = [{ code: clip(`/snapshot history ${words}`, 300) }];
  switch (state.kind) {
    case "making":
      return message(["I am gathering the history for ", ...what, ". The file comes here."]);
    case "nothing":
      return message(["Nothing that you may see fits ", ...what, ". There is no file."]);
    case "sent":
      return message(
        [
          counted(state.count, "request"),
          state.count === 1 ? " for " : ", the newest first, for ",
          ...what,
          ".",
        ],
        ...(state.isCut
          ? [
              paragraph([
                "There are more, which are not in the file. Ask for the older ones with ",
                { code: "until:" },
                ".",
              ]),
            ]
          : []),
      );
    case "refused":
      return message(
        ["I could not send you the file for ", ...what, "."],
        paragraph([
          "Slack says: ",
          { code: clip(state.error, 100) },
          ". ",
          state.error === "missing_scope"
            ? "Tell whoever runs this bot that it needs the scope files:write."
            : "Ask for it again in a minute.",
        ]),
      );
    default:
      return state satisfies never;
  }
}
