import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type ChangeCommand,
  type Command,
  type CommandFault,
  type CommandName,
  formatCommand,
  parseCommand,
} from "../../src/snapshot/command.ts";
import { anyText } from "./arbitraries.ts";
import { ID, OBJECT_MEMBERS } from "./samples.ts";

const OTHER_ID = "6ca09383-85d2-4bb3-8d2d-214a2436fa4f";
const SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const changed = (more: Partial<ChangeCommand> = {}): ChangeCommand => ({
  kind: "change",
  set: [],
  remove: [],
  others: "keep",
  ...more,
});

const commandOf = (text: string): Command => {
  const parsed = parseCommand(text);
  if (!parsed.ok) throw new Error(`${text} was refused: ${JSON.stringify(parsed.problem)}`);
  return parsed.value;
};

const faultOf = (text: string): CommandFault => {
  const parsed = parseCommand(text);
  if (parsed.ok) throw new Error(`${text} was taken: ${JSON.stringify(parsed.value)}`);
  return parsed.problem;
};

const place = fc.record(
  {
    snapshotId: fc.uuid(),
    projectId: fc.integer({ min: 1, max: 999_999_999_999_999 }),
    regionId: fc.integer({ min: 1, max: 9_999 }),
  },
  { requiredKeys: [] },
);

const change: fc.Arbitrary<ChangeCommand> = fc
  .record({
    place,
    words: fc.record({ name: anyText, reason: anyText }, { requiredKeys: [] }),
    set: fc.array(
      fc.record({ key: anyText.map((text) => text.replaceAll("=", "")), value: anyText }),
      { maxLength: 4 },
    ),
    remove: fc.array(anyText, { maxLength: 4 }),
    others: fc.constantFrom("keep" as const, "remove" as const),
  })
  .map(({ place: where, words, set, remove, others }) => ({
    kind: "change",
    ...where,
    ...words,
    set,
    remove,
    others,
  }));

const show: fc.Arbitrary<Command> = fc
  .record({ place, id: fc.uuid() })
  .map(({ place: where, id }) => ({ kind: "show", ...where, snapshotId: id }));

const listed: fc.Arbitrary<Command> = fc
  .record({
    kind: fc.constantFrom("list" as const, "lint" as const, "bulk" as const),
    key: anyText.map((text) => text.replaceAll("=", "")).filter((text) => text !== ""),
    value: fc.option(anyText),
    region: fc.integer({ min: 1, max: 999_999 }).map(String),
  })
  .map(({ kind, key, value, region }) => ({
    kind,
    filter: [
      { kind: "tag", key, value },
      { kind: "region", pattern: region },
    ],
  }));

const plain: fc.Arbitrary<Command> = fc.constantFrom(
  { kind: "connect" },
  { kind: "key" },
  { kind: "disconnect" },
  { kind: "help" },
);

describe("A command that the bot writes is one that it reads", () => {
  test("whatever stands in names, reasons, keys and values", () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 8, arbitrary: change }, show, listed, plain), (command) => {
        const text = formatCommand(command);
        const parsed = parseCommand(text);
        fc.pre(parsed.ok || parsed.problem.kind !== "key-in-text");
        expect(parseCommand(text)).toEqual({ ok: true, value: command });
      }),
      { numRuns: 1200 },
    );
  });

  test.each([
    ["a quote", `it's "quoted"`],
    ["a backslash at the end", "C:\\"],
    ["curly quotes", "“curly” „low”"],
    ["dashes", "--replace-tags"],
    ["an em dash", "—name"],
    ["lines", "one\ntwo\r\nthree"],
    ["nothing", ""],
    ["a no-break space", "a\u00a0b"],
    ["an equals sign", "a=b=c"],
    ["a link", "<https://portal.gcore.com/?id=1|x>"],
  ])("with %s in a value and in a key", (_what, text) => {
    const command = changed({
      name: text,
      set: [{ key: text.replaceAll("=", ""), value: text }],
      remove: [text],
      reason: text,
    });
    expect(commandOf(formatCommand(command))).toStrictEqual(command);
  });

  test.each(OBJECT_MEMBERS)("with %s as a key", (key) => {
    const command = changed({ set: [{ key, value: key }], remove: [key] });
    expect(commandOf(formatCommand(command))).toStrictEqual(command);
  });

  test("as long as somebody else's text was taken in the first place", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), (words) => {
        const parsed = parseCommand(words.join(" "));
        if (!parsed.ok) return;
        const text = formatCommand(parsed.value);
        expect(parseCommand(text)).toStrictEqual(parsed);
      }),
      { numRuns: 800 },
    );
  });
});

describe("Any text is read or refused, never stumbled over", () => {
  test("whatever it is", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), (parts) => {
        const parsed = parseCommand(parts.join(" "));
        expect(typeof parsed.ok).toBe("boolean");
      }),
      { numRuns: 1200 },
    );
  });

  test("even when it is very long", () => {
    const long = "a=b ".repeat(20_000);
    expect(commandOf(long)).toMatchObject({ kind: "change" });
    expect(faultOf(`x${"1_".repeat(40_000)}`).kind).toBe("word");
  });
});

describe("A change is read", () => {
  test("with its options in any order", () => {
    const chunks = [
      [ID],
      ["--project", "7"],
      ["--region=9"],
      ["--name", '"new name"'],
      ["--reason=because"],
      ["a=1"],
      ["-b"],
      ["--replace-tags"],
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(chunks, { minLength: chunks.length, maxLength: chunks.length }),
        (order) => {
          expect(commandOf(order.flat().join(" "))).toStrictEqual({
            kind: "change",
            snapshotId: ID,
            projectId: 7,
            regionId: 9,
            name: "new name",
            reason: "because",
            set: [{ key: "a", value: "1" }],
            remove: ["b"],
            others: "remove",
          });
        },
      ),
    );
  });

  test("without a word: the form asks for everything", () => {
    expect(commandOf("")).toStrictEqual(changed());
    expect(commandOf("  \n\t ")).toStrictEqual(changed());
  });

  test.each(["--name=x", "—name=x", "–name=x", "--name x", "—name x", `--name="x"`, `"--"name x`])(
    "with the name in %s",
    (text) => {
      const expected = text.startsWith('"') ? undefined : changed({ name: "x" });
      if (expected === undefined) expect(parseCommand(text).ok).toBe(false);
      else expect(commandOf(text)).toStrictEqual(expected);
    },
  );

  test("an option's value may be empty or look like an option", () => {
    expect(commandOf("--name=")).toStrictEqual(changed({ name: "" }));
    expect(commandOf(`--name ""`)).toStrictEqual(changed({ name: "" }));
    expect(commandOf(`--name "--reason"`)).toStrictEqual(changed({ name: "--reason" }));
    expect(commandOf("--reason=a=b")).toStrictEqual(changed({ reason: "a=b" }));
  });

  test("a value keeps every equals sign but the first", () => {
    expect(commandOf("a=b=c=")).toStrictEqual(changed({ set: [{ key: "a", value: "b=c=" }] }));
    expect(commandOf("=b")).toStrictEqual(changed({ set: [{ key: "", value: "b" }] }));
  });

  test("clearing goes with removing by name, not with setting", () => {
    expect(commandOf("--clear-tags -a")).toStrictEqual(
      changed({ remove: ["a"], others: "remove" }),
    );
    expect(faultOf("--clear-tags a=b")).toStrictEqual({ kind: "clear-with-tags", usage: "change" });
    expect(faultOf("--clear-tags --replace-tags a=b").kind).toBe("clear-with-tags");
    expect(faultOf("--replace-tags -a")).toStrictEqual({
      kind: "replace-without-tags",
      usage: "change",
    });
  });

  test("quotes and backslashes are read as a shell reads them", () => {
    const reasons: readonly (readonly [string, string])[] = [
      [String.raw`'a\"b'`, String.raw`a\"b`],
      [String.raw`'a\'`, "a\\"],
      [String.raw`"a\"b\\c\d'e"`, String.raw`a"b\c\d'e`],
      [String.raw`a\ b\'c\"d\\e`, String.raw`a b'c"d\e`],
      [`a"b c"'d e'f`, "ab cd ef"],
      [`""''`, ""],
    ];
    for (const [typed, reason] of reasons) {
      expect([typed, commandOf(`--reason ${typed}`)]).toStrictEqual([typed, changed({ reason })]);
    }
  });

  test("quotes of phones part words as straight ones do", () => {
    expect(commandOf("--name “a b” team=“c d”")).toStrictEqual(
      changed({ name: "a b", set: [{ key: "team", value: "c d" }] }),
    );
    expect(commandOf('--name “it’s \\"new\\"”')).toStrictEqual(changed({ name: 'it’s "new"' }));
  });
});

describe("A snapshot is named", () => {
  const path = `https://api.gcore.com/cloud/v1/snapshots/1186668/148/${ID}`;

  test.each([
    ["its id", ID, {}],
    ["its id in capitals", ID.toUpperCase(), {}],
    ["a link of the portal", `https://portal.gcore.com/cloud/volumes/snapshots/${ID}/info`, {}],
    ["a link with a query", `https://portal.gcore.com/x?id=${ID}&tab=tags`, {}],
    ["a link as Slack marks it", `<https://portal.gcore.com/x?id=${ID}>`, {}],
    ["a link of the API", path, { projectId: 1186668, regionId: 148 }],
    ["a marked link of the API", `<${path}>`, { projectId: 1186668, regionId: 148 }],
    ["a link with itself as its label", `<${path}|${path}>`, { projectId: 1186668, regionId: 148 }],
  ])("by %s", (_what, text, where) => {
    expect(commandOf(text)).toStrictEqual(changed({ snapshotId: ID, ...where }));
    expect(commandOf(`show ${text}`)).toStrictEqual({ kind: "show", snapshotId: ID, ...where });
  });

  test("an option says more than a link, before it and after it", () => {
    const expected = changed({ snapshotId: ID, projectId: 5, regionId: 148 });
    expect(commandOf(`${path} --project 5`)).toStrictEqual(expected);
    expect(commandOf(`--project 5 ${path}`)).toStrictEqual(expected);
  });

  test("a quoted link with an equals sign is a tag, an unquoted one is a place", () => {
    expect(commandOf(`"https://x/?id=${ID}"`)).toStrictEqual(
      changed({ set: [{ key: "https://x/?id", value: ID }] }),
    );
    expect(commandOf(`link=https://x/?id=${ID}`)).toStrictEqual(
      changed({ set: [{ key: "link", value: `https://x/?id=${ID}` }] }),
    );
  });

  test.each([`${ID} ${OTHER_ID}`, `${ID} ${ID}`, `https://x/${ID}/${OTHER_ID}`])(
    "once: %s is refused",
    (text) => {
      expect(faultOf(text)).toStrictEqual({ kind: "snapshot-many", usage: "change" });
      expect(faultOf(`show ${text}`)).toStrictEqual({ kind: "snapshot-many", usage: "show" });
    },
  );

  test("a project or a region of 0 in a link is none, as it is in an option", () => {
    const nowhere = commandOf(`https://api.gcore.com/cloud/v1/snapshots/0/0/${ID}`);
    expect(parseCommand(formatCommand(nowhere))).toStrictEqual({ ok: true, value: nowhere });
  });
});

describe("A change of many", () => {
  test("takes the filters of a list, and none", () => {
    expect(commandOf("bulk")).toStrictEqual({ kind: "bulk", filter: [] });
    expect(commandOf("bulk nightly tag:team=core older:30d")).toStrictEqual({
      kind: "bulk",
      filter: [
        { kind: "word", text: "nightly" },
        { kind: "tag", key: "team", value: "core" },
        { kind: "older", span: "30d" },
      ],
    });
  });

  test("takes nothing else, and says what is wrong with its own usage", () => {
    expect(faultOf("bulk nmae:db-*")).toStrictEqual({
      ...{ kind: "filter", word: "nmae:", nearest: "name", usage: "bulk" },
    });
    expect(faultOf("bulk --reason x")).toMatchObject({ kind: "filter", usage: "bulk" });
  });

  test("is in quotes no command", () => {
    expect(faultOf(`"bulk"`).kind).toBe("word");
  });
});

describe("What is not understood is told with the usage that helps", () => {
  const table: readonly (readonly [string, CommandFault])[] = [
    ['--name "open', { kind: "quote-open", usage: "change" }],
    ["a=b\\", { kind: "quote-open", usage: "change" }],
    ["--name 'open", { kind: "quote-open", usage: "change" }],
    ["“open", { kind: "quote-open", usage: "change" }],
    [`${ID} word`, { kind: "word", word: "word", usage: "change" }],
    ["help me", { kind: "word", word: "me", usage: "help" }],
    ["key now", { kind: "word", word: "now", usage: "key" }],
    ["show a=b", { kind: "word", word: "a=b", usage: "show" }],
    ["show -a", { kind: "word", word: "-a", usage: "show" }],
    ["--nam x", { kind: "option", option: "nam", nearest: "name", usage: "change" }],
    ["—projekt 5", { kind: "option", option: "projekt", nearest: "project", usage: "change" }],
    [
      "--clear-tags=yes",
      { kind: "option", option: "clear-tags=yes", nearest: "clear-tags", usage: "change" },
    ],
    [`show ${ID} --name x`, { kind: "option", option: "name", nearest: "project", usage: "show" }],
    ["--name", { kind: "option-value", option: "name", usage: "change" }],
    ["show --project", { kind: "option-value", option: "project", usage: "show" }],
    ["--name a --name b", { kind: "option-twice", option: "name", usage: "change" }],
    ["--clear-tags --clear-tags", { kind: "option-twice", option: "clear-tags", usage: "change" }],
    ["--project x", { kind: "number", option: "project", value: "x", usage: "change" }],
    ["--region=0", { kind: "number", option: "region", value: "0", usage: "change" }],
    ["--region=-1", { kind: "number", option: "region", value: "-1", usage: "change" }],
    ["--region 1.5", { kind: "number", option: "region", value: "1.5", usage: "change" }],
    [
      "--project 9999999999999999",
      { kind: "number", option: "project", value: "9999999999999999", usage: "change" },
    ],
    ["show", { kind: "snapshot-none", usage: "show" }],
  ];
  test.each(table)("%s", (text, fault) => {
    expect(faultOf(text)).toStrictEqual(fault);
  });

  const typos: readonly (readonly [string, CommandName])[] = [
    ["hlep", "help"],
    ["halp", "help"],
    ["keys", "key"],
    ["KEY", "key"],
    ["conect", "connect"],
    ["disconect", "disconnect"],
    ["shwo", "show"],
    ["Show", "show"],
    ["bluk", "bulk"],
    ["b", "bulk"],
    ["5ed275b8", "change"],
    ["https://portal.gcore.com", "change"],
  ];
  test.each(typos)("%s probably means %s", (word, usage) => {
    expect(faultOf(word)).toStrictEqual({ kind: "word", word, usage });
  });

  test.each([
    ["--clear", "clear-tags"],
    ["--replace", "replace-tags"],
  ])("%s most likely means --%s", (text, nearest) => {
    expect(faultOf(text)).toMatchObject({ kind: "option", nearest });
  });

  test("a command's word in quotes is no command", () => {
    expect(faultOf(`"help"`).kind).toBe("word");
  });
});

describe("A text with an API key in it is refused before anything else", () => {
  const hex = fc.stringMatching(/^[0-9a-f]{40,64}$/).filter((text) => /\d/.test(text));
  const key = fc
    .record({
      id: fc.integer({ min: 1, max: 9_999_999 }),
      separator: fc.constantFrom("_", "$"),
      hex,
    })
    .map((parts) => `${parts.id}${parts.separator}${parts.hex}`);

  test("wherever it stands, in both of its forms", () => {
    const around = fc.constantFrom("", " ", "=", "-", '"', "'", "key: ", "(", "\n", "/", "—", "😀");
    fc.assert(
      fc.property(anyText, around, key, around, anyText, (before, left, secret, right, after) => {
        fc.pre(!/[A-Za-z0-9]$/.test(before + left));
        expect(faultOf(`${before}${left}${secret}${right}${after}`)).toStrictEqual({
          kind: "key-in-text",
          usage: "connect",
        });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    `29841_${SECRET}`,
    `29841$${SECRET}`,
    `connect 29841_${SECRET}`,
    `--reason "my key is 29841_${SECRET}"`,
    `team=29841_${SECRET}`,
    `-29841$${SECRET}`,
    "42_a1b2c3d4e5f6",
    `Authorization: APIKey ${SECRET}`,
    `apikey   ${SECRET}`,
  ])("%s", (text) => {
    expect(faultOf(text).kind).toBe("key-in-text");
  });

  test.each([
    `--reason "29841\\$${SECRET}"`,
    `--reason 29841\\$${SECRET}`,
    `--reason 29841\\_${SECRET}`,
    `--reason 29841_"${SECRET}"`,
  ])("also when it is escaped or quoted as for a shell: %s", (text) => {
    expect(faultOf(text).kind).toBe("key-in-text");
  });

  test.each([
    "--name 2026_nightly01",
    "--name web_01_backup20241120",
    "--name db_20241120_153000123",
    '--reason "apikey rotation"',
  ])("nor a name or a reason that only begins like one: %s", (text) => {
    expect(parseCommand(text).ok).toBe(true);
  });

  test.each([
    ID,
    `${ID} team=${OTHER_ID}`,
    "date=2024_01_01",
    "--name nightly_2024_01_01",
    "--name 20241120_1530",
    "build=1234",
    "build=1234_5678",
    "-v1_2_3",
    "price=12$",
    "--name db_01_replica",
    "--reason before_the_upgrade_of_2026",
  ])("but not a harmless one: %s", (text) => {
    expect(parseCommand(text).ok).toBe(true);
  });
});
