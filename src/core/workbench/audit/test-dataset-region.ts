import { createRemovalMask, drawNullMark, type RegionMask } from '#core/audit/index.ts';
import type { Catalog, ListedSample } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { marksOfNothing } from '#shared/region-verdicts.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { checkSplit, getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { summarizeCases, type TestedCase } from './summarize-cases.ts';
import type { CaseRecord, DatasetMarkReport, DatasetMarkRequest, MarkedCase } from './mark-test-request.ts';
import { isArtefact } from './picture-regions.ts';
import { openRegionModel, releaseRegionModel } from './region-model.ts';
import { asPictureError, enterRegionModel, loadOnce, testCase, type CasePlace } from './test-case.ts';
import { listTestedRegions, type TestedRegion } from './tested-region.ts';

interface DatasetTest extends CasePlace {
  readonly request: DatasetMarkRequest;
}

/**
 * Tests a region on every picture of a dataset that has it, and marks of nothing beside it. Cases stay in the catalog as they come, so that what was broken off
 * goes on where it stopped. A picture that cannot be read is reported and does not stop the others. Throws `dataset/unknown`, what opening a model throws, and
 * `request/invalid` where no picture has the region.
 */
export async function testDatasetRegion(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: Catalog },
  request: DatasetMarkRequest,
  control: JobControl,
): Promise<DatasetMarkReport> {
  const dataset = getDataset(catalog, request.dataset);
  checkSplit(catalog, dataset, request.split);
  const model = await openRegionModel(engine, request, control);
  try {
    const { controls, seed } = request;
    const entered = enterRegionModel(catalog, model);
    const test = { engine, catalog, dataset, model, entered, controls, seed, control, request };
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
    await control.pause?.wait(control.signal);
    throwIfCancelled(control);
    control.onProgress?.({ done: index, total: samples.length, label: `${dataset.name}: ${request.region}` });
    try {
      cases.push(...(await testSample(test, sample)));
    } catch (cause) {
      failures.push({ path: sample.path, error: asPictureError(cause).toRecord() });
    }
  }
  const isFound = cases.some(({ record }) => record.kind === 'mark' || request.region === marksOfNothing);
  if (isFound) return { cases, failures };
  const sentence = `No picture of the dataset "${dataset.name}" has the region "${request.region}"; "lightbox ledger" lists those there are.`;
  throw new LightboxError('request/invalid', sentence);
}

async function testSample(test: DatasetTest, sample: ListedSample): Promise<readonly TestedCase[]> {
  const { catalog, dataset, request, model } = test;
  const { recipe } = model;
  const regions = await listTestedRegions({ catalog, dataset, recipe }, sample);
  const found = regions.filter(({ subject }) => subject === request.region);
  const artefacts = regions.filter(({ subject }) => isArtefact(subject) && !isSingle(subject)).map((one) => one.region);
  const wanted = [...found, ...drawNulls({ test, sample }, artefacts)];
  const load = loadOnce(test, sample);
  const cases: TestedCase[] = [];
  for (const [draw, tested] of wanted.entries()) {
    const { result } = await testCase(test, { sample, load }, { ...tested, draw });
    cases.push(describeCase(result, { sample, isNull: isNull(tested.subject), keepNames: request.keepNames === true }));
  }
  return cases;
}

const isSingle = (subject: string): boolean => /^mark \d+$/.test(subject);

const nullSubject = (index: number): string => `mark of nothing ${index + 1}`;
const isNull = (subject: string): boolean => subject.startsWith('mark of nothing ');

function describeCase(
  result: CaseRecord,
  {
    sample,
    isNull: isOfNothing,
    keepNames,
  }: { readonly sample: ListedSample; readonly isNull: boolean; readonly keepNames: boolean },
): TestedCase {
  const named = keepNames ? { path: sample.path } : {};
  const kind: MarkedCase['kind'] = isOfNothing ? 'null' : 'mark';
  const record = {
    picture: sample.contentSha256 ?? '',
    ...named,
    sample: sample.id,
    label: sample.label,
    kind,
    ...result,
  };
  return { record, patient: sample.patientHash };
}

const countNulls = ({ nulls, region }: DatasetMarkRequest): number => nulls ?? (region === marksOfNothing ? 1 : 0);

function drawNulls(
  { test, sample }: { readonly test: DatasetTest; readonly sample: ListedSample },
  artefacts: readonly RegionMask[],
): readonly TestedRegion[] {
  const { request, model } = test;
  const { width, height } = model.recipe;
  const avoid = new Uint8Array(width * height);
  for (const mask of artefacts) {
    createRemovalMask(mask).forEach((inside, pixel) => {
      if (inside === 1) avoid[pixel] = 1;
    });
  }
  const seed = `null ${request.seed ?? 1} ${sample.contentSha256 ?? sample.path}`;
  const draw = createRandomWords(seed);
  return Array.from({ length: countNulls(request) }, (_, index) => index).flatMap((index) => {
    const region = drawNullMark({ width, height, avoid, draw });
    const subject = nullSubject(index);
    return region ? [{ subject, region, isFrame: false, others: artefacts, basis: `${seed} ${index}` }] : [];
  });
}
