/** What Slack says of the inputs of a view: by block, then by action. */
export type ViewState = Readonly<Record<string, Readonly<Record<string, InputState>>>>;

interface InputState {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value?: string | undefined } | null | undefined;
  readonly selected_options?: readonly Option[] | null | undefined;
}

interface Option {
  readonly value?: string | undefined;
  readonly text?: { readonly text?: string | undefined } | undefined;
}

/** An input by its action; its block has another id each time that it is filled anew. */
const inputOf = (state: ViewState, actionId: string): InputState | undefined =>
  Object.values(state).find((block) => Object.hasOwn(block, actionId))?.[actionId];

/** The block in which an input stands now. */
export const blockOf = (state: ViewState, actionId: string): string | undefined =>
  Object.keys(state).find((blockId) => Object.hasOwn(state[blockId] ?? {}, actionId));

/** The text of an input; empty when nothing was typed. */
export const readText = (state: ViewState, actionId: string): string =>
  inputOf(state, actionId)?.value ?? "";

/** The value of the option that was chosen in a menu; empty when none was. */
export const readOption = (state: ViewState, actionId: string): string =>
  inputOf(state, actionId)?.selected_option?.value ?? "";

/** The values of all options that were chosen; undefined when it is no input of that kind. */
export const readOptions = (state: ViewState, actionId: string): readonly string[] | undefined =>
  inputOf(state, actionId)?.selected_options?.map(({ value }) => value ?? "");

/** All options that were chosen in a menu, and what they were called there. */
export const readChosen = (
  state: ViewState,
  actionId: string,
): readonly { readonly value: string; readonly label: string }[] =>
  (inputOf(state, actionId)?.selected_options ?? []).map(({ value, text }) => ({
    value: value ?? "",
    label: text?.text ?? "",
  }));

/** Whether the only checkbox of an input is ticked. */
export const readTicked = (state: ViewState, actionId: string): boolean =>
  (readOptions(state, actionId) ?? []).length > 0;
