/** Names shown where a name is not known. */
const suggested = 3;

/** The names most like one that does not exist, the nearest first, for a sentence: `"a", "b", "c"`. */
export function nearestNames(names: readonly string[], name: string): string {
  return names
    .map((known) => ({ known, distance: editDistance(known, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, suggested)
    .map(({ known }) => `"${known}"`)
    .join(', ');
}

/** Letters to insert, delete or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
