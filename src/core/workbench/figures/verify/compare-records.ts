/** Numbers that differ by less are the same computed on another machine. */
export const CLOSE = 1e-4;

/** A value that is not what it is made again, by its place in the record. */
export interface RecordDifference {
  readonly place: string;
  readonly sentence: string;
  /** Whether it is a number that hardly differs. */
  readonly isClose: boolean;
}

/** Every value that differs between a record and the same made again. */
export function compareRecords(saved: unknown, again: unknown, place = ''): readonly RecordDifference[] {
  if (isObject(saved) && isObject(again)) {
    const keys = new Set([...Object.keys(saved), ...Object.keys(again)]);
    return [...keys].flatMap((key) => compareRecords(saved[key], again[key], joinPlace(place, key)));
  }
  if (Object.is(saved, again)) return [];
  const sentence = `${place}: ${show(saved)} in the file, ${show(again)} made again`;
  if (typeof saved !== 'number' || typeof again !== 'number')
    return [{ place, sentence: `${sentence}.`, isClose: false }];
  const share = Math.abs(saved - again) / Math.max(Math.abs(saved), Math.abs(again), Number.MIN_VALUE);
  return [{ place, sentence: `${sentence} (${share.toExponential(1)} of it).`, isClose: share < CLOSE }];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const joinPlace = (place: string, key: string): string =>
  /^\d+$/.test(key) ? `${place}[${key}]` : place === '' ? key : `${place}.${key}`;

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
