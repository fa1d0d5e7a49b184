import {
  computeMeanInterval,
  reasonOf,
  undefinedBecause,
  type MapDistances,
  type MeanWithInterval,
  type Measurement,
} from '#core/audit/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { Planes } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { findCaution } from '#shared/composite-cautions.ts';
import { qualityOrder, type QualityName } from '#shared/metrics/index.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import type { ModelFile } from '../model-file.ts';
import { attributePlanes, type AttributeOptions } from '../robustness/attribute-planes.ts';
import { openStudyModel } from '../robustness/study-model.ts';
import { judgeCard } from './describe-card.ts';
import { measureGain, type Predictor } from './measure-gain.ts';
import { compareMaps, measureMap, type MeasuredMap } from './measure-maps.ts';
import type { PictureQuality, QualityCard, RandomizationStep } from './quality-record.ts';
import type { QualityRequest } from './quality-request.ts';
import { listWeights } from './shuffle-weights.ts';
import type { ShuffledModel } from './shuffled-models.ts';

const DEFAULT_BATCH = 4;
/** Pairs of maps the randomization check is held against (Arun et al., 2021). */
const MOST_PAIRS = 50;
const LEAST_MAPS = 2;

/** A picture the card is measured on. */
export interface CardPicture {
  readonly position: number;
  readonly sha256: string;
  readonly planes: Planes;
  readonly patient: string | undefined;
}

export interface CardTask {
  readonly engine: Engine;
  readonly request: QualityRequest;
  readonly control: JobControl;
  readonly file: ModelFile;
  readonly pictures: readonly CardPicture[];
  readonly predictor: Predictor;
  /** Models with shuffled weights, few layers first. */
  readonly shuffled: readonly ShuffledModel[];
  readonly step: (label: string) => void;
}

interface MeasuredPicture {
  readonly picture: CardPicture;
  readonly map: MeasuredMap;
  readonly quality: PictureQuality;
}

/** What can be said of the maps by one composite. */
export async function measureCard(job: CardTask, composite: Composite): Promise<QualityCard> {
  const measured = await measurePictures(job, composite);
  const randomization: RandomizationStep[] = [];
  for (const shuffled of job.shuffled)
    randomization.push(await compareShuffled(job, composite, { shuffled, measured }));
  const pairSsim = comparePairs(measured);
  const all = randomization.at(-1);
  const isDecided = all !== undefined && !Number.isNaN(all.ssim.mean) && !Number.isNaN(pairSsim.value);
  const means = qualityOrder.map(
    (name) => [name, meanOf(job, measured, ({ quality }) => quality.measures[name].value)] as const,
  );
  const card = {
    composite: composite.name,
    caution: findCaution(composite.name),
    pictures: measured.map(({ quality }) => quality),
    means: Object.fromEntries(means) as Readonly<Record<QualityName, MeanWithInterval>>,
    ...{ randomization, pairSsim, passesRandomization: isDecided ? all.ssim.mean < pairSsim.value : undefined },
  };
  const isResidual = job.file.model.graph.nodes.some(({ operator }) => operator === 'Add');
  return { ...card, sentences: judgeCard(card, isResidual) };
}

async function measurePictures(job: CardTask, composite: Composite): Promise<readonly MeasuredPicture[]> {
  const { engine, request, control, file, pictures, predictor } = job;
  const { seed = 1 } = request;
  const model = await openStudyModel(engine, { file, composite, provider: request.provider }, control);
  const measured: MeasuredPicture[] = [];
  try {
    for (const picture of pictures) {
      await control.pause?.wait(control.signal);
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

const optionsOf = ({ request, control }: CardTask): Omit<AttributeOptions, 'target'> => ({
  ...{ batchSize: request.batchSize ?? DEFAULT_BATCH, averageShifts: request.averageShifts ?? false },
  signal: control.signal,
});

interface ShuffledCheck {
  readonly shuffled: ShuffledModel;
  readonly measured: readonly MeasuredPicture[];
}

/** The same pictures for the same classes, explained by a model that has forgotten what it knew. */
async function compareShuffled(
  job: CardTask,
  composite: Composite,
  { shuffled: { file, count }, measured }: ShuffledCheck,
): Promise<RandomizationStep> {
  const { engine, request, control } = job;
  const model = await openStudyModel(engine, { file, composite, provider: request.provider }, control);
  const values = new Map<MeasuredPicture, MapDistances>();
  try {
    for (const one of measured) {
      throwIfCancelled(control);
      job.step(`${composite.name}: ${count} layers shuffled`);
      const { picture, map } = one;
      const { rows } = await attributePlanes(model, [picture.planes], { ...optionsOf(job), target: map.target.index });
      if (rows[0]) values.set(one, compareMaps(picture.planes, map.explained, rows[0]));
    }
  } finally {
    await engine.release(model.opened.handle);
  }
  const mean = (name: 'spearman' | 'ssim'): MeanWithInterval =>
    meanOf(job, measured, (one) => values.get(one)?.[name].value ?? NaN);
  const ssim = mean('ssim');
  const reason = [...values.values()].map((distances) => reasonOf(distances.ssim)).find((one) => one !== undefined);
  return {
    ...{ shuffled: count, layers: listWeights(job.file.model).length, spearman: mean('spearman'), ssim },
    ...(Number.isNaN(ssim.mean) && reason !== undefined && { reason: `with the weights shuffled ${reason}` }),
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
  { request: { seed = 1 } }: CardTask,
  measured: readonly MeasuredPicture[],
  read: (one: MeasuredPicture) => number,
): MeanWithInterval {
  const cases = measured.map((one) => ({ value: read(one), patient: one.picture.patient }));
  return computeMeanInterval(cases, { seed });
}
