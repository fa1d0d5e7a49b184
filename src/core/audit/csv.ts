/** What a cell may hold; undefined and null are left empty. */
export type CsvCell = string | number | null | undefined;

/** Text of a table by RFC 4180: CRLF after each row, quotes where a cell needs them. Numbers keep all their digits. */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: CsvCell): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
