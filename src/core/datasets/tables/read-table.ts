import { limits } from '#shared/limits.ts';
import { nameList, quote } from '../sentences.ts';
import { findDelimiter } from './delimiter.ts';
import { readRecords, type TableFile } from './read-records.ts';
import { invalidTable, readTableHead } from './table-text.ts';

export interface TableRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  /** In the order of the columns; a short row lacks its last cells. */
  readonly cells: readonly string[];
}

export interface Table {
  /** What messages call it. */
  readonly name: string;
  /** Trimmed header names; a column without one is ''. */
  readonly columns: readonly string[];
  /** Each reading starts at the top of the file and keeps nothing of what it has read. */
  readonly rows: AsyncIterable<TableRow>;
}

/**
 * Open a CSV file: comma, semicolon or tab, quotes, with or without a byte order mark.
 * @param name what messages call it.
 * @throws LightboxError `dataset/invalid-table`; so may the rows.
 */
export async function openTable(path: string, name: string): Promise<Table> {
  const head = await readTableHead(path, name);
  if (head.trim() === '') throw invalidTable(name, 'is empty');
  const file: TableFile = { path, name, delimiter: findDelimiter(head) };
  const columns = await readHeader(file);
  return { name, columns, rows: { [Symbol.asyncIterator]: () => readRows(file) } };
}

/** The first rows of a table. @throws LightboxError `dataset/invalid-table`. */
export async function peekRows({ rows }: Table, limit: number): Promise<TableRow[]> {
  const taken: TableRow[] = [];
  for await (const row of rows) {
    taken.push(row);
    if (taken.length >= limit) break;
  }
  return taken;
}

async function readHeader(file: TableFile): Promise<readonly string[]> {
  for await (const header of readRecords({ ...file, limit: 1 })) {
    const columns = header.map((column) => column.trim());
    checkHeader(columns, file.name);
    return columns;
  }
  throw invalidTable(file.name, 'has no header row');
}

function checkHeader(columns: readonly string[], name: string): void {
  if (columns.every((column) => column === '')) throw invalidTable(name, 'has an empty header row');
  if (columns.length > limits.table.columns)
    throw invalidTable(name, `has ${columns.length} columns, too many for a table of samples`);
  const repeated = columns.filter((column, at) => column !== '' && columns.indexOf(column) < at);
  if (repeated.length > 0) {
    throw invalidTable(
      name,
      `has more than one column named ${nameList([...new Set(repeated)].map(quote))}; rename them`,
    );
  }
}

async function* readRows(file: TableFile): AsyncGenerator<TableRow> {
  let number = 0;
  for await (const cells of readRecords(file)) {
    number++;
    if (number > 1 && cells.some((cell) => cell.trim() !== '')) yield { number, cells };
  }
}
