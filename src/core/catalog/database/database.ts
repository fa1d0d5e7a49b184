import type { Database as Connection, Statement } from 'better-sqlite3';
import { LightboxError } from '#shared/errors.ts';
import { naming } from './failures.ts';
import { ReadStatement, WriteStatement, type StatementSource } from './statements.ts';

/** An open database that can be asked. */
export class ReadableDatabase {
  /** The file it lies in. */
  readonly file: string;
  protected readonly connection: Connection;
  readonly #prepared = new Map<string, Statement>();
  #undone = 0;

  constructor(file: string, connection: Connection) {
    this.file = file;
    this.connection = connection;
  }

  read<Params extends unknown[], Row>(sql: string): ReadStatement<Params, Row> {
    return new ReadStatement<Params, Row>(this.statementSource(sql));
  }

  /** The rows a PRAGMA answers with. */
  pragma(text: string): readonly Record<string, unknown>[] {
    return naming(this.file, () => this.connection.pragma(text) as Record<string, unknown>[]);
  }

  /** All queries in `work` see the database as it is at the first of them. */
  snapshot<Result>(work: () => Result): Result {
    if (this.connection.inTransaction) return work();
    return naming(this.file, () => this.connection.transaction(work).deferred());
  }

  /** How many transactions were undone: what was read inside them never was. */
  get undone(): number {
    return this.#undone;
  }

  protected countUndone(): void {
    this.#undone += 1;
  }

  /** The last one to close brings the log into the file. */
  close(): void {
    this.#prepared.clear();
    naming(this.file, () => this.connection.close());
  }

  protected statementSource(sql: string): StatementSource {
    return { file: this.file, prepare: () => this.#prepare(sql) };
  }

  #prepare(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** An open database that can be changed as well. */
export class WritableDatabase extends ReadableDatabase {
  write<Params extends unknown[]>(sql: string): WriteStatement<Params> {
    return new WriteStatement<Params>(this.statementSource(sql));
  }

  /** Statements without parameters or rows, such as a migration's. */
  execute(sql: string): void {
    naming(this.file, () => this.connection.exec(sql));
  }

  /**
   * All of `work` or nothing. It has the database to itself for writing from its first statement on (IMMEDIATE), so that
   * two writers wait for each other instead of failing half way. What is committed survives the end of the process; a power
   * cut may cost the last seconds. Inside another transaction it is part of that one.
   */
  transaction<Result>(work: () => Result): Result {
    if (this.connection.inTransaction) return work();
    try {
      return naming(this.file, () => this.connection.transaction(work).immediate());
    } catch (cause) {
      this.countUndone();
      throw cause;
    }
  }

  /** Whether nobody else writes right now; asked without waiting. */
  get isFree(): boolean {
    if (this.connection.inTransaction) return true;
    const patience = Number(this.pragma('busy_timeout')[0]?.['timeout']);
    this.pragma('busy_timeout = 0');
    try {
      this.#beginAndEnd();
      return true;
    } catch (cause) {
      if (LightboxError.from(cause).code === 'catalog/busy') return false;
      throw cause;
    } finally {
      this.pragma(`busy_timeout = ${patience}`);
    }
  }

  #beginAndEnd(): void {
    naming(this.file, () => {
      this.connection.transaction(() => undefined).immediate();
    });
  }

  /** A transaction that is on the disk when this returns, and all before it as well: the log is written in order. */
  durably<Result>(work: () => Result): Result {
    if (this.connection.inTransaction) return work();
    this.pragma('synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.pragma('synchronous = NORMAL');
    }
  }

  /** Does not wait while another program writes; `catalog/busy` then. */
  impatiently<Result>(work: () => Result): Result {
    const patience = Number(this.pragma('busy_timeout')[0]?.['timeout']);
    this.pragma('busy_timeout = 0');
    try {
      return work();
    } finally {
      this.pragma(`busy_timeout = ${patience}`);
    }
  }

  /** Copies the database as it is at one moment into a new file, page by page, while it stays usable. */
  async copyTo(file: string): Promise<void> {
    let leastRemaining = Infinity;
    // A write by another process starts the copy again; when that is seen, the rest goes in one step nobody can interrupt.
    const progress = ({ remainingPages }: { remainingPages: number }): number => {
      const restarted = remainingPages >= leastRemaining;
      leastRemaining = Math.min(leastRemaining, remainingPages);
      return restarted ? ALL_PAGES : PAGES_A_STEP;
    };
    await this.connection.backup(file, { progress });
  }
}

/** 16 MB */
const PAGES_A_STEP = 4096;
const ALL_PAGES = 0x7fffffff;
