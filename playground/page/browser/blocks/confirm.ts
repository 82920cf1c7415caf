import type { JsonObject } from "../../../slack/json.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { h } from "../dom.ts";
import { drawText, wordsOf } from "./text.ts";

/** Asks the question that stands before an action. */
export function isAgreed(confirm: JsonObject, reader: Reader): Promise<boolean> {
  return new Promise((done) => {
    const dialog = h(
      "dialog",
      { class: "confirm", "aria-labelledby": "confirm-title" },
      h(
        "form",
        { method: "dialog" },
        h("h2", { id: "confirm-title" }, wordsOf(confirm.title)),
        h("p", { class: "text" }, ...drawText(confirm.text, reader)),
        h(
          "footer",
          {},
          h("button", { class: "button", value: "no" }, wordsOf(confirm.deny)),
          h(
            "button",
            {
              class: confirm.style === "danger" ? "button danger" : "button primary",
              value: "yes",
            },
            wordsOf(confirm.confirm),
          ),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
