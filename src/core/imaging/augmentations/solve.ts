/**
 * The solution of linear equations by Gaussian elimination with row exchange.
 * @param rows each with its right side last; as many as unknowns.
 */
export function solve(rows: readonly (readonly number[])[]): readonly number[] {
  const count = rows.length;
  const table = rows.map((row) => [...row]);
  for (let column = 0; column < count; column++) {
    const pivot = findPivot(table, column);
    const [from, to] = [table[pivot] ?? [], table[column] ?? []];
    [table[column], table[pivot]] = [from, to];
    table.forEach((row, at) => {
      if (at !== column) eliminate(row, from, column);
    });
  }
  return table.map((row, at) => (row[count] ?? 0) / (row[at] ?? 1));
}

function findPivot(table: readonly (readonly number[])[], column: number): number {
  const sizeOf = (row: number): number => Math.abs(table[row]?.[column] ?? 0);
  let best = column;
  for (let row = column + 1; row < table.length; row++) if (sizeOf(row) > sizeOf(best)) best = row;
  return best;
}

function eliminate(row: number[], pivot: readonly number[], column: number): void {
  const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
  row.forEach((value, at) => (row[at] = value - factor * (pivot[at] ?? 0)));
}
