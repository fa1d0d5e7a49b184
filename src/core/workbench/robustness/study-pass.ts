import { createClassFinder, type Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { computePlanes, decodePicture, type Picture, type Variant } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import type { IdentifiedModel } from '../collection/dataset-model.ts';
import { getDataset, listLabels } from '../collection/find-dataset.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import type { ModelFile, ModelRecord } from '../model-file.ts';
import { createOutputNamer } from '../output-names.ts';
import { resolveTarget } from '../resolve-target.ts';
import type { PictureSheets } from './picture-sheets.ts';
import type { PictureStudy, StudiedPicture } from './robustness-record.ts';
import type { RobustnessRequest } from './robustness-request.ts';
import { StudyBench, type StudyMemory } from './study-bench.ts';
import type { StudySource } from './study-model.ts';
import type { StudyPicture } from './study-pictures.ts';
import { studyRemembered, type RememberedTask } from './study-remembered.ts';

const DEFAULT_BATCH = 4;
const DEFAULT_FIGURES = 3;

/** A model with all composites it is tested with. */
export interface TestedModel {
  readonly file: ModelFile;
  readonly identified: IdentifiedModel;
  readonly record: ModelRecord & { readonly name: string };
  readonly composites: readonly Composite[];
}

export interface RobustnessJob {
  readonly engine: Engine;
  /** Where variants are kept; undefined for pictures given as files. */
  readonly catalog: Catalog | undefined;
  readonly request: RobustnessRequest;
  readonly control: JobControl;
  readonly pictures: readonly StudyPicture[];
  readonly variants: readonly Variant[];
  readonly models: readonly TestedModel[];
  readonly step: (label: string) => void;
  readonly studies: PictureStudy[];
  /** By position, so that a picture is reported once. */
  readonly failures: Map<number, ErrorRecord>;
  readonly sheets: PictureSheets;
}

export interface StudyPass {
  readonly model: TestedModel;
  /** Place among the models. */
  readonly at: number;
  readonly composite: Composite;
}

/** All pictures by one model and composite; numbers and drawings are added to the job. */
export async function studyWith(job: RobustnessJob, { model, at, composite }: StudyPass): Promise<void> {
  const { engine, request, control, pictures } = job;
  throwIfCancelled(control);
  const { file } = model;
  const memory = findMemory(job, model);
  const bench = new StudyBench(engine, { file, composite, provider: request.provider, memory }, control);
  try {
    for (const [position, picture] of pictures.entries()) {
      throwIfCancelled(control);
      job.step(`${model.record.name}, ${composite.name}: picture ${position + 1} of ${pictures.length}`);
      if (!job.failures.has(position)) await studyAt(job, { bench, at, position, picture });
    }
  } finally {
    await bench.release();
  }
}

function findMemory({ catalog, request }: RobustnessJob, { identified }: TestedModel): StudyMemory | undefined {
  const { dataset, averageShifts = false, shown = {} } = request;
  if (!catalog || dataset === undefined) return undefined;
  return {
    ...{ catalog, identified, averageShifts, datasetLabels: listLabels(catalog, getDataset(catalog, dataset)) },
    ...(Object.values(shown).some((part) => part !== undefined) && { shown }),
  };
}

interface Place {
  readonly bench: StudyBench;
  readonly at: number;
  readonly position: number;
  readonly picture: StudyPicture;
}

async function studyAt(job: RobustnessJob, place: Place): Promise<void> {
  const { bench, at, position, picture } = place;
  const read = await readPicture(job, place);
  if (!read) return;
  const { sha256 } = read.picture;
  const task = describeTask(job, place, read);
  const { numbers, result } = await studyRemembered(bench, task);
  const shown = describePicture(job, { picture, position, sha256 });
  const { predicted, target, checker, variants, milliseconds } = numbers;
  job.studies.push({
    ...{ picture: shown, model: at, composite: bench.composite.name },
    ...{ predicted, target, checker, variants, milliseconds },
  });
  if (!result || !task.needsMaps) return;
  const { name = '' } = job.models[at]?.record ?? {};
  const stem = nameStem(job, { position, sha256 });
  await job.sheets.add({ stem, picture: shown, model: bench, name, study: result });
}

interface ReadPicture {
  readonly picture: Picture;
  readonly target: number;
}

function describeTask(
  { request, control, variants }: RobustnessJob,
  { bench, position, picture: { sample } }: Place,
  { picture, target }: ReadPicture,
): RememberedTask {
  const { averageShifts = false, batchSize = DEFAULT_BATCH } = request;
  const { figures = request.dataset === undefined ? Infinity : DEFAULT_FIGURES } = request;
  return {
    planes: computePlanes(picture, bench.file.manifest.manifest.input),
    ...{ sha256: picture.sha256, variants, needsMaps: position < figures },
    sampleId: sample?.contentSha256 === picture.sha256 ? sample.id : undefined,
    options: { target, batchSize, averageShifts, signal: control.signal },
  };
}

/** Only what is wrong with a picture itself is the picture's failure. */
async function readPicture(job: RobustnessJob, { bench, position, picture }: Place): Promise<ReadPicture | undefined> {
  try {
    const target = chooseTarget(job.request, bench, picture);
    return { picture: await decodePicture(picture.path, job.request.shown ?? {}), target };
  } catch (cause) {
    const error = LightboxError.from(cause);
    const isOwn = error.code.startsWith('picture/') || job.request.target === 'label';
    if (!isOwn) throw error;
    job.failures.set(position, error.toRecord());
    return undefined;
  }
}

function chooseTarget(
  { target = 'predicted' }: RobustnessRequest,
  { labels }: StudySource,
  picture: StudyPicture,
): number {
  if (target !== 'label') return resolveTarget(target, { labels, classCount: labels.length });
  const index = createClassFinder(labels)(picture.label ?? '');
  if (index !== undefined) return index;
  const what =
    picture.label === undefined ? 'A picture has no label to explain' : `The model has no class "${picture.label}"`;
  throw new LightboxError('target/unknown', `${what}; name a class with --target instead.`);
}

interface SeenPicture {
  readonly picture: StudyPicture;
  readonly position: number;
  readonly sha256: string;
}

function describePicture({ request }: RobustnessJob, { picture, position, sha256 }: SeenPicture): StudiedPicture {
  const name = picture.path.split(/[\\/]/).at(-1) ?? '';
  const { label } = picture;
  return { position: position + 1, ...(request.keepNames && { name }), sha256, ...(label !== undefined && { label }) };
}

function nameStem({ pictures, request }: RobustnessJob, picture: { position: number; sha256: string }): string {
  const name = createOutputNamer(pictures.map(({ path }) => path), request.keepNames ?? false); // prettier-ignore
  return name(picture);
}
