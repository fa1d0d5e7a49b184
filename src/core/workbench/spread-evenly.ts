/** At most `most` of the values, evenly spread, the first and the last among them; `most` is at least 2. */
export function spreadEvenly<Value>(values: readonly Value[], most: number): readonly Value[] {
  if (values.length <= most) return values;
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => values.slice(Math.round(i * step), Math.round(i * step) + 1)).flat();
}
