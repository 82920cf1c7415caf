import { readFileSync } from "node:fs";
import { readPolicy } from "../approval/policy-file.ts";
import { type Given, type Option, type World, WrongUsage } from "./command.ts";
import { say, sayJson } from "./say.ts";

export const FILE_OPTION: Option = {
  type: "string",
  value: "FILE",
  help: "the policy file; by default POLICY_FILE",
};

/** The policy, or all that is wrong with its file. */
export type PolicySource = { readonly file: string } & ReturnType<typeof readPolicy>;

/** Reads the policy file that was named. @throws WrongUsage when none was. */
export function policySource(given: Given, { environment }: World): PolicySource {
  const file = given.text("file") || environment.POLICY_FILE;
  if (!file) {
    throw new WrongUsage(
      "Name the policy with --file or POLICY_FILE. Without one, the requester confirms.",
    );
  }
  try {
    return { file, ...readPolicy(readFileSync(file, "utf8")) };
  } catch {
    return { file, faults: ["the file cannot be read."] };
  }
}

/** Says what is wrong with a file. @returns the exit code for that */
export function sayFaults(
  world: World,
  { file, faults }: { readonly file: string; readonly faults: readonly string[] },
  isJson: boolean,
): 1 {
  const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  if (isJson) sayJson(world, { ok: false, faults });
  else say(world, [`${file}: ${count}`, ...faults].join("\n"));
  return 1;
}
