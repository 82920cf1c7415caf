import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkpointLine, checkpointSigner } from "../../src/approval/checkpoint.ts";
import { entryHash, type Sealed } from "../../src/approval/ledger.ts";
import { NOW } from "../approval/samples.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { chainOf, exportOf, SIX } from "./chain.ts";
import { ask } from "./operator.ts";

const SIGNER = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "key of the ring") });
const KEY = ["--key", SIGNER.publicKey.text];
const LINES = exportOf(SIX).toString("utf8").split("\n").slice(0, -1);

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** What `ledger verify` says of these bytes, and of checkpoints. */
async function verify(bytes: Uint8Array, checkpoints?: string) {
  const file = join(folder, "ledger.jsonl");
  const checkpointFile = join(folder, "checkpoints.jsonl");
  await writeFile(file, bytes);
  if (checkpoints !== undefined) await writeFile(checkpointFile, checkpoints);
  const { code, out } = await ask([
    ...["ledger", "verify", "--json", "--file", file],
    ...(checkpoints === undefined ? [] : ["--checkpoints", checkpointFile, ...KEY]),
  ]);
  return { code, ...JSON.parse(out) };
}
const lines = (some: readonly (string | undefined)[]): Buffer =>
  Buffer.from(`${some.join("\n")}\n`);
const checkpointOf = ({ seq, hash }: Pick<Sealed, "seq" | "hash">): string =>
  `${checkpointLine(SIGNER.checkpoint(seq, hash, NOW))}\n`;
const [first, , third, , , sixth] = SIX as [Sealed, Sealed, Sealed, Sealed, Sealed, Sealed];
const anyOf = fc.nat({ max: SIX.length - 1 });

describe("An export of the ledger", () => {
  test("is whole as it was written, with or without checkpoints", async () => {
    const last = { seq: 6, hash: sixth.hash };
    expect(await verify(exportOf(SIX))).toMatchObject({ code: 0, ok: true, last, finding: null });
    const checkpoints = [first, third, third, sixth].map(checkpointOf).reverse().join("");
    expect(await verify(exportOf(SIX), checkpoints)).toMatchObject({ code: 0, checkpoints: 4 });
    expect(await verify(Buffer.alloc(0))).toMatchObject({ code: 0, last: null });
  });

  test("with any byte changed is broken at the entry in which the byte is", async () => {
    const bytes = exportOf(SIX);
    const change = fc.record({
      at: fc.nat({ max: bytes.length - 1 }),
      by: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, by }) => {
        const forged = Buffer.from(bytes);
        forged[at] = (forged[at] ?? 0) ^ by;
        const entry = bytes.subarray(0, at).toString("latin1").split("\n").length;
        expect(await verify(forged)).toMatchObject({ code: 1, ok: false, finding: { entry } });
      }),
      { numRuns: 400 },
    );
  });

  test("without one of its entries is broken there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: SIX.length - 2 }), async (index) => {
        const finding = { kind: "missing", entry: index + 1, found: index + 2 };
        expect(await verify(lines(LINES.toSpliced(index, 1)))).toMatchObject({ code: 1, finding });
      }),
    );
  });

  test("with two entries in each other's place is broken at the first of them", async () => {
    await fc.assert(
      fc.asyncProperty(anyOf, anyOf, async (one, other) => {
        fc.pre(one < other);
        const swapped = LINES.with(one, LINES[other] ?? "").with(other, LINES[one] ?? "");
        const finding = { kind: "missing", entry: one + 1, found: other + 1 };
        expect(await verify(lines(swapped))).toMatchObject({ code: 1, finding });
      }),
    );
  });

  test("with an entry twice is broken where it stands again", async () => {
    await fc.assert(
      fc.asyncProperty(anyOf, fc.nat({ max: 5 }), async (index, later) => {
        const at = Math.min(index + 1 + later, LINES.length);
        const doubled = LINES.toSpliced(at, 0, LINES[index] ?? "");
        const finding = { kind: "out-of-place", entry: at + 1, found: index + 1 };
        expect(await verify(lines(doubled))).toMatchObject({ code: 1, finding });
      }),
    );
  });

  test("with a line put in that is no entry is broken there", async () => {
    const line = fc.constantFrom("", " ", "{}", "[]", "null", "entry", '{"seq":1}', "\u2028");
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 6 }), line, async (index, text) => {
        const finding = { kind: "unreadable", entry: index + 1 };
        expect(await verify(lines(LINES.toSpliced(index, 0, text)))).toMatchObject({ finding });
      }),
    );
  });

  test("with an entry made anew, hash and all, is broken at the one after it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 4 }), async (index) => {
        const forged = SIX.map((entry, at) =>
          at === index
            ? { ...entry, body: "{}", hash: entryHash(entry.seq, entry.previous, "{}") }
            : entry,
        );
        const finding = { kind: "previous", entry: index + 2 };
        expect(await verify(exportOf(forged))).toMatchObject({ code: 1, finding });
      }),
    );
  });

  test("cut off at any byte is broken there, and cut off between entries only for a checkpoint", async () => {
    const bytes = exportOf(SIX);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 2 }), async (length) => {
        const cut = bytes.subarray(0, length);
        const whole = cut.toString("latin1").split("\n").length - 1;
        const isBetween = length === 0 || cut.at(-1) === 0x0a || bytes[length] === 0x0a;
        const entries = bytes[length] === 0x0a ? whole + 1 : whole;
        const alone = await verify(cut);
        if (isBetween) expect(alone).toMatchObject({ code: 0 });
        else
          expect(alone).toMatchObject({
            code: 1,
            finding: { kind: "unreadable", entry: whole + 1 },
          });
        const finding = { kind: isBetween ? "cut-off" : "unreadable", entry: entries + 1 };
        expect(await verify(cut, checkpointOf(sixth))).toMatchObject({ code: 1, finding });
      }),
      { numRuns: 200 },
    );
  });

  test("without its newest entries is found by the checkpoint of the last one, however few are gone", async () => {
    for (let kept = 0; kept < SIX.length; kept += 1) {
      const cut = exportOf(SIX.slice(0, kept));
      expect(await verify(cut)).toMatchObject({ code: 0 });
      const finding = { kind: "cut-off", entry: kept + 1 };
      expect(await verify(cut, checkpointOf(sixth))).toMatchObject({ code: 1, finding });
    }
  });

  test("that was only respelled is broken too: what is read must be what was written", async () => {
    const bytes = exportOf(SIX);
    const replacement = bytes.indexOf(Buffer.from("\ufffd"));
    const respelled = [
      [1, lines([` ${LINES[0]}`, ...LINES.slice(1)])],
      [1, lines(LINES.map((line) => `${line}\r`))],
      [6, Buffer.concat([bytes.subarray(0, -1), Buffer.from(" ")])],
      // What is not UTF-8 is read as U+FFFD, which stands there.
      [
        6,
        Buffer.concat([
          bytes.subarray(0, replacement),
          Buffer.of(0xff),
          bytes.subarray(replacement + 3),
        ]),
      ],
    ] as const;
    for (const [entry, forged] of respelled) {
      const finding = { kind: "unreadable", entry };
      expect(await verify(forged)).toMatchObject({ code: 1, finding });
    }
  });

  test("made anew from some entry on is whole by itself, and found by any checkpoint from there", async () => {
    await fc.assert(
      fc.asyncProperty(anyOf, anyOf, async (from, posted) => {
        const anew = chainOf(["forged", "forged", 3, 4, 5, 6].slice(from), SIX.slice(0, from));
        expect(await verify(exportOf(anew))).toMatchObject({ code: 0 });
        const checked = await verify(exportOf(anew), checkpointOf(SIX[posted] ?? first));
        if (posted < from) expect(checked).toMatchObject({ code: 0 });
        else {
          const finding = { kind: "other-than-checkpoint", entry: posted + 1 };
          expect(checked).toMatchObject({ code: 1, finding });
        }
      }),
    );
  });
});

describe("A checkpoint", () => {
  test("that was forged is refused, by its line, whatever in it was changed", async () => {
    const good = SIGNER.checkpoint(sixth.seq, sixth.hash, NOW);
    const stranger = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "another key") });
    const cases = [
      [{ ...good, seq: 5 }, "bad-signature"],
      [{ ...good, hash: third.hash }, "bad-signature"],
      [{ ...good, at: new Date(NOW + 1).toISOString() }, "bad-signature"],
      [{ ...stranger.checkpoint(6, sixth.hash, NOW), key: good.key }, "bad-signature"],
      [stranger.checkpoint(6, sixth.hash, NOW), "unknown-key"],
    ] as const;
    for (const [forged, kind] of cases) {
      const answer = await verify(
        exportOf(SIX),
        `${checkpointOf(third)}\n${checkpointLine(forged)}\n`,
      );
      expect(answer).toMatchObject({
        code: 1,
        ok: false,
        finding: null,
        badCheckpoints: [{ kind, line: 3 }],
      });
    }
  });

  test("that is none is refused too", async () => {
    for (const text of [
      "checkpoint",
      "{}",
      JSON.stringify({ ...SIGNER.checkpoint(6, sixth.hash, NOW), more: 1 }),
    ]) {
      const answer = await verify(exportOf(SIX), text);
      expect(answer).toMatchObject({
        code: 1,
        badCheckpoints: [{ kind: "no-checkpoint", line: 1 }],
      });
    }
  });

  test("may have white space around it, as what was copied has", async () => {
    const copied = `\r\n  ${checkpointOf(third).trim()}\t\r\n\n`;
    expect(await verify(exportOf(SIX), copied)).toMatchObject({ code: 0, checkpoints: 1 });
  });
});
