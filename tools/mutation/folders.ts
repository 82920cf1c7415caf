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
    sources: ["src/store/**/*.ts", "!src/store/postgres*.ts"],
    tests: ["test/store/!(postgres).test.ts"],
    // Races between processes are SQLite's own doing: a lock on the whole file.
    leftOut: /Postgres|process|three approvers|at the same moment|never uses a number twice/,
  },
  postgres: {
    sources: ["src/store/postgres*.ts"],
    tests: ["test/store/*.test.ts"],
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
