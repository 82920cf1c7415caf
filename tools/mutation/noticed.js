/** The change that a test of this process has noticed last. It is read by modules of both kinds. */
const NOTICED = Symbol.for("snapshot-bot.mutation.noticed");

/** The change on trial, or undefined while all is as it was. */
const onTrial = () => process.env.__STRYKER_ACTIVE_MUTANT__;

/** Keeps in mind that a test has noticed it: one is enough. */
export function note() {
  globalThis[NOTICED] = onTrial();
}

export const wasNoticed = () => onTrial() !== undefined && globalThis[NOTICED] === onTrial();
