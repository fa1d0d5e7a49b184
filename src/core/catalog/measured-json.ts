import { writeCanonicalJson } from './canonical-json.ts';
import { readJson } from './rows.ts';

/** JSON of what was measured: a number that is not defined is NaN in the program and null in the catalog. */
export const writeMeasured = (value: object): string => writeCanonicalJson(JSON.parse(JSON.stringify(value)) as object);

/** Throws `catalog/damaged`. */
export const readMeasured = (text: string): unknown => restore(readJson(text));

function restore(value: unknown): unknown {
  if (value === null) return NaN;
  if (Array.isArray(value)) return value.map(restore);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, restore(part)]));
}
