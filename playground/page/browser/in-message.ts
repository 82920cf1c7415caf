import type { PageChannel, PageMessage, PageState } from "../state.ts";
import type { Surface } from "./blocks/surface.ts";
import { act } from "./net.ts";
import { notice } from "./notice.ts";
import { readerOf } from "./reader.ts";

/** What can be done with the blocks of a message. */
export const inMessage = (
  state: PageState,
  channel: PageChannel,
  message: PageMessage,
): Surface => {
  const where = { as: state.me.name, channel: channel.id, ts: message.ts };
  return {
    id: `m${message.ts.replace(".", "-")}`,
    reader: readerOf(state),
    names: state.names,
    values: {},
    press: (action, text) => act({ do: "press-in", ...where, action, text }),
    choose: (block, action, options) =>
      act({ do: "choose-in", ...where, block, action, options: [...options] }),
    type: () => notice("Nothing can be typed into a message."),
    enter: () => undefined,
    suggest: () => Promise.resolve({ options: [] }),
  };
};
