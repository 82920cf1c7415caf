import type { PageState } from "../state.ts";
import { avatar } from "./avatar.ts";
import { byId, h, redraw } from "./dom.ts";
import { go } from "./place.ts";

/** Everybody that one can be, one click away. */
export function drawPeople({ people, me }: PageState): void {
  redraw(byId("people"), [people, me.id], () =>
    people.map((person) => {
      const isMe = person.id === me.id;
      const waiting = !isMe && person.unread > 0;
      return h(
        "button",
        {
          type: "button",
          id: `be-${person.name}`,
          class: "person",
          "aria-pressed": isMe ? "true" : "false",
          onclick: () => go({ person: person.name, channel: "" }),
        },
        avatar(person.realName),
        h(
          "span",
          { class: "who" },
          h("b", {}, person.realName.split(" ")[0] ?? person.name),
          h("span", { class: "part" }, person.part),
        ),
        waiting && h("span", { class: "badge" }, `${person.unread}`, unseen(" unread")),
      );
    }),
  );
  const pressed = byId("people").querySelector('[aria-pressed="true"]');
  pressed?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const unseen = (words: string): HTMLElement => h("span", { class: "unseen" }, words);
