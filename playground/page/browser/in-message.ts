import type { PageMessage, PageState } from "../state.ts";
import type { Surface } from "./blocks/surface.ts";
import { surfaceFor } from "./use.ts";

/** What can be done in a message. `region` tells apart the places in which one may be shown. */
export const inMessage = (
  state: PageState,
  region: string,
  channel: string,
  { ts }: PageMessage,
): Surface =>
  surfaceFor(state, `${region}-${ts.replace(".", "-")}`, { as: state.me.name, channel, ts });
