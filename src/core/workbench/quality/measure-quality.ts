import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { computeMeanInterval, undefinedBecause, type MeanWithInterval, type Measurement } from '#core/audit/index.ts';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { computePlanes, decodePicture, type Planes } from '#core/imaging/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import { findCaution } from '#shared/composite-cautions.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import { chooseComposites } from '../choose-composites.ts';
import { createProgress, throwIfCancelled, type JobControl } from '../job.ts';
import { loadModelFile, recordModel, type ModelFile } from '../model-file.ts';
import { attributePlanes } from '../robustness/attribute-planes.ts';
import { nameModels, openStudyModel } from '../robustness/study-model.ts';
import { chooseStudyPictures } from '../robustness/study-pictures.ts';
import { readVersions } from '../versions.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { judgeCard } from './describe-card.ts';
import { measureGain, type Predictor } from './measure-gain.ts';
import { compareMaps, measureMap, type MeasuredMap } from './measure-maps.ts';
import { qualityMeasures, type PictureQuality, type QualityCard, type QualityMeasure, type QualityRecord, type QualityReport, type RandomizationStep } from './quality-record.ts'; // prettier-ignore
import type { QualityRequest } from './quality-request.ts';
import { saveQuality } from './save-quality.ts';
import { listWeights, saveShuffled } from './shuffle-weights.ts';

const DEFAULT_BATCH = 4;
/** Pairs of maps the randomization check is held against (Arun et al., 2021). */
const MOST_PAIRS = 50;
const LEAST_MAPS = 2;

interface ReadPicture {
  readonly position: number;
  readonly sha256: string;
  readonly planes: Planes;
  readonly patient: string | undefined;
}

interface QualityJob {
  readonly engine: Engine;
  readonly request: QualityRequest;
  readonly control: JobControl;
  readonly file: ModelFile;
  readonly pictures: readonly ReadPicture[];
  readonly predictor: Predictor;
  /** Models with shuffled weights, few layers first. */
  readonly shuffled: readonly { readonly file: ModelFile; readonly count: number }[];
  readonly step: (label: string) => void;
}

/** What can be said of the maps of a model by each composite. Throws as explaining does. */
export async function measureQuality(
  { engine, readCatalog }: { readonly engine: Engine; readonly readCatalog: () => ReadonlyCatalog },
  request: QualityRequest,
  control: JobControl,
): Promise<QualityReport> {
  const file = await loadModelFile(request.modelPath);
  const composites = await chooseComposites(request.composite ?? defaultComposite, zBoxBounds(file));
  const { pictures, failures } = await readPictures(readCatalog, request, file);
  const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-quality-'));
  const { height, width } = file.manifest.manifest.input;
  try {
    const shuffled = await shuffleAll(file, { folder, seed: request.seed ?? 1 });
    const opened = await engine.open({ modelPath: file.path, inputSize: { height, width }, ...(request.provider && { provider: request.provider }) }, control); // prettier-ignore
    const total = composites.length * pictures.length * (1 + shuffled.length);
    const job = { engine, request, control, file, pictures, predictor: { engine, file, opened }, shuffled, step: createProgress(total, control) }; // prettier-ignore
    const cards: QualityCard[] = [];
    for (const composite of composites) cards.push(await measureComposite(job, composite));
    await engine.release(opened.handle);
    const record = await describe(request, file, cards);
    return { ...record, failures, files: await saveQuality(record, request.outputFolder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readPictures(
  readCatalog: () => ReadonlyCatalog,
  request: QualityRequest,
  file: ModelFile,
): Promise<{ readonly pictures: readonly ReadPicture[]; readonly failures: QualityReport['failures'] }> {
  const pictures: ReadPicture[] = [];
  const failures: { position: number; error: ErrorRecord }[] = [];
  for (const [at, chosen] of chooseStudyPictures(readCatalog, request).entries()) {
    try {
      const picture = await decodePicture(chosen.path);
      const planes = computePlanes(picture, file.manifest.manifest.input);
      pictures.push({ position: at + 1, sha256: picture.sha256, planes, patient: chosen.patient });
    } catch (cause) {
      const error = LightboxError.from(cause);
      if (!error.code.startsWith('picture/')) throw error;
      failures.push({ position: at + 1, error: error.toRecord() });
    }
  }
  return { pictures, failures };
}

/** The last layer, the later half, and all; fewer where these are the same. */
async function shuffleAll(
  file: ModelFile,
  { folder, seed }: { readonly folder: string; readonly seed: number },
): Promise<QualityJob['shuffled']> {
  const layers = listWeights(file.model).length;
  const counts = new Set([1, Math.ceil(layers / 2), layers].filter((count) => count <= layers && count > 0));
  const shuffled: { file: ModelFile; count: number }[] = [];
  for (const count of counts) {
    const saved = path.join(folder, `${count}.onnx`);
    shuffled.push({ count, file: await saveShuffled(file, { count, seed, path: saved }) });
  }
  return shuffled;
}

interface MeasuredPicture {
  readonly picture: ReadPicture;
  readonly map: MeasuredMap;
  readonly quality: PictureQuality;
}

async function measureComposite(job: QualityJob, composite: Composite): Promise<QualityCard> {
  const measured = await measurePictures(job, composite);
  const randomization: RandomizationStep[] = [];
  for (const shuffled of job.shuffled)
    randomization.push(await compareShuffled(job, composite, { shuffled, measured }));
  const pairSsim = comparePairs(measured);
  const all = randomization.at(-1);
  const isDecided = all !== undefined && !Number.isNaN(all.ssim.mean) && !Number.isNaN(pairSsim.value);
  const names = Object.keys(qualityMeasures) as QualityMeasure[];
  const means = names.map(
    (name) => [name, meanOf(job, measured, ({ quality }) => quality.measures[name].value)] as const,
  );
  const card = {
    composite: composite.name,
    caution: findCaution(composite.name),
    pictures: measured.map(({ quality }) => quality),
    means: Object.fromEntries(means) as Readonly<Record<QualityMeasure, MeanWithInterval>>,
    ...{ randomization, pairSsim, passesRandomization: isDecided ? all.ssim.mean < pairSsim.value : undefined },
  };
  const isResidual = job.file.model.graph.nodes.some(({ operator }) => operator === 'Add');
  return { ...card, sentences: judgeCard(card, isResidual) };
}

async function measurePictures(job: QualityJob, composite: Composite): Promise<readonly MeasuredPicture[]> {
  const { engine, request, control, file, pictures, predictor } = job;
  const { seed = 1 } = request;
  const model = await openStudyModel(engine, { file, composite, provider: request.provider }, control);
  const measured: MeasuredPicture[] = [];
  try {
    for (const picture of pictures) {
      throwIfCancelled(control);
      job.step(`${composite.name}: picture ${picture.position}`);
      const map = await measureMap(model, { ...picture, seed, options: optionsOf(job) });
      const { target, other, explained } = map;
      const seedText = `quality ${seed} ${picture.sha256}`;
      const { gain, randomGains } = await measureGain(predictor, { planes: picture.planes, map: explained.sensed, target: target.index, seedText, signal: control.signal }); // prettier-ignore
      const { position, sha256 } = picture;
      const quality = { position, sha256, target: target.label, other: other.label, randomGains, measures: { ...map.measures, relevanceGain: gain } }; // prettier-ignore
      measured.push({ picture, map, quality });
    }
  } finally {
    await engine.release(model.opened.handle);
  }
  return measured;
}

const optionsOf = ({ request, control }: QualityJob): Omit<Parameters<typeof attributePlanes>[2], 'target'> => ({
  ...{ batchSize: request.batchSize ?? DEFAULT_BATCH, averageShifts: request.averageShifts ?? false },
  signal: control.signal,
});

interface ShuffledCheck {
  readonly shuffled: QualityJob['shuffled'][number];
  readonly measured: readonly MeasuredPicture[];
}

/** The same pictures for the same classes, explained by a model that has forgotten what it knew. */
async function compareShuffled(
  job: QualityJob,
  composite: Composite,
  { shuffled: { file, count }, measured }: ShuffledCheck,
): Promise<RandomizationStep> {
  const { engine, request, control } = job;
  const model = await openStudyModel(engine, { file, composite, provider: request.provider }, control);
  const values = new Map<MeasuredPicture, { spearman: number; ssim: number }>();
  try {
    for (const one of measured) {
      throwIfCancelled(control);
      job.step(`${composite.name}: ${count} layers shuffled`);
      const { picture, map } = one;
      const { rows } = await attributePlanes(model, [picture.planes], { ...optionsOf(job), target: map.target.index });
      const distances = rows[0] && compareMaps(picture.planes, map.explained, rows[0]);
      values.set(one, { spearman: distances?.spearman.value ?? NaN, ssim: distances?.ssim.value ?? NaN });
    }
  } finally {
    await engine.release(model.opened.handle);
  }
  const mean = (name: 'spearman' | 'ssim'): MeanWithInterval =>
    meanOf(job, measured, (one) => values.get(one)?.[name] ?? NaN);
  return {
    shuffled: count,
    layers: listWeights(job.file.model).length,
    spearman: mean('spearman'),
    ssim: mean('ssim'),
  };
}

function comparePairs(measured: readonly MeasuredPicture[]): Measurement {
  if (measured.length < LEAST_MAPS) return undefinedBecause('there are no two maps to compare');
  const pairs = measured.flatMap((one, at) => measured.slice(at + 1).map((other) => [one, other] as const));
  const ssims = pairs.slice(0, MOST_PAIRS).flatMap(([{ picture, map }, other]) => {
    const { value } = compareMaps(picture.planes, map.explained, other.map.explained).ssim;
    return Number.isNaN(value) ? [] : [value];
  });
  if (ssims.length === 0) return undefinedBecause('no two maps can be compared');
  return { value: ssims.reduce((sum, value) => sum + value, 0) / ssims.length };
}

function meanOf(
  { request: { seed = 1 } }: QualityJob,
  measured: readonly MeasuredPicture[],
  read: (one: MeasuredPicture) => number,
): MeanWithInterval {
  const cases = measured.map((one) => ({ value: read(one), patient: one.picture.patient }));
  return computeMeanInterval(cases, { seed });
}

async function describe(
  request: QualityRequest,
  file: ModelFile,
  cards: readonly QualityCard[],
): Promise<QualityRecord> {
  const { dataset, split, seed = 1, averageShifts = false } = request;
  const [name = ''] = nameModels([file]);
  return {
    ...{ format: 'relevance-lightbox/quality/1', created: new Date().toISOString(), versions: readVersions() },
    model: { ...(await recordModel(file)), name },
    ...(dataset !== undefined && { dataset }),
    ...(split !== undefined && { split }),
    ...{ seed, averageShifts, cards },
  };
}
