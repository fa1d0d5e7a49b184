import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { ChainCheck, hashEntry, noHash, type LogEntry, type LogHead } from './log-chain.ts';
import { readJson } from './rows.ts';

/** What is written down (docs/operations.md says when). */
export type LogAction =
  | 'case/opened'
  | 'mark/drawn'
  | 'mark/changed'
  | 'mark/removed'
  | 'verdict/given'
  | 'verdict/withdrawn'
  | 'verdict/locked'
  | 'second-look/given'
  | 'finding/accepted'
  | 'finding/withdrawn'
  | 'tag/given'
  | 'tag/taken'
  | 'dataset/added'
  | 'dataset/deleted'
  | 'samples/added'
  | 'samples/changed'
  | 'samples/removed'
  | 'model/deleted'
  | 'report/saved'
  | 'report/forgotten'
  | 'results/saved'
  | 'catalog/copied'
  | 'marks/exported'
  | 'marks/imported'
  | 'study/exported'
  | 'study/imported';

export interface NewLogEntry {
  readonly action: LogAction;
  readonly subject: object;
  /** Who says so where nobody is known to sit at the workbench. */
  readonly author?: string | undefined;
  /** When it was, if not now. */
  readonly atMs?: number | undefined;
}

export interface LogVerdict extends LogHead {
  readonly isWhole: boolean;
  /** What is wrong with it, in a sentence. */
  readonly fault?: string | undefined;
}

export interface LogReader {
  /** In order; only so many of the last if that is given. */
  list(last?: number): readonly LogEntry[];
  head(): LogHead;
  /** Whether all entries are as they were written. @param expected the hash of some entry, noted down elsewhere. */
  verify(expected?: string): LogVerdict;
}

export interface LogWriter extends LogReader {
  /** Belongs into the transaction of what it tells of. */
  append(entry: NewLogEntry): void;
  /** Cases somebody looked at, all or none. Throws `catalog/busy` at once while another program writes. */
  appendOpened(cases: readonly OpenedCase[]): void;
}

export interface OpenedCase {
  readonly sampleId: number;
  readonly atMs: number;
}

type EntryRow = Omit<LogEntry, 'subject'> & { readonly subject: string };

const select = 'SELECT seq, at_ms AS atMs, reader, action, subject, previous, hash FROM log';
const ALL = -1;

export function readLog(database: ReadableDatabase): LogReader {
  const latest = database.read<[number], EntryRow>(`SELECT * FROM (${select} ORDER BY seq DESC LIMIT ?) ORDER BY seq`);
  const all = database.read<[], EntryRow>(`${select} ORDER BY seq`);
  const headRow = database.read<[], LogHead>('SELECT entries, hash FROM log_head');
  return {
    list: (last = ALL) => latest.list(last).map((row) => ({ ...row, subject: readJson(row.subject) })),
    head: () => headRow.find() ?? { entries: 0, hash: noHash },
    verify: (expected) =>
      database.snapshot(() => {
        const check = new ChainCheck(expected);
        all.walk((row) => {
          check.add({ ...row, subject: readSubject(row.subject) });
        });
        const head = headRow.find();
        check.finish(head);
        const { entries = 0, hash = noHash } = head ?? {};
        return { entries, hash, isWhole: check.fault === undefined, fault: check.fault };
      }),
  };
}

/** Damaged JSON is an altered entry, no end of the check. */
function readSubject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function writeLog(database: WritableDatabase): LogWriter {
  const reader = readLog(database);
  const sitting = database.read<[], { name: unknown }>(
    `SELECT json_extract(state, '$.name') AS name FROM sessions WHERE name = 'reader'`,
  );
  const insertRow = database.write<[object]>(
    `INSERT INTO log (seq, at_ms, reader, action, subject, previous, hash)
     VALUES (@seq, @atMs, @reader, @action, @subject, @previous, @hash)`,
  );
  const nameSample = createSampleNaming(database);
  const append: LogWriter['append'] = ({ action, subject, author = '', atMs = Date.now() }) => {
    database.transaction(() => {
      const head = reader.head();
      const name = sitting.find()?.name;
      const entry = { seq: head.entries + 1, atMs, reader: typeof name === 'string' ? name : author, action };
      const linked = { ...entry, subject, previous: head.hash };
      insertRow.run({ ...linked, subject: writeCanonicalJson(subject), hash: hashEntry(linked) });
    });
  };
  const appendOpened: LogWriter['appendOpened'] = (cases) => {
    database.impatiently(() => {
      database.transaction(() => {
        for (const { sampleId, atMs } of cases) append({ action: 'case/opened', subject: nameSample(sampleId), atMs });
      });
    });
  };
  return { ...reader, append, appendOpened };
}

/** How the log names a sample: by what its file holds, or by its number where that was never read. */
export function createSampleNaming(database: ReadableDatabase): (id: number) => object {
  const byId = database.read<[number], { hash: string | null }>(
    'SELECT content_sha256 AS hash FROM samples WHERE id = ?',
  );
  return (id) => {
    const hash = byId.find(id)?.hash;
    return hash === undefined || hash === null ? { sample: id } : { contentSha256: hash };
  };
}
