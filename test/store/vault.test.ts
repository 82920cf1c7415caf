import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { KeyRing, RingKey } from "../../src/key-ring.ts";
import { createVault, sealedWith } from "../../src/store/vault.ts";

const ringKey = (id: string): RingKey => ({ id, bytes: randomBytes(32) });
const K1 = ringKey("k1");
const K2 = ringKey("k2");
const SECRET = "29841_9f86d081884c7d659a2feaa0c55ad015";
const CONTEXT = ["gcore api key", "", "T1", "U1"];

const vault = createVault([K1]);

const parts = (sealed: string) => {
  const [version = "", id = "", wrapped = "", data = ""] = sealed.split(".");
  return { version, id, wrapped, data };
};

describe("A sealed secret", () => {
  test("opens for its context, whatever it is", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (secret, context) => {
        expect(vault.open(vault.seal(secret, context), context)).toBe(secret);
      }),
      { numRuns: 300 },
    );
  });

  test("shows nothing of the secret and of the ring", () => {
    const sealed = vault.seal(SECRET, CONTEXT);
    expect(sealed).toMatch(/^v1\.k1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    const bytes = Buffer.concat(sealed.split(".").map((part) => Buffer.from(part, "base64url")));
    expect(bytes.includes(SECRET)).toBe(false);
    expect(bytes.includes(K1.bytes)).toBe(false);
  });

  test("still opens when an earlier version has sealed it", () => {
    const earlier = createVault([
      { id: "k1", bytes: Buffer.alloc(32, "thirty-two bytes of a key ring..") },
    ]);
    const sealed =
      "v1.k1.fQQAmAQFFpJxLqJ0hp93QGBA0f2p7bfKrV0XjZo88NocJftsklM2k-wj0xWdIOj9vIZhdss0FEnMXFJG.pebS4IJhIhszz5yr35wbItWO_Cy2sfMDyuaoSaQH6K1aqp0e7P5wd9PQ-kB-SPV405L0E7qNk0k5DK7gKPERBjmYt-Uq";
    expect(earlier.open(sealed, CONTEXT)).toBe(`${SECRET} é`);
  });

  test("tells which key of the ring has sealed it; what is no seal tells none", () => {
    expect(sealedWith(vault.seal(SECRET, CONTEXT))).toBe("k1");
    expect(sealedWith("nonsense")).toBe("");
  });

  test("does not open when any single character is another one", () => {
    const sealed = vault.seal(SECRET, CONTEXT);
    const alphabet = "ABQZaz019-_.=+\n";
    const opened: string[] = [];
    for (let at = 0; at < sealed.length; at += 1) {
      for (const other of alphabet) {
        if (other === sealed[at]) continue;
        const forged = sealed.slice(0, at) + other + sealed.slice(at + 1);
        if (vault.open(forged, CONTEXT) !== undefined) opened.push(forged);
      }
    }
    expect(opened).toEqual([]);
  });

  test("does not open when a character is missing, doubled or added", () => {
    const sealed = vault.seal(SECRET, CONTEXT);
    for (let at = 0; at < sealed.length; at += 1) {
      const without = sealed.slice(0, at) + sealed.slice(at + 1);
      const doubled = sealed.slice(0, at) + sealed.charAt(at) + sealed.slice(at);
      expect(vault.open(without, CONTEXT)).toBeUndefined();
      expect(vault.open(doubled, CONTEXT)).toBeUndefined();
    }
    for (const forged of [
      `${sealed}.`,
      `${sealed}.x`,
      `${sealed}=`,
      `.${sealed}`,
      "",
      "v1",
      "....",
    ]) {
      expect(vault.open(forged, CONTEXT)).toBeUndefined();
    }
  });

  test("does not open when its tag is cut short, at either layer", () => {
    const { version, id, wrapped, data } = parts(vault.seal(SECRET, CONTEXT));
    for (const length of [0, 4, 12, 13, 16, 20, 27]) {
      const cut = (text: string) =>
        Buffer.from(text, "base64url").subarray(0, length).toString("base64url");
      expect(vault.open([version, id, cut(wrapped), data].join("."), CONTEXT)).toBeUndefined();
      expect(vault.open([version, id, wrapped, cut(data)].join("."), CONTEXT)).toBeUndefined();
    }
  });

  // Whoever can make a short tag needs 2^32 tries instead of 2^128: Node takes it unless told otherwise.
  test("does not open with a tag of four bytes, even one that is right as far as it goes", () => {
    const bound = Buffer.concat(
      ["v1", "k1", ...CONTEXT].flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(part));
        return [length, Buffer.from(part)];
      }),
    );
    const info = "snapshot-bot key wrapping v1 k1";
    const wrapping = Buffer.from(hkdfSync("sha256", K1.bytes, "", info, 32));
    const encrypt = (key: Buffer, plain: Buffer, tagLength: number): string => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
      cipher.setAAD(bound);
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      const tag = cipher.getAuthTag().subarray(0, tagLength);
      return Buffer.concat([iv, tag, text]).toString("base64url");
    };
    const dataKey = randomBytes(32);
    const sealed = (tagLength: number): string =>
      [
        "v1",
        "k1",
        encrypt(wrapping, dataKey, 16),
        encrypt(dataKey, Buffer.from(SECRET), tagLength),
      ].join(".");
    expect(vault.open(sealed(16), CONTEXT)).toBe(SECRET);
    for (const length of [4, 8, 12, 15])
      expect(vault.open(sealed(length), CONTEXT)).toBeUndefined();
  });

  test("does not open with the key of another secret or the data of another", () => {
    const one = parts(vault.seal("one", CONTEXT));
    const two = parts(vault.seal("two", CONTEXT));
    expect(vault.open(["v1", "k1", one.wrapped, two.data].join("."), CONTEXT)).toBeUndefined();
    expect(vault.open(["v1", "k1", one.data, one.wrapped].join("."), CONTEXT)).toBeUndefined();
  });
});

describe("The context of a sealed secret", () => {
  test.each<readonly [readonly string[], readonly string[]]>([
    [CONTEXT, ["gcore api key", "", "T1", "U2"]],
    [CONTEXT, ["gcore api key", "", "T2", "U1"]],
    [CONTEXT, ["gcore api key", "E1", "T1", "U1"]],
    [CONTEXT, ["another use", "", "T1", "U1"]],
    [CONTEXT, ["gcore api key", "T1", "U1"]],
    [CONTEXT, [...CONTEXT, ""]],
    [
      ["ab", "c"],
      ["a", "bc"],
    ],
    [["ab", "c"], ["abc"]],
    [
      ["ab", "c"],
      ["ab", "c", ""],
    ],
    [
      ["a", "", "b"],
      ["a", "b", ""],
    ],
    [["a\0b"], ["a", "b"]],
    [[], [""]],
    [["é"], ["e\u0301"]],
  ])("%j is not %j", (mine, other) => {
    expect(vault.open(vault.seal(SECRET, mine), mine)).toBe(SECRET);
    expect(vault.open(vault.seal(SECRET, mine), other)).toBeUndefined();
    expect(vault.open(vault.seal(SECRET, other), mine)).toBeUndefined();
  });

  test("is met by no other one", () => {
    const context = fc.array(fc.constantFrom("", "a", "b", "ab", "ba", "\0"), { maxLength: 4 });
    fc.assert(
      fc.property(context, context, (mine, other) => {
        fc.pre(JSON.stringify(mine) !== JSON.stringify(other));
        expect(vault.open(vault.seal(SECRET, mine), other)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe("The key ring", () => {
  test("seals with its first key and opens with all of them", () => {
    const old = vault.seal(SECRET, CONTEXT);
    const rotated = createVault([K2, K1]);
    expect(rotated.open(old, CONTEXT)).toBe(SECRET);
    const fresh = rotated.seal(SECRET, CONTEXT);
    expect(parts(fresh).id).toBe("k2");
    expect(vault.open(fresh, CONTEXT)).toBeUndefined();
    expect(createVault([K2]).open(old, CONTEXT)).toBeUndefined();
    expect(createVault([K2]).open(fresh, CONTEXT)).toBe(SECRET);
  });

  test("does not open under another name of the key, nor with other bytes under its name", () => {
    const sealed = vault.seal(SECRET, CONTEXT);
    const renamed: KeyRing = [
      { id: "k9", bytes: K1.bytes },
      { id: "k1", bytes: randomBytes(32) },
    ];
    expect(createVault(renamed).open(sealed, CONTEXT)).toBeUndefined();
    expect(createVault(renamed).open(sealed.replace("v1.k1", "v1.k9"), CONTEXT)).toBeUndefined();
  });

  test("never uses a number twice, nor a data key", () => {
    const ivs = new Set<string>();
    const wrapped = new Set<string>();
    const count = 10_000;
    for (let index = 0; index < count; index += 1) {
      const sealed = parts(vault.seal("same", CONTEXT));
      for (const layer of [sealed.wrapped, sealed.data]) {
        ivs.add(Buffer.from(layer, "base64url").subarray(0, 12).toString("hex"));
      }
      wrapped.add(sealed.wrapped);
    }
    expect(ivs.size).toBe(2 * count);
    expect(wrapped.size).toBe(count);
  });
});
