import type { Catalog, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { computePlanes, decodePicture } from '#core/imaging/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import { chooseComposites } from '../choose-composites.ts';
import { identifyModel, type IdentifiedModel } from '../collection/dataset-model.ts';
import { createProgress, throwIfCancelled, type JobControl } from '../job.ts';
import { loadModelFile, type ModelFile } from '../model-file.ts';
import { nameModels } from '../robustness/study-model.ts';
import { chooseStudyPictures, type StudyPicture } from '../robustness/study-pictures.ts';
import { readVersions } from '../versions.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { createCardMemory, type CardMemory } from './card-memory.ts';
import { measureCard, type CardPicture, type CardTask } from './measure-card.ts';
import type { QualityCard, QualityRecord, QualityReport } from './quality-record.ts';
import type { QualityRequest } from './quality-request.ts';
import { saveQuality } from './save-quality.ts';
import { listShuffleCounts, shuffleModels } from './shuffled-models.ts';

interface QualityPlace {
  readonly engine: Engine;
  readonly readCatalog: () => ReadonlyCatalog;
  readonly writeCatalog: () => Promise<Catalog>;
}

interface QualityJob {
  readonly place: QualityPlace;
  readonly request: QualityRequest;
  readonly control: JobControl;
  readonly file: ModelFile;
  readonly identified: IdentifiedModel;
  readonly chosen: readonly StudyPicture[];
  /** Undefined for pictures given as files. */
  readonly catalog: Catalog | undefined;
}

/**
 * What can be said of the maps of a model by each composite. Cards of a dataset are kept in the catalog, and found there; models with
 * shuffled weights are kept beside it. Throws as explaining does.
 */
export async function measureQuality(
  place: QualityPlace,
  request: QualityRequest,
  control: JobControl,
): Promise<QualityReport> {
  const file = await loadModelFile(request.modelPath);
  const composites = await chooseComposites(request.composite ?? defaultComposite, zBoxBounds(file));
  const chosen = chooseStudyPictures(place.readCatalog, request);
  const catalog = request.dataset === undefined ? undefined : await place.writeCatalog();
  const job: QualityJob = { place, request, control, file, chosen, catalog, identified: await identifyModel(file) };
  const memory = catalog && createCardMemory({ ...job, catalog });
  const { cards, failures } = await collectCards(job, memory, composites);
  const record = describe(job, cards);
  const files = request.outputFolder === undefined ? [] : await saveQuality(record, request.outputFolder);
  return { ...record, failures, files };
}

interface Collected {
  readonly cards: readonly QualityCard[];
  readonly failures: QualityReport['failures'];
}

/** Nothing is opened or shuffled where all cards are there. */
async function collectCards(
  job: QualityJob,
  memory: CardMemory | undefined,
  composites: readonly Composite[],
): Promise<Collected> {
  const known = new Map(composites.map((composite) => [composite, memory?.find(composite)]));
  const missing = composites.filter((composite) => known.get(composite) === undefined);
  const measured = missing.length === 0 ? undefined : await measureMissing(job, memory, missing);
  const cards = composites.flatMap((composite) => known.get(composite) ?? measured?.cards.get(composite) ?? []);
  return { cards, failures: measured?.failures ?? [] };
}

interface Measured {
  readonly cards: ReadonlyMap<Composite, QualityCard>;
  readonly failures: QualityReport['failures'];
}

async function measureMissing(
  job: QualityJob,
  memory: CardMemory | undefined,
  composites: readonly Composite[],
): Promise<Measured> {
  const { place, request, control, file, identified, catalog } = job;
  const { engine } = place;
  const { pictures, failures } = await readPictures(job);
  const { height, width } = file.manifest.manifest.input;
  const steps = listShuffleCounts(file).length;
  const step = createProgress(composites.length * pictures.length * (1 + steps), control);
  const cards = new Map<Composite, QualityCard>();
  await shuffleModels(
    file,
    { catalog: catalog?.file, sha256: identified.sha256, seed: request.seed ?? 1 },
    async (shuffled) => {
      const opened = await engine.open({ modelPath: file.path, inputSize: { height, width }, ...(request.provider && { provider: request.provider }) }, control); // prettier-ignore
      const task: CardTask = {
        engine,
        request,
        control,
        file,
        pictures,
        predictor: { engine, file, opened },
        shuffled,
        step,
      };
      for (const composite of composites) {
        throwIfCancelled(control);
        const card = await measureCard(task, composite);
        cards.set(composite, card);
        if (failures.length === 0) memory?.keep(composite, card, opened);
      }
      await engine.release(opened.handle);
    },
  );
  return { cards, failures };
}

async function readPictures({
  chosen,
  file,
}: QualityJob): Promise<{ readonly pictures: readonly CardPicture[]; readonly failures: QualityReport['failures'] }> {
  const pictures: CardPicture[] = [];
  const failures: { position: number; error: ErrorRecord }[] = [];
  for (const [at, { path, patient }] of chosen.entries()) {
    try {
      const picture = await decodePicture(path);
      const planes = computePlanes(picture, file.manifest.manifest.input);
      pictures.push({ position: at + 1, sha256: picture.sha256, planes, patient });
    } catch (cause) {
      const error = LightboxError.from(cause);
      if (!error.code.startsWith('picture/')) throw error;
      failures.push({ position: at + 1, error: error.toRecord() });
    }
  }
  return { pictures, failures };
}

function describe({ request, file, identified }: QualityJob, cards: readonly QualityCard[]): QualityRecord {
  const { dataset, split, seed = 1, averageShifts = false } = request;
  const [name = ''] = nameModels([file]);
  return {
    ...{ format: 'relevance-lightbox/quality/1', created: new Date().toISOString(), versions: readVersions() },
    model: { ...identified.record, name },
    ...(dataset !== undefined && { dataset }),
    ...(split !== undefined && { split }),
    ...{ seed, averageShifts, cards },
  };
}
