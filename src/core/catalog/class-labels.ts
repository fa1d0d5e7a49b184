/** Which class of a model a dataset's label means. */

/**
 * Finds the index of the class called like a label; else of the only one that differs in case, spaces, dashes or
 * underscores alone. Undefined where the model has no such class, so that right and wrong have no meaning.
 */
export function createClassFinder(classes: readonly string[]): (label: string) => number | undefined {
  const exact = indexNames(classes);
  const similar = indexNames(classes.map(fold));
  return (label) => exact.get(label) ?? similar.get(fold(label));
}

const fold = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, '');

/** Names that stand for one class alone. */
function indexNames(names: readonly string[]): ReadonlyMap<string, number> {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return new Map(names.flatMap((name, index) => (twice.has(name) ? [] : [[name, index] as const])));
}
