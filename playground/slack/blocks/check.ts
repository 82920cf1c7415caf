import { isObject, type Json, type JsonObject, own } from "../json.ts";

/** Where blocks can be shown. */
export type Surface = "message" | "modal" | "home";

/** What is wrong, in Slack's words, and where. */
export interface Complaint {
  readonly message: string;
  readonly at: string;
}

/** What the checks of one message or view write to. */
export interface Report {
  readonly surface: Surface;
  readonly complaints: Complaint[];
}

/** Looks at one value and complains about what Slack would refuse. */
export type Check = (value: Json, at: string, report: Report) => void;

type Checks = Readonly<Record<string, Check>>;

const complain = (report: Report, at: string, message: string): void => {
  report.complaints.push({ message, at });
};

/** A string of `min` to `max` characters. */
export const string =
  (max: number, min = 1): Check =>
  (value, at, report) => {
    if (typeof value !== "string") return complain(report, at, "must provide a string");
    if (value.length > max) complain(report, at, `must be less than ${max + 1} characters`);
    if (value.length < min) complain(report, at, `must be more than ${min - 1} characters`);
  };

export const boolean: Check = (value, at, report) => {
  if (typeof value !== "boolean") complain(report, at, "must provide a boolean");
};

/** A whole number of `min` to `max`. */
export const integer =
  (min: number, max: number): Check =>
  (value, at, report) => {
    if (typeof value !== "number" || !Number.isInteger(value)) {
      return complain(report, at, "must provide an integer");
    }
    if (value < min) complain(report, at, `must be greater than or equal to ${min}`);
    if (value > max) complain(report, at, `must be less than or equal to ${max}`);
  };

/** One of a few words. */
export const oneOf =
  (...words: readonly Json[]): Check =>
  (value, at, report) => {
    if (!words.includes(value)) complain(report, at, "must be a valid enum value");
  };

/** A string of a certain form. */
export const matching =
  (pattern: RegExp, message: string): Check =>
  (value, at, report) => {
    if (typeof value !== "string") return complain(report, at, "must provide a string");
    if (!pattern.test(value)) complain(report, at, message);
  };

/** A list of `min` to `max` items. */
export const list =
  (item: Check, max: number, min = 1): Check =>
  (value, at, report) => {
    if (!Array.isArray(value)) return complain(report, at, "must provide an array");
    if (value.length > max) complain(report, at, `no more than ${max} items allowed`);
    if (value.length < min) complain(report, at, `no fewer than ${min} items allowed`);
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, report);
  };

/** A further rule about an object whose members are all right. */
export type Rule = (value: JsonObject, at: string, report: Report) => void;

/** An object with these members and no others. `null` is not the same as absent. */
export const shape =
  (required: Checks, optional: Checks = {}, ...rules: readonly Rule[]): Check =>
  (value, at, report) => {
    if (!isObject(value)) return complain(report, at, "must provide an object");
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(value, key)) complain(report, at, `missing required field: ${key}`);
    }
    for (const [key, member] of Object.entries(value)) {
      const check = own(required, key) ?? own(optional, key);
      if (check === undefined) complain(report, at, `invalid additional property: ${key}`);
      else check(member, `${at}/${key}`, report);
    }
    for (const rule of rules) rule(value, at, report);
  };

/** A rule in one sentence: complain with `message` at the object (or below it) unless `holds`. */
export const must =
  (message: string, holds: (value: JsonObject, report: Report) => boolean, below = ""): Rule =>
  (value, at, report) => {
    if (!holds(value, report)) complain(report, `${at}${below}`, message);
  };

/** An object of one of several kinds, told apart by its `type`. */
export const kinds =
  (table: Checks): Check =>
  (value, at, report) => {
    if (!isObject(value)) return complain(report, at, "must provide an object");
    if (value.type === undefined) return complain(report, at, "missing required field: type");
    const check = typeof value.type === "string" ? own(table, value.type) : undefined;
    if (check === undefined) complain(report, `${at}/type`, `unsupported type: ${value.type}`);
    else check(value, at, report);
  };

/** Only on some surfaces; elsewhere Slack does not know the type. */
export const only =
  (surfaces: readonly Surface[], check: Check): Check =>
  (value, at, report) => {
    if (surfaces.includes(report.surface)) return check(value, at, report);
    const type = isObject(value) ? value.type : undefined;
    complain(report, `${at}/type`, `unsupported type: ${type}`);
  };
