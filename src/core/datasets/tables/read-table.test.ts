import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { findDelimiter } from './delimiter.ts';
import { openTable, peekRows, type TableRow } from './read-table.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-table-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface ReadTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

let files = 0;

async function readTable(content: string | Uint8Array): Promise<ReadTable> {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, content);
  const { columns, rows } = await openTable(path, 'labels.csv');
  const read: TableRow[] = [];
  for await (const row of rows) read.push(row);
  return { columns, rows: read };
}

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('tables that are read', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['quotes', '"a","b"\n"1","2"\n'],
    ['a byte order mark and quotes', '\uFEFF"a";"b"\r\n"1";"2"\r\n'],
    ['Windows line ends', 'a,b\r\n1,2\r\n'],
    ['old Macintosh line ends', 'a,b\r1,2\r'],
    ['no line end at the end', 'a,b\n1,2'],
    ['blanks around names', ' a , b \n1,2\n'],
    ['empty lines at the end', 'a,b\n1,2\n\n\n'],
  ])('with %s', async (_, text) => {
    expect(await readTable(text)).toEqual({ columns: ['a', 'b'], rows: [{ number: 2, cells: ['1', '2'] }] });
  });

  it('with delimiters, quotes and line ends inside quotes', async () => {
    const { rows } = await readTable('name;note\n"Müller; A.";"he said ""no""\nand left"\nx;y\n');
    expect(rows).toEqual([
      { number: 2, cells: ['Müller; A.', 'he said "no"\nand left'] },
      { number: 3, cells: ['x', 'y'] },
    ]);
  });

  it('with unnamed columns, short rows and empty rows between', async () => {
    const { columns, rows } = await readTable('a,b,,\n1\n,,,\n2,3,4,5,6\n');
    expect(columns).toEqual(['a', 'b', '', '']);
    expect(rows).toEqual([
      { number: 2, cells: ['1'] },
      { number: 4, cells: ['2', '3', '4', '5', '6'] },
    ]);
  });

  it('with a header alone', async () => {
    expect(await readTable('a,b\n')).toEqual({ columns: ['a', 'b'], rows: [] });
  });

  it('from the top each time, and as far as is wanted', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, `a\n${Array.from({ length: 50_000 }, (_, at) => at).join('\n')}\n`);
    const table = await openTable(path, 'long.csv');
    expect((await peekRows(table, 2)).map(({ cells }) => cells)).toEqual([['0'], ['1']]);
    expect((await peekRows(table, 1)).map(({ cells }) => cells)).toEqual([['0']]);
  });

  it('as they were written, whatever the cells hold', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\r', ''));
    const delimiter = fc.constantFrom(',', ';', '\t');
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, delimiter, async (cells, between) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const written = [['x', 'y', 'z'], ...cells].map((row) => row.map(quote).join(between)).join('\n');
        const expected = cells.filter((row) => row.some((text) => text.trim() !== ''));
        expect((await readTable(written)).rows.map((row) => row.cells)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('tables that are refused with one sentence', () => {
  const longRow = Buffer.alloc(3_000_000, 'x');
  it.each([
    ['an empty file', '', 'is empty'],
    ['blanks alone', ' \n\n \n', 'is empty'],
    ['a byte order mark alone', '\uFEFF', 'is empty'],
    ['an empty header', ',,\n1,2,3\n', 'has an empty header row'],
    ['a header that repeats', 'a,b,a\n1,2,3\n', 'has more than one column named "a"; rename them'],
    ['UTF-16', utf16('a,b\n1,2\n'), 'is written in UTF-16; save it as CSV in UTF-8'],
    ['UTF-16 big-endian', utf16('a,b\n1,2\n').swap16(), 'is written in UTF-16; save it as CSV in UTF-8'],
    ['UTF-16 without a mark', utf16('a,b\n1,2\n').subarray(2), 'holds zero bytes'],
    ['Latin-1', Buffer.from('a,b\nMüller,2\n', 'latin1'), 'is not written in UTF-8; save it as CSV in UTF-8'],
    ['a quote that is not closed', 'a,b\n1,2\n3,"4\n5,6\n', 'a quotation mark that is never closed in or after row 3'],
    ['a quote within a cell', 'a,b\n1,2\n3,4"5\n', 'a quotation mark in the middle of a cell in or after row 3'],
    ['text behind a quote', 'a,b\n1,"2"3\n', 'text behind a closing quotation mark in or after row 2'],
    ['a row without end', Buffer.concat([Buffer.from('a,b\n'), longRow]), 'a row of over 1 MB'],
    ['no row at all', longRow, 'a row of over 1 MB'],
    ['a quote that swallows the rest', `a,b\n1,"2\n${'3,4\n'.repeat(600_000)}`, 'a row of over 1 MB'],
    ['thousands of columns', `${Array.from({ length: 5001 }, (_, at) => `c${at}`).join(',')}\n`, 'has 5001 columns'],
  ])('%s', async (_, content, problem) => {
    const reading = readTable(content);
    await expect(reading).rejects.toMatchObject({ code: 'dataset/invalid-table' });
    await expect(reading).rejects.toThrow(problem);
    await expect(reading).rejects.toThrow(/^The table "labels\.csv" [^\n]*\.$/);
  });

  it('a file that is not there, and a folder', async () => {
    for (const path of [join(folder, 'none.csv'), folder]) {
      await expect(openTable(path, 'labels.csv')).rejects.toMatchObject({ code: 'dataset/invalid-table' });
    }
  });

  it('any bytes: read, or refused with the code of a bad table', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '\t'), maxLength: 200 })
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        try {
          const { columns } = await readTable(content);
          expect(columns.length).toBeGreaterThan(0);
        } catch (cause) {
          expect(cause).toBeInstanceOf(LightboxError);
          expect(cause).toMatchObject({ code: 'dataset/invalid-table' });
        }
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  ['a,b;c,d\n', ','],
  ['"a,b,c";d\n', ';'],
  ['a\tb\n1,2,3,4\n', '\t'],
  ['only', ','],
  ['', ','],
])('the delimiter of %j is %j', (head, delimiter) => {
  expect(findDelimiter(head)).toBe(delimiter);
});
