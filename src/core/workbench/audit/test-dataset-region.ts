import path from 'node:path';
import { createRemovalMask, drawNullMark, type RegionMask } from '#core/audit/index.ts';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { checkSplit, getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { preparePicture } from '../prepare-picture.ts';
import { describeRegionTest } from './describe-region-test.ts';
import { summarizeCases, type TestedCase } from './summarize-cases.ts';
import type { DatasetMarkReport, DatasetMarkRequest, MarkedCase } from './mark-test-request.ts';
import { isSuspect, loadPictureRegions, type PictureRegion } from './picture-regions.ts';
import { openRegionModel, releaseRegionModel, type RegionModel } from './region-model.ts';
import { testRegion } from './test-region.ts';

interface DatasetTest {
  readonly engine: Engine;
  readonly catalog: ReadonlyCatalog;
  readonly dataset: Dataset;
  readonly request: DatasetMarkRequest;
  readonly control: JobControl;
  readonly model: RegionModel;
}

/**
 * Tests a region on every picture of a dataset that has it, and marks of nothing beside it. A picture that cannot be read is reported and does not
 * stop the others. Throws `dataset/unknown`, what opening a model throws, and `request/invalid` where no picture has the region.
 */
export async function testDatasetRegion(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: ReadonlyCatalog },
  request: DatasetMarkRequest,
  control: JobControl,
): Promise<DatasetMarkReport> {
  const dataset = getDataset(catalog, request.dataset);
  checkSplit(catalog, dataset, request.split);
  const model = await openRegionModel(engine, request, control);
  try {
    const test = { engine, catalog, dataset, request, control, model };
    return summarizeCases(request, model, await testAll(test));
  } finally {
    await releaseRegionModel(engine, model);
  }
}

async function testAll(
  test: DatasetTest,
): Promise<{ readonly cases: readonly TestedCase[]; readonly failures: readonly SampleFailure[] }> {
  const { catalog, dataset, request, control } = test;
  const samples = listSamples(catalog, { dataset: dataset.id, split: request.split, duplicates: false });
  const cases: TestedCase[] = [];
  const failures: SampleFailure[] = [];
  for (const [index, sample] of samples.entries()) {
    throwIfCancelled(control);
    control.onProgress?.({ done: index, total: samples.length, label: `${dataset.name}: ${request.region}` });
    try {
      cases.push(...(await testSample(test, sample)));
    } catch (cause) {
      failures.push({ path: sample.path, error: asPictureError(cause).toRecord() });
    }
  }
  if (cases.some(({ record }) => record.kind === 'mark')) return { cases, failures };
  const sentence = `No picture of the dataset "${dataset.name}" has the region "${request.region}"; "lightbox ledger" lists those there are.`;
  throw new LightboxError('request/invalid', sentence);
}

/** Only what is wrong with a picture itself is the picture's failure. */
function asPictureError(cause: unknown): LightboxError {
  const error = LightboxError.from(cause);
  if (error.code.startsWith('picture/') || error.code === 'request/invalid') return error;
  throw error;
}

async function testSample(test: DatasetTest, sample: ListedSample): Promise<readonly TestedCase[]> {
  const { catalog, dataset, request, model } = test;
  const { recipe } = model;
  const { regions } = await loadPictureRegions({ catalog, dataset, recipe }, sample);
  const found = regions.find(({ name, mask }) => name === request.region && mask.coverage.some((share) => share > 0));
  const artefacts = regions.filter(({ name }) => isSuspect(name) && !/^(border|outside )/.test(name));
  const nulls = drawNulls({ request, recipe, sample }, artefacts);
  if (!found && nulls.length === 0) return [];
  const { input } = await preparePicture(path.join(dataset.folder, sample.path), 0, { recipe });
  const wanted = [...(found ? [{ kind: 'mark' as const, region: found.mask }] : []), ...nulls];
  const cases: TestedCase[] = [];
  for (const [index, { kind, region }] of wanted.entries()) {
    const others = artefacts.filter(({ mask }) => mask !== region).map(({ mask }) => mask);
    const place = { sample, tensor: input.tensor, others, index };
    cases.push(await testOne(test, { kind, region }, place));
  }
  return cases;
}

interface CasePlace {
  readonly sample: ListedSample;
  readonly tensor: Float32Array;
  readonly others: readonly RegionMask[];
  readonly index: number;
}

async function testOne(
  { engine, model, request, control }: DatasetTest,
  { kind, region }: { readonly kind: MarkedCase['kind']; readonly region: RegionMask },
  { sample, tensor, others, index }: CasePlace,
): Promise<TestedCase> {
  const { seed = 1, controls } = request;
  const isFrame = kind === 'mark' && request.region === 'border';
  const done = await testRegion({
    ...{ engine, model, tensor, region, others, isFrame, controls, signal: control.signal },
    seed: `${seed} ${sample.contentSha256 ?? sample.path} ${index}`,
  });
  const record = describeRegionTest(done, { labels: model.labels, region });
  const named = request.keepNames === true ? { path: sample.path } : {};
  return {
    record: { picture: sample.contentSha256 ?? '', ...named, label: sample.label, kind, ...record },
    patient: sample.patientHash,
  };
}

function drawNulls(
  { request, recipe, sample }: Pick<DatasetTest, 'request'> & { recipe: RegionModel['recipe']; sample: ListedSample },
  artefacts: readonly PictureRegion[],
): readonly { readonly kind: 'null'; readonly region: RegionMask }[] {
  const { width, height } = recipe;
  const avoid = new Uint8Array(width * height);
  for (const { mask } of artefacts) {
    createRemovalMask(mask).forEach((inside, pixel) => {
      if (inside === 1) avoid[pixel] = 1;
    });
  }
  const draw = createRandomWords(`null ${request.seed ?? 1} ${sample.contentSha256 ?? sample.path}`);
  return Array.from({ length: request.nulls ?? 0 }).flatMap(() => {
    const region = drawNullMark({ width, height, avoid, draw });
    return region ? [{ kind: 'null' as const, region }] : [];
  });
}
