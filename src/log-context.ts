import { AsyncLocalStorage } from "node:async_hooks";

type Facts = Readonly<Record<string, string>>;

const around = new AsyncLocalStorage<Record<string, string>>();

/** Whatever is logged while `work` goes on has these facts, and those that were there before. */
export const during = <T>(facts: Facts, work: () => T): T =>
  around.run({ ...around.getStore(), ...facts }, work);

/** From here on it has these facts, too; where nothing goes on that could have any, this does nothing. */
export const noteFacts = (facts: Facts): void => {
  const store = around.getStore();
  if (store !== undefined) Object.assign(store, facts);
};

/** What goes on now, in facts. */
export const factsNow = (): Facts => ({ ...around.getStore() });
