import type { Catalog, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { defaultVariants, parseVariants, variantId } from '#core/imaging/index.ts';
import { defaultComposite } from '#core/relevance/index.ts';
import { chooseComposites } from '../choose-composites.ts';
import { identifyModel } from '../collection/dataset-model.ts';
import { createProgress, type JobControl } from '../job.ts';
import { loadModelFile } from '../model-file.ts';
import { readVersions } from '../versions.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { compareModels } from './compare-models.ts';
import { PictureSheets } from './picture-sheets.ts';
import type { RobustnessRecord, RobustnessReport } from './robustness-record.ts';
import type { RobustnessRequest } from './robustness-request.ts';
import { saveRobustness } from './save-robustness.ts';
import { nameModels } from './study-model.ts';
import { studyWith, type RobustnessJob, type TestedModel } from './study-pass.ts';
import { chooseStudyPictures } from './study-pictures.ts';
import { groupStudies, summarizeGroup } from './summarize-robustness.ts';

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
