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
  type Impossible,
  type Planes,
  type Variant,
} from '#core/imaging/index.ts';
import { predictedTarget } from '../resolve-target.ts';
import { readPrediction, type Prediction } from '../prediction.ts';
import { attributePlanes, type AttributedPlanes, type AttributeOptions } from './attribute-planes.ts';
import type { PictureStudy, VariantRecord } from './robustness-record.ts';
import type { StudySource } from './study-model.ts';

/** A picture as one model sees it, to be studied. */
export interface StudyTask {
  readonly planes: Planes;
  /** What chance is told the picture apart by. */
  readonly sha256: string;
  readonly variants: readonly Variant[];
  readonly options: AttributeOptions;
  /** What was computed before for the same class. */
  readonly known?: KnownVersions | undefined;
}

export interface KnownVersions {
  readonly original: StudiedVersion;
  /** By id. */
  readonly variants: ReadonlyMap<string, StudiedVariant>;
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

/** Explains a picture unchanged, then those of its variants that are not known for the same class in batches, and compares the maps. */
export async function studyPicture(source: StudySource, task: StudyTask): Promise<StudyResult> {
  const { known } = task;
  const first = known ? { version: known.original, milliseconds: 0 } : await explainOriginal(source, task);
  const original = first.version;
  const { target } = original.attributed;
  const missing = task.variants.filter((variant) => !known?.variants.has(variantId(variant)));
  const run = await explainVariants(source, { ...task, variants: missing }, target);
  const { index, label, classes } = original.prediction;
  return {
    original,
    variants: task.variants.map((variant) => {
      const id = variantId(variant);
      return known?.variants.get(id) ?? compareVariant(original, variant, run.found.get(id));
    }),
    predicted: { index, label },
    target: classes[target] ?? { index: target, label: String(target), logit: NaN, probability: NaN },
    checker: checkerOf(original),
    milliseconds: first.milliseconds + run.milliseconds,
  };
}

/** The class predicted is not known before the first pass, which is made again with shifts where they are averaged. */
async function explainOriginal(
  source: StudySource,
  { planes, options }: StudyTask,
): Promise<{ readonly version: StudiedVersion; readonly milliseconds: number }> {
  const model = await source.open();
  const isOpen = options.averageShifts && options.target === predictedTarget;
  const known = isOpen ? await attributePlanes(model, [planes], { ...options, averageShifts: false }) : undefined;
  const target = known?.rows[0]?.target ?? options.target;
  const { rows, milliseconds } = await attributePlanes(model, [planes], { ...options, target });
  const [row] = rows;
  if (!row) throw new RangeError('One picture gives one map.');
  const version = readVersion(source, { planes, drawn: {} }, row);
  return { version, milliseconds: milliseconds + (known?.milliseconds ?? 0) };
}

interface VariantsRun {
  /** By id. */
  readonly found: ReadonlyMap<string, Found>;
  readonly milliseconds: number;
}

async function explainVariants(source: StudySource, task: StudyTask, target: number): Promise<VariantsRun> {
  const outcomes = task.variants.map((variant) => alterPlanes(task.planes, variant, task.sha256));
  const possible = outcomes.flatMap((outcome) => (isImpossible(outcome) ? [] : [outcome]));
  const { rows, milliseconds } =
    possible.length === 0
      ? { rows: [], milliseconds: 0 }
      : await attributePlanes(await source.open(), possible.map(({ planes }) => planes), { ...task.options, target }); // prettier-ignore
  const read = (outcome: Altered | Impossible): Found => {
    if (isImpossible(outcome)) return outcome;
    const row = rows[possible.indexOf(outcome)];
    return row ? readVersion(source, outcome, row) : { reason: 'it was not computed' };
  };
  const found = task.variants.map((variant, at): [string, Found] => [
    variantId(variant),
    outcomes[at] ? read(outcomes[at]) : { reason: 'it was not computed' },
  ]);
  return { found: new Map(found), milliseconds };
}

/** What the model says of a version, and its map laid back. */
export function readVersion(
  { labels }: Pick<StudySource, 'labels'>,
  altered: Altered,
  attributed: AttributedPlanes,
): StudiedVersion {
  const prediction = readPrediction(attributed.logits, labels);
  return { altered, attributed, prediction, carried: carryMap(attributed.sensed, altered) };
}

type Found = StudiedVersion | { readonly reason: string };

function compareVariant(original: StudiedVersion, variant: Variant, found: Found | undefined): StudiedVariant {
  const id = variantId(variant);
  if (!found || 'reason' in found)
    return { variant, version: undefined, record: describeNothing(id, found?.reason ?? 'it was not computed') };
  return { variant, version: found, record: { id, ...compareVersions(original, found) } };
}

/** Of a variant that cannot be made. */
export function describeNothing(id: string, reason: string): VariantRecord {
  const none = undefinedBecause(reason);
  const distances = Object.fromEntries(mapMeasureNames.map((name) => [name, none])) as unknown as MapDistances;
  return { id, reason, distances, checker: none };
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

export const checkerOf = ({ altered: { planes }, attributed }: StudiedVersion): PictureStudy['checker'] =>
  computeCheckerPattern({ width: planes.width, height: planes.height, values: attributed.map }).total;
