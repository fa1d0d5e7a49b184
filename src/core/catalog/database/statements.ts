/** SQL with types: what may be read and what may be written are different classes, so the compiler tells them apart. */
import type { Statement } from 'better-sqlite3';
import { naming } from './failures.ts';

/** A statement is prepared when it is first used. */
export interface StatementSource {
  /** The catalog's file, for sentences. */
  readonly file: string;
  readonly prepare: () => Statement;
}

/** A query. `Params` are bound by position, or as one object by name; undefined is NULL. */
export class ReadStatement<Params extends unknown[], Row> {
  readonly #source: StatementSource;

  constructor(source: StatementSource) {
    this.#source = source;
  }

  find(...params: Params): Row | undefined {
    return this.#run((statement) => statement.get(...params)) as Row | undefined;
  }

  list(...params: Params): Row[] {
    return this.#run((statement) => statement.all(...params)) as Row[];
  }

  /** The first column of each row, several times as fast as rows of objects. */
  listColumn<Value>(...params: Params): Value[] {
    return this.#run((statement) => {
      statement.pluck(true);
      try {
        return statement.all(...params);
      } finally {
        // The statement is shared by all who ask with the same SQL.
        statement.pluck(false);
      }
    }) as Value[];
  }

  /** Looks at one row after the other, however many there are. The database cannot be asked anything else meanwhile. */
  walk(visit: (row: Row) => void, ...params: Params): void {
    this.#run((statement) => {
      for (const row of statement.iterate(...params)) visit(row as Row);
    });
  }

  #run(work: (statement: Statement) => unknown): unknown {
    return naming(this.#source.file, () => work(this.#source.prepare()));
  }
}

/** A statement that changes rows. */
export class WriteStatement<Params extends unknown[]> {
  readonly #source: StatementSource;

  constructor(source: StatementSource) {
    this.#source = source;
  }

  /** How many rows it changed. */
  run(...params: Params): number {
    return naming(this.#source.file, () => this.#source.prepare().run(...params).changes);
  }

  /** The id of the row it inserted. */
  insert(...params: Params): number {
    return naming(this.#source.file, () => Number(this.#source.prepare().run(...params).lastInsertRowid));
  }
}
