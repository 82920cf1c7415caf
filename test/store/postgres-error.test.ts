import { describe, expect, test } from "@jest/globals";
import { asDatabaseError, isAnswer, isLockTimeout } from "../../src/store/postgres-error.ts";
import { DatabaseError } from "../../src/store/sql.ts";

/** As pg throws what Postgres answers; `detail` is one of the places where values stand. */
const answer = (code: string, message = "in Postgres' words") =>
  Object.assign(new Error(message), { code, severity: "ERROR", detail: "Key (id)=(canary)" });
const broken = (message: string, more: object = {}) => Object.assign(new Error(message), more);

describe("What Postgres answers", () => {
  test.each([
    ["08006", "a connection that failed"],
    ["23505", "a constraint"],
    ["25006", "a transaction that may only read"],
    ["28P01", "a password"],
    ["3D000", "a database that is missing"],
    ["3F000", "a schema that is missing"],
    ["40001", "two transactions that do not go together"],
    ["42P01", "a table that is missing"],
    ["53300", "too many connections"],
    ["54001", "a statement that is too long"],
    ["55P03", "a lock"],
    ["57P01", "a shutdown"],
    ["58030", "a disk"],
    ["P0001", "a trigger"],
  ])("is told in its words where those hold no value: %s, of %s", (code) => {
    const error = asDatabaseError(answer(code));
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.message).toBe(`in Postgres' words (SQLSTATE ${code})`);
    expect(Object.keys(error)).toEqual(["name"]);
  });

  test.each(["22P02", "22012", "XX000", "0A000"])("is told by its code alone else: %s", (code) => {
    expect(asDatabaseError(answer(code)).message).toBe(`refused (SQLSTATE ${code})`);
  });

  test("leaves its connection as good as it was; what breaks off does not", () => {
    expect(isAnswer(answer("23505"))).toBe(true);
    expect(isAnswer(new DatabaseError("a number is too large to be exact"))).toBe(true);
    expect(isAnswer(broken("write EPIPE", { code: "EPIPE" }))).toBe(false);
    expect(isAnswer(broken("odd", { code: 7, severity: "ERROR" }))).toBe(false);
    expect(isAnswer(broken("Connection terminated unexpectedly"))).toBe(false);
    expect(isAnswer({ code: "23505", severity: "ERROR" })).toBe(false);
  });

  test("is known for a lock that others hold for too long, and for nothing else", () => {
    expect(isLockTimeout(asDatabaseError(answer("55P03")))).toBe(true);
    expect(isLockTimeout(asDatabaseError(answer("57014")))).toBe(false);
    expect(isLockTimeout(answer("55P03", "x (SQLSTATE 55P03)"))).toBe(false);
  });
});

describe("What keeps Postgres from answering", () => {
  test.each<[string, unknown]>([
    ["read ECONNRESET", broken("read ECONNRESET", { code: "ECONNRESET" })],
    // Of several addresses at once.
    ["ECONNREFUSED", Object.assign(new AggregateError([]), { code: "ECONNREFUSED" })],
    ["unknown", new AggregateError([])],
    ["unknown", "a word"],
    ["unknown", { message: "like an error", code: "08006", severity: "FATAL" }],
  ])("is told as %j", (message, error) => {
    expect(asDatabaseError(error)).toEqual(new DatabaseError(message));
  });

  test("is told once: what has its words already keeps them", () => {
    const known = new DatabaseError("the database is closed");
    expect(asDatabaseError(known)).toBe(known);
  });
});
