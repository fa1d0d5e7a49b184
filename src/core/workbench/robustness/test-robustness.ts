import type { Catalog, ReadonlyCatalog } from '#core/catalog/index.ts';
import { createClassFinder } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { computePlanes, decodePicture, defaultVariants, parseVariants, variantId, type Picture, type Variant } from '#core/imaging/index.ts'; // prettier-ignore
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import { chooseComposites } from '../choose-composites.ts';
import { identifyModel, type IdentifiedModel } from '../collection/dataset-model.ts';
import { getDataset, listLabels } from '../collection/find-dataset.ts';
import { createProgress, throwIfCancelled, type JobControl } from '../job.ts';
import { loadModelFile, type ModelFile, type ModelRecord } from '../model-file.ts';
import { createOutputNamer } from '../output-names.ts';
import { resolveTarget } from '../resolve-target.ts';
import { readVersions } from '../versions.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { compareModels } from './compare-models.ts';
import { PictureSheets } from './picture-sheets.ts';
import type { PictureStudy, RobustnessRecord, RobustnessReport, StudiedPicture } from './robustness-record.ts';
import type { RobustnessRequest } from './robustness-request.ts';
import { saveRobustness } from './save-robustness.ts';
import { StudyBench, type StudyMemory } from './study-bench.ts';
import { nameModels, type StudySource } from './study-model.ts';
import { chooseStudyPictures, type StudyPicture } from './study-pictures.ts';
import { studyRemembered } from './study-remembered.ts';
import { groupStudies, summarizeGroup } from './summarize-robustness.ts';

const DEFAULT_BATCH = 4;
const DEFAULT_FIGURES = 3;

interface TestedModel {
  readonly file: ModelFile;
  readonly identified: IdentifiedModel;
  readonly record: ModelRecord & { readonly name: string };
  readonly composites: readonly Composite[];
}

interface RobustnessJob {
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

interface RobustnessPlace {
  readonly engine: Engine;
  readonly readCatalog: () => ReadonlyCatalog;
  readonly writeCatalog: () => Promise<Catalog>;
}

/**
 * Explains pictures unchanged and changed, compares the maps, and saves numbers, arrays and figures. Variants of a dataset's pictures are
 * kept in the catalog, so that what was broken off goes on where it was. A picture that cannot be read is reported and does not stop the
 * others; anything else throws.
 */
export async function testRobustness(
  { engine, readCatalog, writeCatalog }: RobustnessPlace,
  request: RobustnessRequest,
  control: JobControl,
): Promise<RobustnessReport> {
  const start = performance.now();
  const variants = parseVariants(request.variants ?? defaultVariants, request.seed ?? 1);
  const pictures = chooseStudyPictures(readCatalog, request);
  const models = await loadModels(request);
  const passes = models.reduce((sum, { composites }) => sum + composites.length * pictures.length, 0);
  const job: RobustnessJob = {
    catalog: request.dataset === undefined ? undefined : await writeCatalog(),
    ...{ engine, request, control, pictures, variants, models, step: createProgress(passes, control) },
    ...{ studies: [], failures: new Map(), sheets: new PictureSheets() },
  };
  for (const [at, model] of models.entries()) {
    for (const composite of model.composites) await studyWith(job, { model, at, composite });
  }
  const record = describe(job);
  const files = await saveRobustness(record, { request, sheets: job.sheets });
  const failures = Array.from(job.failures, ([position, error]) => ({ position: position + 1, error }));
  return { ...record, failures, files, seconds: (performance.now() - start) / 1000 };
}

async function loadModels({
  modelPaths,
  composite = defaultComposite,
}: RobustnessRequest): Promise<readonly TestedModel[]> {
  const models: TestedModel[] = [];
  const modelFiles = await Promise.all(modelPaths.map(loadModelFile));
  const names = nameModels(modelFiles);
  for (const file of modelFiles) {
    const composites = await chooseComposites(composite, zBoxBounds(file));
    const name = names[models.length] ?? '';
    const identified = await identifyModel(file);
    models.push({ file, identified, composites, record: { ...identified.record, name } });
  }
  return models;
}

interface Pass {
  readonly model: TestedModel;
  /** Place among the models. */
  readonly at: number;
  readonly composite: Composite;
}

async function studyWith(job: RobustnessJob, { model, at, composite }: Pass): Promise<void> {
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
  const { request, control, variants } = job;
  const { bench, position, picture } = place;
  const read = await readPicture(job, place);
  if (!read) return;
  const { averageShifts = false, batchSize = DEFAULT_BATCH } = request;
  const { figures = request.dataset === undefined ? Infinity : DEFAULT_FIGURES } = request;
  const { sha256 } = read.picture;
  const isKnown = picture.sample?.contentSha256 === sha256;
  const { numbers, result } = await studyRemembered(bench, {
    planes: computePlanes(read.picture, bench.file.manifest.manifest.input),
    ...{ sha256, variants, sampleId: isKnown ? picture.sample?.id : undefined, needsMaps: position < figures },
    options: { target: read.target, batchSize, averageShifts, signal: control.signal },
  });
  const shown = describePicture(job, { picture, position, sha256 });
  const { predicted, target, checker, milliseconds } = numbers;
  job.studies.push({
    ...{ picture: shown, model: place.at, composite: bench.composite.name },
    ...{ predicted, target, checker, variants: numbers.variants, milliseconds },
  });
  if (!result || position >= figures) return;
  const { name = '' } = job.models[place.at]?.record ?? {};
  await job.sheets.add({
    stem: nameStem(job, { position, sha256 }),
    picture: shown,
    model: bench,
    name,
    study: result,
  });
}

/** Only what is wrong with a picture itself is the picture's failure. */
async function readPicture(
  job: RobustnessJob,
  { bench, position, picture }: Place,
): Promise<{ readonly picture: Picture; readonly target: number } | undefined> {
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

function describe({ request, models, variants, studies, pictures }: RobustnessJob): RobustnessRecord {
  const { dataset, split, seed = 1, averageShifts = false } = request;
  const groups = groupStudies(studies, (position) => pictures[position - 1]?.patient);
  const ids = variants.map(variantId);
  return {
    format: 'relevance-lightbox/robustness/1',
    ...{ created: new Date().toISOString(), versions: readVersions() },
    ...(dataset !== undefined && { dataset }),
    ...(split !== undefined && { split }),
    models: models.map(({ record }) => record),
    composites: [...new Set(models.flatMap(({ composites }) => composites.map(({ name }) => name)))],
    variants: variants.map((variant) => ({ id: variantId(variant), ...variant })),
    ...{ seed, averageShifts, studies },
    summaries: groups.flatMap((group) => summarizeGroup(group, ids, seed)),
    comparisons: compareModels(groups, { names: models.map(({ record }) => record.name), seed }),
  };
}
