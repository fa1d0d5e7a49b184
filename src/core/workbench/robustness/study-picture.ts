import {
  computeCheckerPattern,
  computeMapDistances,
  computePredictionDrift,
  mapMeasureNames,
  undefinedBecause,
  type MapDistances,
} from '#core/audit/index.ts';
import {
  alterPlanes,
  carryMap,
  isImpossible,
  variantId,
  type Altered,
  type CarriedMap,
  type Planes,
  type Variant,
} from '#core/imaging/index.ts';
import { predictedTarget } from '../resolve-target.ts';
import { readPrediction, type Prediction } from '../prediction.ts';
import { attributePlanes, type AttributedPlanes, type AttributeOptions } from './attribute-planes.ts';
import type { PictureStudy, VariantRecord } from './robustness-record.ts';
import type { StudyModel } from './study-model.ts';

/** A picture as one model sees it, to be studied. */
export interface StudyTask {
  readonly planes: Planes;
  /** What chance is told the picture apart by. */
  readonly sha256: string;
  readonly variants: readonly Variant[];
  readonly options: AttributeOptions;
}

/** A version of the picture with all that was found of it; what figures are drawn from. */
export interface StudiedVersion {
  readonly altered: Altered;
  readonly attributed: AttributedPlanes;
  readonly prediction: Prediction;
  /** The map laid back onto the unchanged picture. */
  readonly carried: CarriedMap;
}

export interface StudiedVariant {
  readonly variant: Variant;
  readonly record: VariantRecord;
  /** Undefined where the picture cannot be changed so. */
  readonly version: StudiedVersion | undefined;
}

export interface StudyResult extends Pick<PictureStudy, 'predicted' | 'target' | 'checker' | 'milliseconds'> {
  readonly original: StudiedVersion;
  readonly variants: readonly StudiedVariant[];
}

/** Explains a picture unchanged, then all its variants for the same class in batches of one opened model, and compares the maps. */
export async function studyPicture(model: StudyModel, task: StudyTask): Promise<StudyResult> {
  const first = await explainOriginal(model, task);
  const altered = task.variants.map((variant) => alterPlanes(task.planes, variant, task.sha256));
  const possible = altered.flatMap((outcome) => (isImpossible(outcome) ? [] : [outcome]));
  const target = first.row.target;
  const run = await attributePlanes(model, possible.map(({ planes }) => planes), { ...task.options, target }); // prettier-ignore
  const versions = new Map(
    possible.map((outcome, at) => [outcome, readVersion(model, outcome, run.rows[at] ?? first.row)]),
  );
  const original = readVersion(model, { planes: task.planes, drawn: {} }, first.row);
  const { index, label, classes } = original.prediction;
  return {
    original,
    variants: task.variants.map((variant, at) => compareVariant(original, variant, findVersion(versions, altered[at]))),
    predicted: { index, label },
    target: classes[target] ?? { index: target, label: String(target), logit: NaN, probability: NaN },
    checker: checkerOf(original),
    milliseconds: first.milliseconds + run.milliseconds,
  };
}

/** The class predicted is not known before the first pass, which is made again with shifts where they are averaged. */
async function explainOriginal(
  model: StudyModel,
  { planes, options }: StudyTask,
): Promise<{ readonly row: AttributedPlanes; readonly milliseconds: number }> {
  const isOpen = options.averageShifts && options.target === predictedTarget;
  const known = isOpen ? await attributePlanes(model, [planes], { ...options, averageShifts: false }) : undefined;
  const target = known?.rows[0]?.target ?? options.target;
  const { rows, milliseconds } = await attributePlanes(model, [planes], { ...options, target });
  const [row] = rows;
  if (!row) throw new RangeError('One picture gives one map.');
  return { row, milliseconds: milliseconds + (known?.milliseconds ?? 0) };
}

function readVersion({ labels }: StudyModel, altered: Altered, attributed: AttributedPlanes): StudiedVersion {
  const prediction = readPrediction(attributed.logits, labels);
  return { altered, attributed, prediction, carried: carryMap(attributed.sensed, altered) };
}

type Found = StudiedVersion | { readonly reason: string };

function findVersion(
  versions: ReadonlyMap<Altered, StudiedVersion>,
  outcome: ReturnType<typeof alterPlanes> | undefined,
): Found {
  if (!outcome || isImpossible(outcome)) return { reason: outcome?.reason ?? 'it was not computed' };
  return versions.get(outcome) ?? { reason: 'it was not computed' };
}

function compareVariant(original: StudiedVersion, variant: Variant, found: Found): StudiedVariant {
  const id = variantId(variant);
  if ('reason' in found) {
    const none = undefinedBecause(found.reason);
    const distances = Object.fromEntries(mapMeasureNames.map((name) => [name, none])) as unknown as MapDistances;
    return { variant, version: undefined, record: { id, reason: found.reason, distances, checker: none } };
  }
  return { variant, version: found, record: { id, ...compareVersions(original, found) } };
}

function compareVersions(original: StudiedVersion, changed: StudiedVersion): Omit<VariantRecord, 'id'> {
  const { target } = original.attributed;
  const [before, after] = [original.prediction.classes[target], changed.prediction.classes[target]];
  const { width, height, values, valid } = changed.carried;
  const { index, label } = changed.prediction;
  const { logit = NaN, probability = NaN } = after ?? {};
  return {
    drawn: changed.altered.drawn,
    ...{ predicted: { index, label }, target: { logit, probability } },
    drift: computePredictionDrift(before?.probability ?? NaN, probability),
    flipped: index !== original.prediction.index,
    logitChangedSign: Math.sign(before?.logit ?? NaN) !== Math.sign(logit),
    validShare: valid.reduce((sum, one) => sum + one, 0) / valid.length,
    distances: computeMapDistances({ width, height, a: original.attributed.sensed, b: values, valid }),
    checker: checkerOf(changed),
  };
}

const checkerOf = ({ altered: { planes }, attributed }: StudiedVersion): PictureStudy['checker'] =>
  computeCheckerPattern({ width: planes.width, height: planes.height, values: attributed.map }).total;
