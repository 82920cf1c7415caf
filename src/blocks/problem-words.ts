import type { Problem } from "../problem.ts";
import { breachesPhrase } from "./breach-words.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { clip } from "./visible.ts";

/** A problem in words: what happened, and what the person can do. */
export interface ProblemWords {
  readonly what: Phrase;
  readonly next: Phrase;
}

const CONNECT: Phrase = ["Connect a key with ", { code: "/snapshot connect" }, "."];
const CONNECT_AGAIN: Phrase = ["Connect another one with ", { code: "/snapshot connect" }, "."];

/** Every problem in words. Foreign text in it stays text. */
export function problemWords(problem: Problem): ProblemWords {
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
    case "snapshot-not-found":
      return {
        what: ["Gcore knows no such snapshot where your key may look."],
        next: [
          "Check the id, and the project and the region if you named them. It may have been deleted.",
        ],
      };
    case "volume-not-found":
      return {
        what: ["Gcore no longer knows the volume that the snapshot was made of."],
        next: ["Copy the tags from another snapshot instead."],
      };
    case "locked":
      return {
        what: [
          "The snapshot is locked by a task",
          ...(problem.task === null ? [] : [" (", quote(problem.task), ")"]),
          ...when(" since ", problem.since),
          ".",
        ],
        next: ["Try again when the task has ended."],
      };
    case "tag-read-only":
      return {
        what: ["Gcore marks as read-only: ", ...commas(problem.keys)],
        next: ["Leave these tags out."],
      };
    case "change-refused":
      return {
        what: ["Gcore refused the change. ", ...says(problem.detail)],
        next: ["Change what it names, and try again."],
      };
    case "too-much-to-show":
      return {
        what: [`This would change ${problem.rows} things at once: more than I can show you here.`],
        next: ["Make it in smaller steps, so that you see exactly what you agree to."],
      };
    case "prefill-too-long":
      return {
        what: [`Your command has more text for “${problem.field}” than the form can hold.`],
        next: ["Make it in smaller steps."],
      };
    case "not-all-taken":
      return {
        what: [
          "Gcore accepted the change, but its answer does not show all of it. Not as asked: ",
          ...commas(problem.fields),
        ],
        next: ["Look at the snapshot in the portal before you go on."],
      };
    case "gcore-busy":
      return {
        what: ["Gcore asks to be called less often."],
        next: [`Try again in ${minutes(problem.retryAfter)}.`],
      };
    case "gcore-unavailable":
      return {
        what: ["Gcore did not answer (", quote(problem.detail), ")."],
        next: ["Try again in a minute."],
      };
    case "gcore-unclear":
      return {
        what: ["I did not understand Gcore's answer (", quote(problem.detail), ")."],
        next: ["Try again. If it stays, tell whoever runs this bot."],
      };
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
          ` asks for ${count(problem.needed, "approval")}, and ${
            problem.able === 0 ? "nobody" : `only ${count(problem.able, "person", "people")}`
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

/** Whether another API key would mend it. */
export const isOfKey = ({ kind }: Problem): boolean => OF_THE_KEY.has(kind);

const OF_THE_KEY: ReadonlySet<Problem["kind"]> = new Set([
  "no-key",
  "key-unreadable",
  "key-refused",
  "key-expired",
  "key-read-only",
  "key-other-project",
  "no-cloud",
  "not-permitted",
]);

/** Problem and advice as one sentence after the other. */
export const problemPhrase = (problem: Problem): Phrase => {
  const { what, next } = problemWords(problem);
  return [...what, " ", ...next];
};

const STANDINGS: Readonly<Record<"guest" | "deactivated" | "outsider" | "bot", string>> = {
  guest: "You are a guest in this workspace",
  deactivated: "Your account is deactivated",
  outsider: "You are not of this organisation",
  bot: "You are a bot",
};

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

const when = (before: string, time: number | null): Phrase =>
  time === null ? [] : [before, { date: time }];

const minutes = (wait: number | null): string =>
  wait === null || wait <= 60_000 ? "a minute" : `${Math.ceil(wait / 60_000)} minutes`;

/** Somebody else's sentence, with one full stop at its end. */
const says = (text: string): Phrase => [
  "It says: ",
  quote(text),
  ...(/[.!?]\s*$/.test(text) ? [] : ["."]),
];

const quote = (text: string): Piece => ({ code: clip(text, 300) });

const MOST = 10;
const MOST_BREACHES = 6;

function commas(texts: readonly string[]): Phrase {
  const shown = texts.slice(0, MOST).map((text): Piece => ({ code: clip(text, 100) }));
  const rest = texts.length - shown.length;
  return [
    ...shown.flatMap((piece, index) => (index === 0 ? [piece] : [", ", piece])),
    rest > 0 ? ` and ${rest} more.` : ".",
  ];
}

const projectList = (projects: readonly { id: number; name: string }[]): Phrase =>
  projects.length === 0 ? [] : commas(projects.map(({ id, name }) => `${name} (${id})`));
