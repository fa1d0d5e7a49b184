import { hashText, writeCanonicalJson } from './canonical-json.ts';

/** One thing somebody saw or did. */
export interface LogEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly atMs: number;
  /** The name the reader chose; empty where nobody had chosen one. */
  readonly reader: string;
  readonly action: string;
  /** What it was about: samples by the SHA-256 of their files, never by a name. */
  readonly subject: unknown;
  /** Hash of the entry before it. */
  readonly previous: string;
  readonly hash: string;
}

export interface LogHead {
  readonly entries: number;
  /** Of the last entry. */
  readonly hash: string;
}

/** What stands before the first entry. */
export const noHash = '0'.repeat(64);

/** SHA-256 of an entry's canonical JSON, in which the hash of the one before stands. */
export const hashEntry = ({ seq, atMs, reader, action, subject, previous }: Omit<LogEntry, 'hash'>): string =>
  hashText(writeCanonicalJson({ seq, atMs, reader, action, subject, previous }));

/**
 * Looks at entries one after the other, as they stand in the catalog.
 * `fault` is a sentence once something is not as it was written.
 */
export class ChainCheck {
  #entries = 0;
  #hash = noHash;
  fault: string | undefined;
  #seen = false;
  readonly #expected: string | undefined;

  /** @param expected the hash of some entry, noted down elsewhere. */
  constructor(expected?: string) {
    this.#expected = expected;
  }

  add(entry: LogEntry): void {
    this.fault ??= this.#findFault(entry);
    this.#entries++;
    this.#hash = entry.hash;
    this.#seen ||= entry.hash === this.#expected;
  }

  /** When all have been looked at. */
  finish(head: LogHead | undefined): void {
    if (this.fault !== undefined) return;
    if (head?.entries !== this.#entries || head.hash !== this.#hash) {
      const said = head ? `${head.entries} entries` : 'nothing';
      this.fault = `The log's end is not the one that was written: it has ${this.#entries} entries, and ${said} were counted.`;
    } else if (this.#expected !== undefined && !this.#seen && this.#expected !== noHash) {
      this.fault = `No entry of the log has the hash ${this.#expected}: it was written anew since that was noted down.`;
    }
  }

  #findFault(entry: LogEntry): string | undefined {
    const { seq, previous } = entry;
    if (seq !== this.#entries + 1)
      return `Entry ${this.#entries + 1} of the log is missing: entry ${seq} stands there.`;
    if (previous !== this.#hash)
      return `Entry ${seq} of the log does not follow the one before it: one was removed, inserted or moved.`;
    if (hashEntry(entry) !== entry.hash) return `Entry ${seq} of the log was altered after it was written.`;
    return undefined;
  }
}
