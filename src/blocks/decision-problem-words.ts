import type { Problem } from "../problem.ts";
import { counted } from "./amounts.ts";
import { breachesPhrase } from "./breach-words.ts";
import { type ProblemWords, quote, says } from "./problem-pieces.ts";

const MOST_BREACHES = 6;

type DecisionProblem = Extract<
  Problem,
  {
    readonly kind:
      | "policy-denies"
      | "policy-silent"
      | "tag-rules-broken"
      | "policy-changed"
      | "group-unresolved"
      | "too-few-approvers"
      | "not-a-member"
      | "not-an-approver"
      | "requester-left"
      | "own-request"
      | "approved-already"
      | "not-the-requester"
      | "slack-unavailable"
      | "request-gone"
      | "request-unseen"
      | "preview-gone"
      | "form-late";
  }
>;

/** Why a change may not be asked for, decided on or shown here. */
export function decisionProblemWords(problem: DecisionProblem): ProblemWords {
  switch (problem.kind) {
    case "policy-denies":
      return {
        what: [
          "The rule ",
          quote(problem.rule),
          " does not let this change through.",
          ...(problem.because === null ? [] : [" ", ...says(problem.because)]),
        ],
        next: ["Leave out what it is about, or talk to whoever runs this bot."],
      };
    case "policy-silent":
      return {
        what: ["No rule of your team's policy is about a change like this, so nobody may make it."],
        next: ["Ask whoever runs this bot to add a rule for it."],
      };
    case "tag-rules-broken":
      return {
        what: [
          "Your team's tag rules do not let this change through. ",
          ...breachesPhrase(problem.breaches, MOST_BREACHES),
        ],
        next: ["Change what they name, and try again."],
      };
    case "policy-changed":
      return {
        what: ["Your team's policy has changed since you were shown this."],
        next: ["Look again: other people may have to agree now."],
      };
    case "group-unresolved":
      return {
        what: [
          "Slack does not tell me who is in the user group ",
          { code: problem.group },
          " (it says: ",
          quote(problem.error),
          "), so I cannot tell who may decide.",
        ],
        next: ["Try again. If it stays, tell whoever runs this bot."],
      };
    case "too-few-approvers":
      return {
        what: [
          "The rule ",
          quote(problem.rule),
          ` asks for ${counted(problem.needed, "approval")}, and ${
            problem.able === 0 ? "nobody" : `only ${counted(problem.able, "person", "people")}`
          } may give one.`,
        ],
        next: ["Ask whoever runs this bot to name more approvers."],
      };
    case "not-a-member":
      return {
        what: [`${STANDINGS[problem.standing]}, so you may not decide on changes here.`],
        next: ["Ask a member of the team."],
      };
    case "not-an-approver":
      return {
        what: [
          "You may not decide on this: the rule ",
          quote(problem.rule),
          " names other people.",
        ],
        next: ["Ask one of them. The card says who they are."],
      };
    case "requester-left":
      return {
        what: [
          { person: problem.requester },
          " is no member of this workspace any more, so I use their key for nothing.",
        ],
        next: ["Reject the request, or let it expire; a member of the team can ask for the same."],
      };
    case "own-request":
      return {
        what: [
          "This is your own request. The rule ",
          quote(problem.rule),
          " wants somebody else to decide.",
        ],
        next: ["Ask one of the others. The card says who they are."],
      };
    case "approved-already":
      return {
        what: ["You have approved this already, ", { date: problem.at }, "."],
        next: ["It waits for somebody else."],
      };
    case "not-the-requester":
      return {
        what: ["Only the person who asked can withdraw a request."],
        next: ["Ask them to. While nothing is decided, an approver can reject it too."],
      };
    case "slack-unavailable":
      return {
        what: [
          "Slack did not tell me in time who you are (it says: ",
          quote(problem.error),
          "). Nothing was decided.",
        ],
        next: ["Press the button again."],
      };
    case "request-gone":
      return {
        what: ["I do not know this request."],
        next: ["Look at what waits with ", { code: "/snapshot pending" }, "."],
      };
    case "request-unseen":
      return {
        what: ["This request is not yours to see: your API key does not see its snapshot."],
        next: ["Ask the person who asked for it, or somebody who may decide on it."],
      };
    case "preview-gone":
      return {
        what: ["I no longer have this form. Forms are kept for a day."],
        next: ["Begin again with ", { code: "/snapshot" }, "."],
      };
    case "form-late":
      return {
        what: ["Slack gave me too little time to open the form."],
        next: ["Try it again."],
      };
    default:
      return problem satisfies never;
  }
}

const STANDINGS: Readonly<Record<"guest" | "deactivated" | "outsider" | "bot", string>> = {
  guest: "You are a guest in this workspace",
  deactivated: "Your account is deactivated",
  outsider: "You are not of this organisation",
  bot: "You are a bot",
};
