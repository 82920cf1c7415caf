import type { Answer, Received } from "../loopback.ts";
import { isRefusal, readContent } from "./content.ts";
import type { Core } from "./core.ts";
import { isObject, type JsonObject, parseJson } from "./json.ts";
import type { ResponseTarget } from "./response-urls.ts";

const isTrue = (value: unknown): boolean => value === true || value === "true";

const failure = (status: number, error: string, more: JsonObject = {}) => ({
  status,
  body: JSON.stringify({ ok: false, error, ...more }),
});

type Outcome = { readonly status: number; readonly body: string };

const OK: Outcome = { status: 200, body: "ok" };

/** Does what a post says: a new message, or the original changed or taken away. */
const apply = (core: Core, target: ResponseTarget, given: JsonObject): Outcome => {
  const { channel, user, original } = target;
  const before = original === undefined ? undefined : core.messages.find(channel, original);
  if (isTrue(given.delete_original)) {
    if (before !== undefined) core.messages.remove(channel, before.ts);
    return OK;
  }
  const content = readContent(core, given, "response_url");
  if (isRefusal(content)) return failure(400, content.error, { errors: [...content.errors] });
  const { text = "", blocks = [] } = content;
  if (text === "" && blocks.length === 0) {
    core.journal.violate("response_url: no_text");
    return failure(400, "no_text");
  }
  if (isTrue(given.replace_original) && before !== undefined) {
    core.messages.edit(channel, before.ts, { text, blocks });
    return OK;
  }
  const thread = typeof given.thread_ts === "string" ? given.thread_ts : target.threadTs;
  core.messages.post({
    ...{ channel, text, blocks },
    user: core.workspace.bot.userId,
    ...(given.response_type === "in_channel" ? {} : { visibleTo: user }),
    ...(thread === undefined ? {} : { threadTs: thread }),
  });
  return OK;
};

const outcomeOf = (core: Core, path: string, body: JsonObject | undefined): Outcome => {
  const target = core.responseUrls.find(path);
  if (target === undefined) return failure(404, "no_service");
  if (typeof target === "string") return failure(404, target);
  if (body === undefined) return failure(400, "invalid_payload");
  const outcome = apply(core, target, body);
  if (outcome.status === 200) core.responseUrls.count(path);
  return outcome;
};

/** Answers a post to a response_url. It needs no token: the address is the secret. */
export function answerResponsePost(core: Core, request: Received): Answer {
  const given = parseJson(request.body);
  const body = isObject(given) ? given : undefined;
  const outcome = outcomeOf(core, request.path, body);
  core.journal.responsePosts.push({
    url: request.path,
    body: body ?? {},
    status: outcome.status,
    answer: outcome.body,
    at: core.clock.now(),
  });
  core.changes.tell({ kind: "call", about: "response_url" });
  const type = outcome === OK ? "text/html" : "application/json; charset=utf-8";
  return { ...outcome, headers: { "content-type": type } };
}
