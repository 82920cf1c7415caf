/** One call as it was seen from outside. `returned` is null where the answer never came. */
export interface Call<Act, Answer> {
  readonly act: Act;
  readonly called: number;
  readonly returned: number | null;
  readonly answer: Answer | null;
}

/** What one call does when it is alone, and what it answers then. */
export type Spec<State, Act, Answer> = (
  state: State,
  act: Act,
) => { readonly state: State; readonly answer: Answer };

/**
 * Whether there is an order, one call after the other, in which each call gives the answer that was
 * seen, and none comes before one that had ended when it began (Wing and Gong, 1993). A call whose
 * answer never came may have had its effect at any time after it began, or never.
 */
export function isLinearizable<State, Act, Answer>(
  calls: readonly Call<Act, Answer>[],
  initial: State,
  spec: Spec<State, Act, Answer>,
): boolean {
  if (calls.every(({ returned }) => returned === null)) return true;
  const firstReturn = Math.min(
    ...calls.map(({ returned }) => returned ?? Number.POSITIVE_INFINITY),
  );
  return calls.some((call, index) => {
    if (call.called > firstReturn) return false;
    const { state, answer } = spec(initial, call.act);
    const isAsSeen =
      call.returned === null || JSON.stringify(answer) === JSON.stringify(call.answer);
    return isAsSeen && isLinearizable(calls.toSpliced(index, 1), state, spec);
  });
}
