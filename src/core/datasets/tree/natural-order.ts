/**
 * A key under which plain comparison is natural order: digits count as numbers, so that `covid_2` stands before
 * `covid_10`, and case comes second. Equal keys (`a01` and `a1`) are told apart by {@link compareNaturally}.
 */
function naturalKey(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    return `0${String(number.length).padStart(4, '0')}${number}`;
  });
}

const comparePlainly = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares two names in natural order; 0 only for the same name. */
export function compareNaturally(a: string, b: string): number {
  return comparePlainly(naturalKey(a), naturalKey(b)) || comparePlainly(a, b);
}

/** The names in natural order, the same on every machine. */
export function sortNaturally(names: readonly string[]): string[] {
  const keyed = names.map((name) => ({ name, key: naturalKey(name) }));
  keyed.sort((a, b) => comparePlainly(a.key, b.key) || comparePlainly(a.name, b.name));
  return keyed.map(({ name }) => name);
}
