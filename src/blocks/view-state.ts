/** What Slack says of the inputs of a view: by block, then by action. */
export type ViewState = Readonly<Record<string, Readonly<Record<string, InputState>>>>;

interface InputState {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value?: string | undefined } | null | undefined;
  readonly selected_options?: readonly { readonly value?: string | undefined }[] | null | undefined;
}

/** The text of an input whose block and action have the same id; empty when nothing was typed. */
export const readText = (state: ViewState, id: string): string => state[id]?.[id]?.value ?? "";

/** Whether the only checkbox of an input is ticked. */
export const readTicked = (state: ViewState, id: string): boolean =>
  (state[id]?.[id]?.selected_options ?? []).length > 0;

/** The value of what was chosen in a menu; empty when nothing was. */
export const readChoice = (state: ViewState, id: string): string =>
  state[id]?.[id]?.selected_option?.value ?? "";
