import type { KnownBlock, ModalView, StaticSelect } from "@slack/types";

/** The menus of a view that hold their lines themselves. */
export const menusOf = ({ blocks }: ModalView): readonly StaticSelect[] =>
  (blocks as readonly KnownBlock[])
    .flatMap((block): readonly { readonly type: string }[] =>
      block.type === "input" ? [block.element] : block.type === "actions" ? block.elements : [],
    )
    .filter((element): element is StaticSelect => element.type === "static_select");
