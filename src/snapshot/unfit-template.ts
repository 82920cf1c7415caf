import type { NameTemplate } from "./name-template.ts";
import { NAME_LENGTH, type NameFault, nameFault } from "./rules.ts";

/** Why no snapshot could have a name that a template makes. */
export type UnfitTemplate =
  | NameFault
  /** Even the shortest name that it makes is too long. */
  | { readonly kind: "template-length"; readonly shortest: number };

/**
 * What is wrong with every name that a template makes, whatever stands in its placeholders; undefined
 * when there may be snapshots that it fits.
 */
export function unfitTemplate(template: NameTemplate): UnfitTemplate | undefined {
  const isFixed = template.every((part) => typeof part === "string");
  const shortest = filled(template, 1);
  const canGrow = template.some((part) => typeof part !== "string" && part.of !== "date");
  const isShort = [...shortest].length < NAME_LENGTH.min;
  const fault = nameFault(isShort && canGrow ? filled(template, NAME_LENGTH.min) : shortest);
  return fault?.kind === "name-length" && fault.length > NAME_LENGTH.max && !isFixed
    ? { kind: "template-length", shortest: fault.length }
    : fault;
}

/** A name that is as good as it can be where the template leaves it open. */
const filled = (template: NameTemplate, length: number): string =>
  template
    .map((part) =>
      typeof part === "string" ? part : part.of === "date" ? "2026-01-01" : "1".repeat(length),
    )
    .join("");
