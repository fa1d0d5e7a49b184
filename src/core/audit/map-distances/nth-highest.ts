/** The value that stands at `rank` (0 is the highest) when all are put in falling order, found without ordering them (Hoare's selection). NaN where there is none. */
export function findNthHighest(values: Float64Array, rank: number): number {
  const left = Float64Array.from(values);
  const place = left.length - 1 - rank;
  let [low, high] = [0, left.length - 1];
  while (low < high) {
    const middle = left[(low + high) >> 1] ?? 0;
    const [from, to] = part(left, [low, high], middle);
    if (place <= to) high = to;
    else if (place >= from) low = from;
    else break;
  }
  return left[place] ?? NaN;
}

/** What is not above the middle goes before what is not below it; both may hold values equal to it. Returns where the second begins and the first ends. */
function part(values: Float64Array, [low, high]: readonly [number, number], middle: number): readonly [number, number] {
  let [from, to] = [low, high];
  while (from <= to) {
    while ((values[from] ?? 0) < middle) from++;
    while ((values[to] ?? 0) > middle) to--;
    if (from > to) break;
    const held = values[from] ?? 0;
    values[from++] = values[to] ?? 0;
    values[to--] = held;
  }
  return [from, to];
}
