import { type Judgement, judge } from "../approval/breaches.ts";
import { type Case, type Explanation, explain, type Policy } from "../approval/policy.ts";
import { breachWords } from "../blocks/breach-words.ts";
import { askedCase, CASE_OPTIONS, isRenamed } from "./asked-case.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { FILE_OPTION, policySource, sayFaults } from "./policy-source.ts";
import { announceWords, unmetWords, verdictWords } from "./policy-words.ts";
import { say, sayJson } from "./say.ts";

/** Which rule would decide on a change, and why not the ones before it? */
export const policyExplain: Command = {
  name: "policy explain",
  summary: "which rule would decide on a change, and why not the ones before it?",
  options: { file: FILE_OPTION, ...CASE_OPTIONS, json: JSON_OPTION },
  async run(given, world) {
    const asked = askedCase(given);
    const source = policySource(given, world);
    const isJson = given.flag("json");
    if ("faults" in source) return sayFaults(world, source, isJson);
    const explained = explain(source.policy, asked);
    const judged = judgedBy(source.policy, asked);
    if (isJson) sayJson(world, { ...asJson(explained, asked), tagRules: judged });
    else {
      say(world, asText(explained, asked));
      if (source.policy.tagRules.length > 0) say(world, tagRulesText(judged));
    }
    return 0;
  },
};

/** What the tag rules say; a new name that was not given is not judged. */
const judgedBy = ({ tagRules }: Policy, { snapshot, rows }: Case): Judgement =>
  judge(
    tagRules,
    snapshot,
    rows.filter((row) => !isRenamed(row)),
  );

function tagRulesText({ broken, standing }: Judgement): string {
  const listed = (breaches: Judgement["broken"]): string[] =>
    breaches.map((breach) => `- ${breachWords(breach)}`);
  return [
    ...(broken.length === 0
      ? ["Tag rules: the change breaks none."]
      : ["Tag rules: the change is refused, because it would break these:", ...listed(broken)]),
    ...(standing.length === 0
      ? []
      : [
          "Broken before the change and after it, which is no reason to refuse it:",
          ...listed(standing),
        ]),
  ].join("\n");
}

function asText({ passed, met }: Explanation, asked: Case): string {
  const lines = passed.map(
    ({ rule, unmet }, index) =>
      `${index + 1}. ${rule.name}\n   passed over: ${unmetWords(unmet, rule.when, asked)}`,
  );
  const hint =
    asked.rows.length === 0
      ? ["Nothing would change: the rules are judged as for a change that touches nothing.", ""]
      : [];
  if (met === undefined) {
    return [...hint, ...lines, "", "No rule is met: the change is refused."].join("\n");
  }
  return [
    ...hint,
    ...lines,
    `${passed.length + 1}. ${met.name}\n   met`,
    "",
    asSentence(`What it means: ${verdictWords(met.verdict)}`),
    `Announced: ${announceWords(met.announce)}.`,
  ].join("\n");
}

/** The reason for a no is a person's own words, which may end in a full stop. */
const asSentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

const asJson = ({ passed, met }: Explanation, asked: Case): object => ({
  ok: true,
  passed: passed.map(({ rule, unmet }) => ({
    rule: rule.name,
    unmet,
    because: unmetWords(unmet, rule.when, asked),
  })),
  met: met?.name ?? null,
  verdict: met?.verdict ?? null,
  announce: met?.announce ?? null,
});
