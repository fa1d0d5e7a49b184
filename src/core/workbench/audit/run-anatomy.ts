import { createClassFinder, type ReadonlyCatalog } from '#core/catalog/index.ts';
import {
  createRemovalMask,
  evaluate,
  fillRegion,
  type EvaluationCase,
  type Interval,
  type PixelPlanes,
} from '#core/audit/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl } from '../job.ts';
import { readPrediction } from '../prediction.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { recordOf, type DatasetRegionRecord, type DatasetRegionRequest } from './dataset-region-request.ts';
import { readDatasetPictures, type DatasetPicture } from './dataset-pictures.ts';
import { predictVariants } from './predict-variants.ts';
import { openRegionModel, releaseRegionModel, type RegionModel } from './region-model.ts';

/** The region is the mask that holds the evidence: lung, lesion. */
export type AnatomyRequest = DatasetRegionRequest;

/** Pictures as they are, without their anatomy, and with nothing but it; what is taken away is filled in two ways. */
export const anatomyConditions = [
  { condition: 'as they are', keeps: 'all', fill: undefined },
  { condition: 'anatomy out', keeps: 'outside', fill: 'local mean' },
  { condition: 'anatomy out', keeps: 'outside', fill: 'harmonic' },
  { condition: 'anatomy only', keeps: 'inside', fill: 'local mean' },
  { condition: 'anatomy only', keeps: 'inside', fill: 'harmonic' },
] as const;

type AnatomyCondition = (typeof anatomyConditions)[number];

/** How well the label can be told under one condition. */
export interface AnatomyRow {
  readonly condition: AnatomyCondition['condition'];
  readonly fill: string | null;
  readonly accuracy: number;
  readonly meanAuc: number | null;
  readonly meanAucInterval: Interval | null;
  readonly auc: readonly { readonly label: string; readonly auc: number | null; readonly interval: Interval | null }[];
}

export interface AnatomyReport extends DatasetRegionRecord {
  readonly pictures: number;
  readonly unit: 'patient' | 'case';
  readonly rows: readonly AnatomyRow[];
  readonly failures: readonly SampleFailure[];
}

/**
 * Judges a model on pictures without their anatomy and on anatomy alone (Bissoto et al., 2019; Maguolo and Nanni, 2020): an AUC above 0.5
 * without it says that the surroundings carry the label. Throws `request/invalid` where no labelled picture has the mask.
 */
export async function runAnatomy(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: ReadonlyCatalog },
  request: AnatomyRequest,
  control: JobControl,
): Promise<AnatomyReport> {
  const model = await openRegionModel(engine, request, control);
  try {
    const reader = readDatasetPictures({ catalog, model, control }, request);
    const cases: EvaluationCase[][] = anatomyConditions.map(() => []);
    for await (const picture of reader.pictures()) {
      const answered = await answer({ engine, model, control }, picture, request.seed ?? 1);
      answered.forEach((one, index) => cases[index]?.push(one));
    }
    return describe(request, model, { cases, failures: reader.failures });
  } finally {
    await releaseRegionModel(engine, model);
  }
}

/** A case for each condition; none for a picture without mask or without a label of the model. */
async function answer(
  { engine, model, control }: { engine: Engine; model: RegionModel; control: JobControl },
  { sample, planes, region }: DatasetPicture,
  seed: number,
): Promise<readonly EvaluationCase[]> {
  const truth = createClassFinder(model.labels)(sample.label ?? '');
  if (truth === undefined || !region) return [];
  const inside = createRemovalMask(region);
  const outside = inside.map((pixel) => 1 - pixel);
  const pictures = anatomyConditions.map(({ keeps, fill }): PixelPlanes => {
    if (fill === undefined) return planes;
    const mask = keeps === 'outside' ? inside : outside;
    return fillRegion(fill, { picture: planes, mask, avoid: new Uint8Array(mask.length), seed: `${seed}` }) ?? planes;
  });
  const logits = await predictVariants(engine, model, { pictures, signal: control.signal });
  return logits.map((row) => ({
    ...{ id: sample.contentSha256 ?? sample.path, truth, patient: sample.patientHash },
    probabilities: Float32Array.from(readPrediction(row, model.labels).classes, ({ probability }) => probability),
  }));
}

function describe(
  request: AnatomyRequest,
  model: RegionModel,
  { cases, failures }: { readonly cases: readonly EvaluationCase[][]; readonly failures: readonly SampleFailure[] },
): AnatomyReport {
  const pictures = cases[0]?.length ?? 0;
  if (pictures === 0) {
    const sentence = `No labelled picture of the dataset "${request.dataset}" has a mask "${request.region}"; "lightbox ledger" lists the regions.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const evaluations = cases.map((own) =>
    evaluate(own, { labels: model.labels, bootstrap: { seed: request.seed ?? 1 } }),
  );
  return {
    ...{ ...recordOf(request, model), pictures },
    unit: evaluations[0]?.intervals?.unit ?? 'case',
    rows: evaluations.map((evaluation, index): AnatomyRow => {
      const { condition = 'as they are', fill } = anatomyConditions[index] ?? {};
      const { accuracy, meanAuc, intervals, classes } = evaluation;
      return {
        ...{ condition, fill: fill ?? null, accuracy, meanAuc: meanAuc ?? null },
        meanAucInterval: intervals?.meanAuc ?? null,
        auc: classes.map(({ label, auc }, at) => ({
          ...{ label, auc: auc ?? null, interval: intervals?.classes[at]?.auc ?? null },
        })),
      };
    }),
    failures,
  };
}
