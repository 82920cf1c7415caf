import type { Engine } from "./sql.ts";

/** The same for its checkpoints, whose numbers only grow. */
export const CHECKPOINT_TRIGGERS: Readonly<Record<Engine, readonly string[]>> = {
  sqlite: [
    `CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END`,
    `CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END`,
    // REPLACE takes a row away without asking the trigger above.
    `CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON checkpoint
      WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM checkpoint)
      BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END`,
  ],
  postgres: [
    `CREATE FUNCTION checkpoints_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'checkpoints are append-only'; END $$`,
    `CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
      FOR EACH ROW EXECUTE FUNCTION checkpoints_are_append_only()`,
    `CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
      FOR EACH ROW EXECUTE FUNCTION checkpoints_are_append_only()`,
    `CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON checkpoint
      FOR EACH STATEMENT EXECUTE FUNCTION checkpoints_are_append_only()`,
    `CREATE FUNCTION checkpoint_comes_later() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.seq <= (SELECT coalesce(max(seq), 0) FROM checkpoint) THEN
          RAISE EXCEPTION 'checkpoints are append-only';
        END IF;
        RETURN NEW;
      END $$`,
    `CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON checkpoint
      FOR EACH ROW EXECUTE FUNCTION checkpoint_comes_later()`,
  ],
};

/**
 * What keeps the ledger append-only, for each engine in its own words: no entry is changed or taken
 * away, and each new one has the next number. They are part of a step that has run: never changed.
 */
export const LEDGER_TRIGGERS: Readonly<Record<Engine, readonly string[]>> = {
  sqlite: [
    `CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END`,
    `CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END`,
    // REPLACE takes a row away without asking the trigger above: no number is given twice.
    `CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
      WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END`,
  ],
  postgres: [
    `CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$`,
    `CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
      FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()`,
    `CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
      FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()`,
    // TRUNCATE takes all rows away without asking the trigger above.
    `CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`,
    `CREATE FUNCTION ledger_takes_the_next() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger) THEN
          RAISE EXCEPTION 'the ledger is append-only';
        END IF;
        RETURN NEW;
      END $$`,
    `CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
      FOR EACH ROW EXECUTE FUNCTION ledger_takes_the_next()`,
  ],
};
