import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Pool } from "pg";
import { type Client, numbered, withClient } from "../../src/store/postgres-client.ts";
import { DatabaseError } from "../../src/store/sql.ts";

/** A text that nobody has asked before: those that somebody has are known. */
const fresh = (text: string): string => `${text} AND '${randomUUID()}' <> ''`;

describe("A statement for Postgres", () => {
  test.each([
    ["SELECT 1 WHERE true", "SELECT 1 WHERE true"],
    ["INSERT INTO t VALUES (?, ?), (?, ?)", "INSERT INTO t VALUES ($1, $2), ($3, $4)"],
    ["SELECT 'why?', \"is it?\", '' WHERE a = ?", "SELECT 'why?', \"is it?\", '' WHERE a = $1"],
    ["WHERE a LIKE '?%' AND b = ? AND c = '?'", "WHERE a LIKE '?%' AND b = $1 AND c = '?'"],
  ])("has a number for each place, and texts stay as they are: %s", (text, expected) => {
    const asked = fresh(text);
    const made = asked.replace(text, () => expected);
    expect([numbered(asked), numbered(asked)]).toEqual([made, made]);
  });
});

describe("A connection that was lent", () => {
  /** A pool with one connection, which answers like this. @returns how it came back: `true` is broken. */
  async function cameBack(
    query: () => Promise<unknown>,
    work: (client: Client) => Promise<unknown>,
  ): Promise<unknown> {
    const back: unknown[] = [];
    const pool = { connect: async () => ({ query, release: (how: unknown) => back.push(how) }) };
    await withClient(pool as unknown as Pool, work).catch((error) => {
      expect(error).toBeInstanceOf(DatabaseError);
    });
    expect(back).toHaveLength(1);
    return back[0];
  }
  const answer = async () => ({ rows: [], rowCount: null, command: "SELECT" });
  const refuse = () =>
    Promise.reject(Object.assign(new Error("no"), { code: "42601", severity: "ERROR" }));
  const silence = () => Promise.reject(new Error("Query read timeout"));

  test("comes back whole after what Postgres answered, whatever that was", async () => {
    expect(await cameBack(answer, (client) => client.all("SELECT 1"))).toBe(false);
    expect(await cameBack(refuse, (client) => client.run("nonsense"))).toBe(false);
    expect(await cameBack(answer, (client) => client.run("VACUUM"))).toBe(false);
  });

  test("is thrown away when no answer came, and when whoever had it gives it up", async () => {
    expect(await cameBack(silence, (client) => client.command("COMMIT"))).toBe(true);
    const givenUp = async (client: Client): Promise<void> => {
      expect(client.isBroken).toBe(false);
      client.giveUp();
      expect(client.isBroken).toBe(true);
    };
    expect(await cameBack(answer, givenUp)).toBe(true);
  });

  test("has changed nothing where Postgres counts no rows", async () => {
    expect(
      await cameBack(answer, async (client) => expect(await client.run("VACUUM")).toBe(0)),
    ).toBe(false);
  });
});
