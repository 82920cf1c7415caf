import type { Problem, ProjectName } from "../problem.ts";
import type { Phrase } from "./phrase.ts";
import { commas, type ProblemWords, quote, says } from "./problem-pieces.ts";

const CONNECT: Phrase = ["Connect a key with ", { code: "/snapshot connect" }, "."];
const CONNECT_AGAIN: Phrase = ["Connect another one with ", { code: "/snapshot connect" }, "."];

type KeyProblem = Extract<
  Problem,
  {
    readonly kind:
      | "no-key"
      | "key-malformed"
      | "key-in-text"
      | "key-unreadable"
      | "key-refused"
      | "key-expired"
      | "key-read-only"
      | "key-other-project"
      | "no-cloud"
      | "not-permitted";
  }
>;

/** What is wrong with a person's API key, or what it may not do. */
export function keyProblemWords(problem: KeyProblem): ProblemWords {
  switch (problem.kind) {
    case "no-key":
      return { what: ["You have not connected a Gcore API key yet."], next: CONNECT };
    case "key-malformed":
      return {
        what: ["This is not a Gcore API key."],
        next: [
          "A key is a number, an underscore and a long secret. Copy it whole from the portal.",
        ],
      };
    case "key-in-text":
      return {
        what: ["There is an API key in your command. I did not read or keep the command."],
        next: [
          "Slack may have kept it: revoke that key in the Gcore portal now, make a new one, and ",
          "connect it with ",
          { code: "/snapshot connect" },
          ". If it is not a key, write it into the form instead.",
        ],
      };
    case "key-unreadable":
      return { what: ["Your API key can no longer be opened here."], next: CONNECT_AGAIN };
    case "key-refused":
      return {
        what: ["Gcore does not accept your API key. It was revoked, or has expired."],
        next: CONNECT_AGAIN,
      };
    case "key-expired":
      return {
        what: [
          "Your API key has expired",
          ...(problem.at === null ? [] : [" (", { date: problem.at }, ")"]),
          ".",
        ],
        next: CONNECT_AGAIN,
      };
    case "key-read-only":
      return {
        what: ["Your API key may look but not change: its role is ", quote(problem.role), "."],
        next: ["Connect a key that may edit snapshots, or ask somebody who has one."],
      };
    case "key-other-project":
      return {
        what: [
          `Your API key does not see project ${problem.projectId}.`,
          ...(problem.projects.length === 0 ? [" It sees no project at all."] : [" It sees "]),
          ...projectList(problem.projects),
        ],
        next: ["Check the project's number, or connect a key for that project."],
      };
    case "no-cloud":
      return {
        what: [
          "Gcore says that Cloud is not enabled for this key's account (",
          quote(problem.status),
          ").",
        ],
        next: ["Use a key of an account that has Cloud."],
      };
    case "not-permitted":
      return {
        what: ["Gcore does not let your API key do this. ", ...says(problem.detail)],
        next: ["Connect a key with the right to edit snapshots, or ask somebody who has it."],
      };
    default:
      return problem satisfies never;
  }
}

const projectList = (projects: readonly ProjectName[]): Phrase =>
  projects.length === 0 ? [] : commas(projects.map(({ id, name }) => `${name} (${id})`));
