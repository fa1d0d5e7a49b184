import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { limits } from '#shared/limits.ts';
import type { Delimiter } from './delimiter.ts';
import { invalidTable, readTableText } from './table-text.ts';

/** A table's file. */
export interface TableFile {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  readonly delimiter: Delimiter;
  /** Records wanted; default all. */
  readonly limit?: number;
}

/**
 * The records of a CSV file, header included, as they stream in.
 * @throws LightboxError `dataset/invalid-table`.
 */
export async function* readRecords({
  path,
  name,
  delimiter,
  limit = -1,
}: TableFile): AsyncGenerator<readonly string[]> {
  // No row of a real table is longer; a lost quote, or a file that is no table at all, makes one that is.
  const parser = parse({ delimiter, relax_column_count: true, max_record_size: limits.table.rowBytes, to: limit });
  let count = 0;
  // Errors of either side arrive through the loop below.
  pipeline(Readable.from(readTableText(path, name)), parser, () => undefined);
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      count++;
      yield record;
    }
  } catch (cause) {
    throw cause instanceof CsvError ? invalidTable(name, describeFault(cause, count + 1), cause) : cause;
  }
}

const faults: ReadonlyMap<string, string> = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a quotation mark that is never closed'],
  ['INVALID_OPENING_QUOTE', 'a quotation mark in the middle of a cell'],
  ['CSV_INVALID_CLOSING_QUOTE', 'text behind a closing quotation mark'],
  ['CSV_MAX_RECORD_SIZE', 'a row of over 1 MB, as a quotation mark that is never closed would make'],
]);

function describeFault({ code, message }: CsvError, row: number): string {
  return `has ${faults.get(code) ?? message} in or after row ${row}`;
}
