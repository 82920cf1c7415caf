import type { PageState } from "../state.ts";
import type { Surface } from "./blocks/surface.ts";
import { Fields, type FieldsOf } from "./fields.ts";
import { act } from "./net.ts";
import { readerOf } from "./reader.ts";

/** What can be done with the blocks of a view or of a message. */
export function surfaceFor(state: PageState, id: string, of: FieldsOf): Surface {
  const fields = new Fields(of);
  const { as } = of;
  return {
    id,
    fields,
    reader: readerOf(state),
    press: async (block, action, entry) => {
      await fields.settle();
      const at = fields.at(block, action);
      return await act({ do: "press", as, at, ...(entry === undefined ? {} : { entry }) });
    },
    enter: async (block, action) => {
      await fields.settle();
      return await act({ do: "enter", as, at: fields.at(block, action) });
    },
    suggest: (block, action, typed) =>
      act({ do: "suggest", as, at: fields.at(block, action), typed }),
  };
}
