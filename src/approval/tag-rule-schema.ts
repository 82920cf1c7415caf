import { z } from "zod";
import { keyFault, nameFault, valueFault } from "../snapshot/rules.ts";
import { oneOrMore, pattern, patternsByKey, placeCondition } from "./condition-schema.ts";
import { isExact, type TagRule } from "./tag-rules.ts";

/** Most values that are named for one tag: more than this nobody reads. */
const MOST_VALUES = 100;

const NO_KEY = "is no key that people can give a tag";
const ASKS_NOTHING = "asks for nothing: give it required, values, protected, most_tags or name";
const requiredKey = z
  .string("is to be the key of a tag")
  .refine((key) => keyFault(key) === undefined, NO_KEY);

const MOST_TAGS = "is to be a whole number from 1 to 1000";

/** One of the `tag_rules` of a policy file. */
export const tagRule = z
  .strictObject(
    {
      when: placeCondition.default({}),
      required: oneOrMore(requiredKey).optional(),
      values: patternsByKey.optional(),
      protected: oneOrMore(pattern).optional(),
      most_tags: z.int(MOST_TAGS).min(1, MOST_TAGS).max(1000, MOST_TAGS).optional(),
      name: oneOrMore(pattern).optional(),
    },
    "is to be a tag rule, such as required: team",
  )
  // Not in a refinement: those also see what was found to be wrong before.
  .transform((given, context): TagRule => {
    for (const { path, message } of faultsOf(given)) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
    const { when, required, values, protected: guarded, most_tags: mostTags, name } = given;
    return {
      when,
      required: [...new Set(required)],
      values: values ?? [],
      protected: [...new Set(guarded)],
      mostTags: mostTags ?? null,
      names: name ?? null,
    };
  });

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

/** What is wrong with parts that are right each by itself. */
function faultsOf(given: {
  readonly required?: readonly string[] | undefined;
  readonly values?: TagRule["values"] | undefined;
  readonly protected?: readonly string[] | undefined;
  readonly most_tags?: number | undefined;
  readonly name?: readonly string[] | undefined;
}): Fault[] {
  const { required, values, protected: guarded, most_tags: mostTags, name } = given;
  const asksNothing = [required, values, guarded, mostTags, name].every((one) => one === undefined);
  const needed = new Set(required).size;
  const wrongName = name?.find((one) => isExact(one) && nameFault(one) !== undefined);
  return [
    ...(asksNothing ? [{ path: [], message: ASKS_NOTHING }] : []),
    ...(values ?? []).flatMap((one) =>
      valueFaults(one).map((message) => ({ path: ["values", one.key], message })),
    ),
    ...(wrongName === undefined
      ? []
      : [
          { path: ["name"], message: `has ${JSON.stringify(wrongName)}, no name that Gcore takes` },
        ]),
    ...(mostTags !== undefined && mostTags < needed
      ? [{ path: ["most_tags"], message: `is less than the ${needed} tags that are required` }]
      : []),
  ];
}

function valueFaults({ key, values }: TagRule["values"][number]): string[] {
  const wrong = values.find((one) => isExact(one) && valueFault(key, one) !== undefined);
  return [
    ...(keyFault(key) === undefined ? [] : [NO_KEY]),
    ...(values.length > MOST_VALUES ? [`has more than ${MOST_VALUES} values`] : []),
    ...(wrong === undefined ? [] : [`has ${JSON.stringify(wrong)}, no value that Gcore takes`]),
  ];
}
