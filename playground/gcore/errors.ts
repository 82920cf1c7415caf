import { STATUS_CODES } from "node:http";
import type { Answer } from "../loopback.ts";
import { pythonText } from "./python-text.ts";

/** The shapes in which errors have been seen, and two that gateways make. */
export type ErrorShape = "cloud" | "iam" | "code" | "html" | "empty" | "withTraceback";

/** What is wrong with a request, member by member. A wrong tag may be one level down. */
export type InvalidFields = Map<string, string[] | InvalidFields>;

/** Stands in every traceback: text that a client must never show to anybody. */
export const tracebackMark = "internal-do-not-show";

/** A request that the API says no to. Thrown where the reason is found, worded in one place. */
export class Refusal extends Error {
  readonly status: number;
  readonly exceptionClass: string;
  readonly fields: InvalidFields | undefined;

  constructor(status: number, exceptionClass: string, message: string, fields?: InvalidFields) {
    super(message);
    this.status = status;
    this.exceptionClass = exceptionClass;
    this.fields = fields;
  }
}

export const notFound = (what: string, id: string | number): Refusal =>
  new Refusal(404, "NotFoundError", `${what} ${id} could not be found`);

/** 403 as the Cloud words it, and as IAM does. */
export const forbidden = (
  message = "You do not have permission to perform this action.",
): Refusal => new Refusal(403, "ForbiddenError", message);

/** 404 for a path and 405 for a method that nobody serves. */
export const unserved = (status: 404 | 405): Refusal =>
  new Refusal(status, "HTTPError", `HTTP ${status}: ${STATUS_CODES[status]}`);

export const badRequest = (message: string): Refusal =>
  new Refusal(400, "BadRequestError", message);

/** 400 with the list of what is wrong, in the words of the library that checks it over there. */
export function invalid(fields: InvalidFields): Refusal {
  return new Refusal(400, "ValidationError", `Validation Error: ${pythonText(fields)}`, fields);
}

export const invalidField = (field: string, ...messages: string[]): Refusal =>
  invalid(new Map([[field, messages]]));

// Object.fromEntries and JSON keep a member called __proto__ as it is.
const plain = (fields: InvalidFields): unknown =>
  Object.fromEntries(
    [...fields].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]),
  );

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const page = (status: number): Answer => {
  const title = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  const body = `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>`;
  return { status, headers: { "content-type": "text/html" }, body };
};

/** The answer that says no, in one of the shapes. `requestId` is left out when there is none. */
export function errorAnswer(
  refusal: Refusal,
  shape: ErrorShape,
  requestId: string | undefined,
): Answer {
  const { status, message, fields } = refusal;
  const cloud = {
    exception_class: refusal.exceptionClass,
    message,
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(fields === undefined ? {} : { invalid_fields: plain(fields) }),
  };
  switch (shape) {
    case "cloud":
      return json(status, cloud);
    case "withTraceback":
      return json(status, {
        ...cloud,
        traceback: `Traceback (most recent call last):\n  File "/srv/api/${tracebackMark}.py", line 1`,
      });
    case "iam":
      return json(status, fields === undefined ? { message } : { errors: plain(fields) });
    case "code":
      return json(status, { code: status, message });
    case "html":
      return page(status);
    case "empty":
      return { status, body: "" };
    default:
      return shape satisfies never;
  }
}
