/** What is put on trial together, and the tests that have to notice. */
export interface Trial {
  /** The sources that are changed bit by bit. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** Tests of these names are left out: slow ones that prove no more of these sources than the others. */
  readonly leftOut?: RegExp;
  /** Whether these tests want a Postgres. */
  readonly postgres?: true;
}

/** What is done in other words for each database. */
const IN_POSTGRES_TOO = [
  "src/store/postgres*.ts",
  "src/store/append-only.ts",
  "src/store/open-database.ts",
  "src/store/request-columns.ts",
  "src/store/schema-version.ts",
];
const without = (patterns: readonly string[]): readonly string[] =>
  patterns.map((one) => `!${one}`);

/** What `--only` takes. */
export const FOLDERS: Readonly<Record<string, Trial>> = {
  snapshot: {
    sources: ["src/snapshot/**/*.ts"],
    tests: ["test/snapshot/*.test.ts"],
  },
  approval: {
    sources: ["src/approval/**/*.ts"],
    tests: ["test/approval/*.test.ts"],
    // How long a very large policy takes.
    leftOut: / without end| thousands of rules/,
  },
  blocks: {
    sources: ["src/blocks/**/*.ts"],
    tests: ["test/blocks/*.test.ts"],
  },
  store: {
    sources: ["src/store/**/*.ts", ...without(IN_POSTGRES_TOO)],
    tests: ["test/store/!(postgres*).test.ts"],
    // Races between processes are SQLite's own doing: a lock on the whole file.
    leftOut: /Postgres|processes|is killed|never uses a number twice/,
  },
  postgres: {
    sources: IN_POSTGRES_TOO,
    // Those that prove something of Postgres, or of what is done in other words there.
    tests: [
      "test/store/postgres*.test.ts",
      "test/store/{database,keys,backup,migrations,append-only,schema-version}.test.ts",
    ],
    // Races between processes, and what takes as long as a statement may.
    leftOut: /processes|does not wait for ever|^A damaged backup/,
    postgres: true,
  },
};

/** The one that the environment names: Stryker starts processes of its own, and they are told so. */
export function trialOfThisRun(): Trial {
  const name = process.env.MUTATION_FOLDER ?? "";
  const trial = FOLDERS[name];
  if (trial === undefined) throw new Error(`There is no folder ${name} to try.`);
  return trial;
}
