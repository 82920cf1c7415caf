import type { Breach, Result } from "../problem.ts";
import { err } from "../problem.ts";
import type { Wish } from "../snapshot/change.ts";
import {
  type FormInput,
  type InputFault,
  type InputFaults,
  placeIn,
} from "../snapshot/form-input.ts";
import {
  allowed,
  allowedValues,
  type Demands,
  demandsIn,
  fitsOne,
  type TagRule,
} from "./tag-rules.ts";

/**
 * What was read from the form, or what the tag rules have against it, as far as that can be known
 * without the snapshot. Whatever depends on it is judged when it was looked up.
 */
export function heldToRules(
  rules: readonly TagRule[],
  input: FormInput,
  read: Result<Wish, InputFaults>,
): Result<Wish, InputFaults> {
  if (!read.ok) return withChoices(demandsIn(rules, placeIn(input)), read);
  const { ref, change } = read.value;
  const { name, set, remove } = change;
  const demands = demandsIn(rules, { ...ref, name });
  const found: Record<"name" | "set" | "remove", Breach | undefined> = {
    name: name === undefined ? undefined : nameBreach(demands, name),
    set: set
      .map((tag) => guarded(demands, tag.key) ?? valueBreach(demands, tag.key, tag.value))
      .find((breach) => breach !== undefined),
    remove: remove.map((key) => guarded(demands, key)).find((breach) => breach !== undefined),
  };
  const faults = Object.entries(found).flatMap(([field, breach]): [string, InputFault][] =>
    breach === undefined ? [] : [[field, { kind: "breach", breach }]],
  );
  return faults.length === 0 ? read : err(Object.fromEntries(faults));
}

/** A tag without a value is told what its value may be. */
function withChoices(
  demands: Demands,
  read: { readonly ok: false; readonly problem: InputFaults },
): { readonly ok: false; readonly problem: InputFaults } {
  const { set } = read.problem;
  if (set?.kind !== "value-empty") return read;
  const { key } = set;
  const values = allowedValues(demands, key);
  if (values === null && !demands.required.includes(key)) return read;
  const breach: Breach = { kind: "tag-value", key, value: "", values };
  return err({ ...read.problem, set: { kind: "breach", breach } });
}

const nameBreach = ({ names }: Demands, name: string): Breach | undefined =>
  names.every((patterns) => fitsOne(patterns, name))
    ? undefined
    : { kind: "name-unlike", name, patterns: allowed(names) ?? [] };

const guarded = (demands: Demands, key: string): Breach | undefined =>
  fitsOne(demands.protected, key) ? { kind: "tag-protected", key } : undefined;

const valueBreach = (demands: Demands, key: string, value: string): Breach | undefined =>
  (demands.values.get(key) ?? []).every((list) => fitsOne(list, value))
    ? undefined
    : { kind: "tag-value", key, value, values: allowedValues(demands, key) };
