import { createRandomWords } from '#shared/random-words.ts';
import type { BootstrapOptions } from '../evaluation.ts';
import { computePercentileInterval, type Interval } from '../interval.ts';

/** What two readers said of one case. */
export type VerdictPair = readonly [first: string, second: string];

export interface Kappa {
  /** Cases of which both said something. */
  readonly cases: number;
  /** The share of cases of which both said the same. */
  readonly observed: number;
  /** The share that would be the same if each said what they say as often as they do, but of any case. */
  readonly expected: number;
  /** NaN where there is no case, or both said one and the same of all. */
  readonly kappa: number;
  /** 95 %, percentile bootstrap by case; undefined where no resample has a kappa. */
  readonly interval: Interval | undefined;
}

const LEVEL = 0.95;
const DEFAULT_RESAMPLES = 2000;

/** Agreement beyond chance (Cohen, 1960): (observed - expected) / (1 - expected), all disagreements alike. */
export function computeKappa(
  pairs: readonly VerdictPair[],
  { resamples = DEFAULT_RESAMPLES, seed = 1 }: BootstrapOptions = {},
): Kappa {
  const names = [...new Set(pairs.flat())].sort();
  const codes = Uint32Array.from(
    pairs,
    ([first, second]) => names.indexOf(first) * names.length + names.indexOf(second),
  );
  const all = countCells(codes.length, names.length, (at) => codes[at] ?? 0);
  const draw = createRandomWords(`kappa ${seed}`);
  const anyCell = (): number => codes[Math.floor((draw() / 2 ** 32) * codes.length)] ?? 0;
  const draws = Float64Array.from({ length: pairs.length < 2 ? 0 : resamples }, () =>
    kappaOf(shareAgreement(countCells(codes.length, names.length, anyCell), names.length)),
  );
  const shares = shareAgreement(all, names.length);
  return { cases: pairs.length, ...shares, kappa: kappaOf(shares), interval: computePercentileInterval(draws, LEVEL) };
}

type Shares = Pick<Kappa, 'observed' | 'expected'>;

const kappaOf = ({ observed, expected }: Shares): number =>
  expected < 1 ? (observed - expected) / (1 - expected) : NaN;

/** The table of who said what, row by row: first reader down, second across. */
function countCells(cases: number, names: number, cellOf: (at: number) => number): Uint32Array {
  const cells = new Uint32Array(names * names);
  for (let at = 0; at < cases; at++) {
    const cell = cellOf(at);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return cells;
}

function shareAgreement(cells: Uint32Array, names: number): Shares {
  const count = cells.reduce((sum, cell) => sum + cell, 0);
  let [same, chance] = [0, 0];
  for (let name = 0; name < names; name++) {
    let [row, column] = [0, 0];
    for (let other = 0; other < names; other++) {
      row += cells[name * names + other] ?? 0;
      column += cells[other * names + name] ?? 0;
    }
    same += cells[name * names + name] ?? 0;
    chance += row * column;
  }
  return { observed: same / count, expected: chance / count ** 2 };
}
