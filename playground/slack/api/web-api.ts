import type { Answer, Received } from "../../loopback.ts";
import type { Core } from "../core.ts";
import { type JsonObject, own } from "../json.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import {
  ApiError,
  Args,
  type Call,
  invalidArguments,
  type Method,
  type Methods,
} from "./method.ts";
import { peopleMethods } from "./people.ts";
import { methodOf, readRequest } from "./request.ts";
import { viewMethods } from "./views.ts";

const methods: Methods = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...viewMethods,
};

const checkToken = (core: Core, token: string, method: Method): void => {
  const { botToken, appToken } = core.secrets;
  if (token === "") throw new ApiError("not_authed");
  if (token !== botToken && token !== appToken) throw new ApiError("invalid_auth");
  if (token !== (method.token === "bot" ? botToken : appToken)) {
    throw new ApiError("not_allowed_token_type");
  }
};

/** What that token was granted; undefined: it is none of ours. */
const grantedTo = ({ secrets, scopes, appScopes }: Core, token: string) =>
  token === secrets.botToken ? scopes : token === secrets.appToken ? appScopes : undefined;

const checkScopes = (granted: ReadonlySet<string>, needed: readonly string[]): void => {
  const missing = needed.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return;
  const provided = [...granted].join(",");
  throw new ApiError("missing_scope", { needed: missing.join(","), provided });
};

/** Answers the Web API: who calls, with which right, with what, and only then what happens. */
export class WebApi {
  readonly #core: Core;
  readonly #methods: Methods;

  /** `more` are methods that need something beside the state: a socket, for one. */
  constructor(core: Core, more: Methods) {
    this.#core = core;
    this.#methods = { ...methods, ...more };
  }

  answer(request: Received): Answer {
    const core = this.#core;
    const name = methodOf(request);
    let args: JsonObject = {};
    let status = 200;
    let headers: Record<string, string> = {};
    let answer: JsonObject;
    let granted: ReadonlySet<string> | undefined;
    try {
      const read = readRequest(request);
      args = read.args;
      granted = grantedTo(core, read.token);
      answer = { ok: true, ...this.#run(name, read.token, new Args(args)) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = { ok: false, error: error.message, ...error.more };
      if (error.retryAfter !== undefined) {
        status = 429;
        headers = { "retry-after": `${error.retryAfter}` };
      }
    }
    const verdict = answer.ok === true ? "ok" : String(answer.error);
    core.journal.calls.push({ method: name, args, status, answer, verdict, at: core.clock.now() });
    core.changes.tell({ kind: "call", about: name });
    const method = own(this.#methods, name);
    return {
      status,
      headers: {
        "content-type": "application/json; charset=utf-8",
        date: new Date(core.clock.now()).toUTCString(),
        // To whom it does not know, Slack says nothing of scopes.
        ...(granted === undefined
          ? {}
          : {
              "x-oauth-scopes": [...granted].join(","),
              "x-accepted-oauth-scopes": method?.scopes.join(",") ?? "",
            }),
        ...headers,
      },
      body: JSON.stringify(answer),
    };
  }

  #run(name: string, token: string, args: Args): JsonObject {
    const core = this.#core;
    const method = own(this.#methods, name);
    if (method === undefined) {
      core.journal.violate(`${name}: a method that Slack does not have`);
      throw new ApiError("unknown_method", { req_method: name });
    }
    checkToken(core, token, method);
    const granted = method.token === "bot" ? core.scopes : core.appScopes;
    checkScopes(granted, method.scopes);
    const missing = method.required.filter((one) => !args.has(one));
    if (missing.length > 0) {
      throw invalidArguments(...missing.map((one) => `missing required field: ${one}`));
    }
    const call: Call = {
      core,
      method: name,
      args,
      need: (...scopes) => checkScopes(granted, scopes),
    };
    return method.run(call);
  }
}
