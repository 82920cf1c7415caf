import { parseEnv } from "node:util";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CannotDo } from "../../src/operator/command.ts";
import { envText } from "../../src/operator/env-file.ts";

describe("A file of settings", () => {
  test("is read by Node as it was meant, or not written at all", () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(..."ab \t#'\"`\\n=$\n\r{}") }),
    );
    fc.assert(
      fc.property(value, value, (one, two) => {
        let text: string;
        try {
          text = envText([
            { about: `what it's "for"` },
            { name: "ONE", value: one },
            { name: "TWO", value: two },
          ]);
        } catch (error) {
          if (!(error instanceof CannotDo)) throw error;
          return;
        }
        expect(parseEnv(text)).toEqual({ ONE: one, TWO: two });
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "xoxb-1-a",
    "k1:Aa+/=",
    "postgres://u:p%20@h/d?sslmode=verify-full",
    "a b#c",
    `it's`,
    "",
  ])("takes %j", (value) => {
    expect(parseEnv(envText([{ name: "X", value }]))).toEqual({ X: value });
  });

  test("does not let one setting become two", () => {
    expect(() => envText([{ name: "X", value: "a\nKEY_RING='b'\"`" }])).toThrow(CannotDo);
  });
});
