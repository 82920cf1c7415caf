import type { TagRule } from "../approval/tag-rules.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { FILE_OPTION, policySource, sayFaults } from "./policy-source.ts";
import { conditionWords, verdictWords } from "./policy-words.ts";
import { say, sayJson } from "./say.ts";
import { tagRuleWords } from "./tag-rule-words.ts";

/** Is the policy file right, and what does it say? */
export const policyCheck: Command = {
  name: "policy check",
  summary: "is the policy file right, and what does it say?",
  options: { file: FILE_OPTION, json: JSON_OPTION },
  async run(given, world) {
    const source = policySource(given, world);
    const isJson = given.flag("json");
    if ("faults" in source) return sayFaults(world, source, isJson);
    const { rules, tagRules, bulk } = source.policy;
    if (isJson) sayJson(world, { ok: true, rules, tagRules, bulk });
    else {
      say(
        world,
        [
          `${source.file}: no fault. The first rule that a change meets decides; a change that meets none is refused.`,
          ...rules.map(
            ({ name, when, verdict }, index) =>
              `${index + 1}. ${name}\n   ${conditionWords(when)}: ${verdictWords(verdict)}`,
          ),
          ...(tagRules.length === 0
            ? []
            : ["Tag rules, all of which hold together:", ...tagRules.map(numbered)]),
          `Most snapshots in one plan: ${amount(bulk.most)}; in all open plans of one person: ${amount(bulk.mostPerPerson)}.`,
        ].join("\n"),
      );
    }
    return 0;
  },
};

const numbered = (rule: TagRule, index: number): string => `${index + 1}. ${tagRuleWords(rule)}`;

const amount = (count: number): string => count.toLocaleString("en");
