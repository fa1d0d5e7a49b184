import type { Migration } from '../database/migrate.ts';

/**
 * Who saw and changed what, only ever added to. Each entry's `hash` covers the entry and the hash before it; `log_head` says how many
 * there are and what the last one's hash is, so that one that is missing at the end is missed as well. The triggers keep the program from
 * changing what is written; who changes the file behind its back is found by the hashes.
 */
export const log: Migration = {
  version: 9,
  sql: `
    CREATE TABLE log (
      seq INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      reader TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL CHECK (json_valid(subject)),
      previous TEXT NOT NULL CHECK (length(previous) = 64),
      hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT;

    CREATE TABLE log_head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      entries INTEGER NOT NULL,
      hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT;
    INSERT INTO log_head VALUES (1, 0, '${'0'.repeat(64)}');

    CREATE TRIGGER log_goes_on BEFORE INSERT ON log
      WHEN NOT EXISTS (SELECT 1 FROM log_head WHERE entries = NEW.seq - 1 AND hash = NEW.previous)
      BEGIN SELECT RAISE(ABORT, 'the log goes on at its end alone'); END;
    CREATE TRIGGER log_counts AFTER INSERT ON log
      BEGIN UPDATE log_head SET entries = NEW.seq, hash = NEW.hash; END;
    CREATE TRIGGER log_stays BEFORE UPDATE ON log
      BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END;
    CREATE TRIGGER log_is_kept BEFORE DELETE ON log
      BEGIN SELECT RAISE(ABORT, 'the log is not shortened'); END;
    CREATE TRIGGER log_head_goes_on BEFORE UPDATE ON log_head
      WHEN NOT EXISTS (SELECT 1 FROM log WHERE seq = NEW.entries AND hash = NEW.hash AND NEW.entries = OLD.entries + 1)
      BEGIN SELECT RAISE(ABORT, 'the log is not counted anew'); END;
    CREATE TRIGGER log_head_is_kept BEFORE DELETE ON log_head
      BEGIN SELECT RAISE(ABORT, 'the log is not forgotten'); END;
  `,
};
