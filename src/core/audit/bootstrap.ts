import { LightboxError } from '#shared/errors.ts';
import { createRandomWords } from '#shared/random-words.ts';
import type { BootstrapOptions, ClassIntervals, EvaluationIntervals } from './evaluation.ts';
import { computePercentileInterval } from './interval.ts';
import type { Interval } from './interval.ts';
import { drawWeights } from './resampling-units.ts';
import type { ResamplingUnits } from './resampling-units.ts';
import { computeStatistics } from './statistics.ts';
import type { RankedTable, Statistics } from './statistics.ts';

const LEVEL = 0.95;
const DEFAULT_RESAMPLES = 2000;
const MOST_RESAMPLES = 100_000;
/** Cases x classes x resamples beyond which an answer would take many minutes. */
const MOST_STEPS = 2e10;

/**
 * Percentile intervals (Efron, 1979). Units are drawn from the whole set, not class by class: how many cases a class
 * has is left to chance, as it was when the set was gathered. Resamples in which a class vanishes are left out of that
 * class's numbers and of the means over classes.
 * @throws LightboxError `request/invalid` on a number of resamples that is not whole and positive, or too large.
 */
export function computeIntervals(
  table: RankedTable,
  units: ResamplingUnits,
  { resamples = DEFAULT_RESAMPLES, seed = 1 }: BootstrapOptions,
): EvaluationIntervals {
  checkResamples(table, resamples);
  const draw = createRandomWords(`bootstrap ${seed}`);
  const draws = Array.from({ length: resamples }, () => computeStatistics(table, drawWeights(units, draw)));
  const intervalOf = (read: (statistics: Statistics) => number | undefined): Interval | undefined =>
    computePercentileInterval(
      Float64Array.from(draws, (statistics) => read(statistics) ?? NaN),
      LEVEL,
    );
  return {
    unit: units.kind,
    units: units.count,
    resamples,
    seed,
    level: LEVEL,
    accuracy: intervalOf(({ accuracy }) => accuracy),
    balancedAccuracy: intervalOf(({ balancedAccuracy }) => balancedAccuracy),
    meanAuc: intervalOf(({ meanAuc }) => meanAuc),
    classes: table.labels.map((_, label): ClassIntervals => ({
      auc: intervalOf(({ auc }) => auc[label]),
      sensitivity: intervalOf(({ sensitivity }) => sensitivity[label]),
      specificity: intervalOf(({ specificity }) => specificity[label]),
    })),
  };
}

function checkResamples({ count, labels }: RankedTable, resamples: number): void {
  if (!Number.isInteger(resamples) || resamples < 1 || resamples > MOST_RESAMPLES) {
    const range = `a whole number from 1 to ${MOST_RESAMPLES.toLocaleString('en')}`;
    throw new LightboxError('request/invalid', `The number of resamples must be ${range}, not ${resamples}.`);
  }
  if (count * labels.length * resamples > MOST_STEPS) {
    const size = `${count.toLocaleString('en')} cases of ${labels.length} classes`;
    const sentence = `${resamples} resamples of ${size} would take very long; ask for fewer, or for no intervals.`;
    throw new LightboxError('request/invalid', sentence);
  }
}
