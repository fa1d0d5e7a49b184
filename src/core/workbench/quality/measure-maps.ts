import {
  computeCheckerPattern,
  computeConservationResidual,
  computeMapDistances,
  undefinedBecause,
  type MapDistances,
  type Measurement,
} from '#core/audit/index.ts';
import { alterPlanes, isImpossible, parseVariants, type Planes } from '#core/imaging/index.ts';
import { readPrediction, type ClassPrediction } from '../prediction.ts';
import { predictedTarget } from '../resolve-target.ts';
import { attributePlanes, type AttributedPlanes, type AttributeOptions } from '../robustness/attribute-planes.ts';
import type { StudyModel } from '../robustness/study-model.ts';
import type { QualityName } from '#shared/metrics/index.ts';

/** Draws of noise that are averaged, and how strong each is: the root mean square of the change, of 1. */
const NOISES = 3;
const NOISE_DEVIATION = 0.02;

export interface MapTask {
  readonly planes: Planes;
  readonly sha256: string;
  readonly seed: number;
  readonly options: Omit<AttributeOptions, 'target'>;
}

export interface MeasuredMap {
  readonly explained: AttributedPlanes;
  readonly target: ClassPrediction;
  readonly other: ClassPrediction;
  readonly measures: Readonly<Record<Exclude<QualityName, 'relevanceGain'>, Measurement>>;
}

/** One picture's map, that of the second most probable class, and those under noise. */
export async function measureMap(model: StudyModel, { planes, sha256, seed, options }: MapTask): Promise<MeasuredMap> {
  const first = await attributeOne(model, planes, { ...options, averageShifts: false, target: predictedTarget });
  const [target, other] = rankClasses(readPrediction(first.logits, model.labels).classes);
  const explained = options.averageShifts
    ? await attributeOne(model, planes, { ...options, target: target.index })
    : first;
  const apart = await attributeOne(model, planes, { ...options, target: other.index });
  const noises = Array.from({ length: NOISES }, (_, at) =>
    parseVariants([`noise:deviation=${NOISE_DEVIATION}`], seed + at),
  );
  const noisy = noises.flat().flatMap((variant) => {
    const outcome = alterPlanes(planes, variant, sha256);
    return isImpossible(outcome) ? [] : [outcome.planes];
  });
  const { rows } = await attributePlanes(model, noisy, { ...options, target: target.index });
  const repeats = rows.map((row) => compareMaps(planes, explained, row));
  const sum = explained.map.reduce((total, value) => total + value, 0);
  return {
    ...{ explained, target, other },
    measures: {
      // Relevance is in proportion to what it starts from, here 1.
      conservation: computeConservationResidual(sum * target.logit, target.logit),
      classCosine:
        target.index === other.index
          ? undefinedBecause('the model has one class only')
          : compareMaps(planes, explained, apart).cosine,
      noiseSpearman: meanOf(repeats.map(({ spearman }) => spearman)),
      noiseSsim: meanOf(repeats.map(({ ssim }) => ssim)),
      checker: computeCheckerPattern({ width: planes.width, height: planes.height, values: explained.map }).total,
    },
  };
}

async function attributeOne(model: StudyModel, planes: Planes, options: AttributeOptions): Promise<AttributedPlanes> {
  const [row] = (await attributePlanes(model, [planes], options)).rows;
  if (!row) throw new RangeError('One picture gives one map.');
  return row;
}

/** The most probable class and the next. */
function rankClasses(classes: readonly ClassPrediction[]): readonly [ClassPrediction, ClassPrediction] {
  const [first, second = first] = classes.toSorted((a, b) => b.probability - a.probability);
  if (!first || !second) throw new RangeError('A classifier has classes.');
  return [first, second];
}

/** Maps as they are shown, on one grid. */
export function compareMaps({ width, height }: Planes, a: AttributedPlanes, b: AttributedPlanes): MapDistances {
  return computeMapDistances({
    width,
    height,
    a: a.sensed,
    b: b.sensed,
    valid: new Uint8Array(width * height).fill(1),
  });
}

function meanOf(measurements: readonly Measurement[]): Measurement {
  const undefinedOne = measurements.find(({ value }) => Number.isNaN(value));
  if (undefinedOne) return undefinedOne;
  if (measurements.length === 0) return undefinedBecause('no noise of that strength was possible');
  return { value: measurements.reduce((sum, { value }) => sum + value, 0) / measurements.length };
}
