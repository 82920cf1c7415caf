import type { ModalView } from "@slack/types";
import { bulkFormErrors, bulkFormView } from "../../src/blocks/bulk-form-view.ts";
import { ruleHints } from "../../src/blocks/rule-hints.ts";
import { type BulkInput, EMPTY_BULK, readBulkForm } from "../../src/snapshot/bulk-input.ts";
import { EMPTY_FORM, FIELD_LENGTH } from "../../src/snapshot/form-input.ts";
import { type Foreign, textsOf } from "./foreign.ts";
import type { problemsWith } from "./problems.ts";
import { ID, tagRulesWith } from "./samples.ts";

const DRAFT_ID = "x".repeat(32);

/** A form for many that somebody has filled. */
const bulkInputWith = (foreign: Foreign): BulkInput => ({
  filter: foreign.text(FIELD_LENGTH, "tag:team=payments older:30d"),
  picked: textsOf(foreign, 75, ["nightly db backup", "before the upgrade"])
    .slice(0, 100)
    .map((label, at) => ({ value: `1186668/148/${idOf(at)}`, label })),
  pasted: foreign.text(FIELD_LENGTH, `${idOf(7)}\n1186668/148/${idOf(8)}`),
  name: foreign.text(FIELD_LENGTH, "{volume}-{date}"),
  set: foreign.text(FIELD_LENGTH, "environment=staging\nowner=Ada Lovelace"),
  remove: foreign.text(FIELD_LENGTH, "cost_center"),
  clear: true,
  reason: foreign.text(FIELD_LENGTH, "Upgrade on Monday"),
});

/** One in which no field can be taken. */
const faultyInputWith = ({ text }: Foreign): BulkInput => ({
  filter: `older:${text(500, "soon").replaceAll(/["'\\\s]/g, "-")}`,
  picked: [{ value: "gone", label: text(75, "nightly db backup") }],
  pasted: text(FIELD_LENGTH, "nightly-db"),
  name: `${text(40, "db").replaceAll(/[{}]/g, "")}-{${text(500, "id").replaceAll(/[{}]/g, "")}}`,
  set: text(FIELD_LENGTH, "staging"),
  remove: `a b${text(255, "c")}`,
  clear: false,
  reason: "why ".repeat(200),
});

/** Cases in which the form is shown again, and what stands in it. */
const refused = (foreign: Foreign): Readonly<Record<string, BulkInput>> => ({
  "with faults": faultyInputWith(foreign),
  "with nothing chosen or asked": EMPTY_BULK,
});

/** The form for many. */
export const bulkFormsWith = (
  foreign: Foreign,
  problems: ReturnType<typeof problemsWith>,
): Readonly<Record<string, ModalView>> => ({
  empty: bulkFormView({ id: DRAFT_ID, input: EMPTY_BULK }),
  typed: bulkFormView({ id: DRAFT_ID, input: bulkInputWith(foreign) }),
  "with tag rules": bulkFormView(
    { id: DRAFT_ID, input: EMPTY_BULK },
    { hints: ruleHints(tagRulesWith(foreign), EMPTY_FORM) },
  ),
  "with too many chosen": bulkFormView(
    { id: DRAFT_ID, input: { ...EMPTY_BULK, filter: "name:*" } },
    { problem: problems["bulk-too-many"] },
  ),
  ...Object.fromEntries(
    Object.entries(refused(foreign)).map(([name, input]) => [
      name,
      bulkFormView({ id: DRAFT_ID, input }),
    ]),
  ),
});

/** What stands under its fields in these cases. */
export const bulkErrorsWith = (
  foreign: Foreign,
): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  Object.fromEntries(
    Object.entries(refused(foreign)).map(([name, input]) => {
      const read = readBulkForm(input);
      return [name, read.ok ? {} : bulkFormErrors(read.problem, {})];
    }),
  );

const idOf = (at: number): string => ID.replace(/^..../, String(1000 + at));
