import type { Received } from "../../loopback.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { ApiError } from "./method.ts";

/** The arguments that come as JSON inside a form. */
const STRUCTURED = ["attachments", "blocks", "metadata", "view"];

/** The method that a request calls; `response_url` for a post to one. */
export const methodOf = (request: Received): string =>
  request.path.startsWith("/api/") ? request.path.slice("/api/".length) : "response_url";

const formFields = (body: string): JsonObject => {
  const fields: JsonObject = Object.fromEntries(new URLSearchParams(body));
  for (const name of STRUCTURED) {
    const value = fields[name];
    // What is no JSON stays as it came, for the method to complain about.
    if (typeof value === "string") fields[name] = parseJson(value) ?? value;
  }
  return fields;
};

const bodyOf = (request: Received): JsonObject => {
  if (request.body === "") return {};
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined) throw new ApiError("missing_post_type");
  if (type === "application/x-www-form-urlencoded") return formFields(request.body);
  if (type !== "application/json") throw new ApiError("invalid_post_type");
  const body = parseJson(request.body);
  if (body === undefined) throw new ApiError("invalid_json");
  if (!isObject(body)) throw new ApiError("json_not_object");
  // Slack reads a token from a form, but not from JSON.
  const { token: _, ...args } = body;
  return args;
};

/** Who calls, and with which arguments. */
export function readRequest(request: Received): { token: string; args: JsonObject } {
  const { token = "", ...args } = { ...Object.fromEntries(request.query), ...bodyOf(request) };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return { token: bearer ?? String(token), args };
}
