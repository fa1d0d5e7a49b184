import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { openCatalog, type Catalog, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { createEngine, type Engine, type EngineOptions } from '#core/engine/index.ts';
import {
  attributeDataset,
  type AttributeDatasetRequest,
  type AttributionReport,
} from './collection/attribute-dataset.ts';
import { saveDatasetSheet, type SheetReport, type SheetRequest } from './collection/dataset-sheet.ts';
import { evaluateDataset, type EvaluateRequest, type EvaluationReport } from './collection/evaluate-dataset.ts';
import { fillDemo, type DemoReport, type DemoRequest } from './collection/fill-demo.ts';
import { importDataset, type ImportRequest } from './collection/import-dataset.ts';
import type { ImportReport } from './collection/describe-import.ts';
import { listCatalog, type CatalogListing } from './collection/list-catalog.ts';
import { defaultCatalogFile } from './collection/catalog-place.ts';
import { predictDataset, type DatasetJobReport, type PredictRequest } from './collection/predict-dataset.ts';
import { saveEvaluation } from './collection/save-evaluation.ts';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { explainPictures } from './explain.ts';
import type { ExplainReport, ExplainRequest } from './explain-request.ts';
import type { JobControl } from './job.ts';
import { makeFolder } from './make-folder.ts';
import { measureSpeed, type SpeedRequest, type SpeedRow } from './measure-speed.ts';
import { checkParity, type CaseParity, type ParityRequest } from './parity.ts';

export interface WorkbenchOptions extends EngineOptions {
  /** The catalog's file; the user's own when not given. */
  readonly catalog?: string | undefined;
}

/** What the hosts (command line, later the window) can ask for. Everything throws LightboxError and nothing else. */
export interface Workbench {
  /** Explains pictures and saves the results. */
  explain(request: ExplainRequest, control?: JobControl): Promise<ExplainReport>;
  /** What is in a model, and the rule each composite (one, or `all`) gives its layers. */
  describeModel(modelPath: string, composites?: string): Promise<ModelDescription>;
  /** Compares relevance with reference cases. */
  checkParity(request: ParityRequest, control?: JobControl): Promise<readonly CaseParity[]>;
  /** Measures relevance against the forward pass. */
  measureSpeed(request: SpeedRequest, control?: JobControl): Promise<readonly SpeedRow[]>;
  /** Brings a folder of pictures into the catalog, or brings the catalog up to date with it. */
  importDataset(request: ImportRequest, control?: JobControl): Promise<ImportReport>;
  /** Predicts what a dataset has no predictions for. */
  predictDataset(request: PredictRequest, control?: JobControl): Promise<DatasetJobReport>;
  /** Explains what a dataset has no heatmaps for; heatmaps stay in the catalog. */
  attributeDataset(request: AttributeDatasetRequest, control?: JobControl): Promise<readonly AttributionReport[]>;
  /** Fills the catalog with the pictures and networks that came with the workbench, predictions and some heatmaps. */
  fillDemo(request?: DemoRequest, control?: JobControl): Promise<DemoReport>;
  /** Judges a model by a dataset's labels. */
  evaluateDataset(request: EvaluateRequest, control?: JobControl): Promise<EvaluationReport>;
  /** Saves sample pictures of a dataset, divided by class, as a figure. */
  saveDatasetSheet(request: SheetRequest): Promise<SheetReport>;
  /** What the catalog holds. */
  listCatalog(): Promise<CatalogListing>;
  checkCatalog(): ReturnType<ReadonlyCatalog['check']>;
  backUpCatalog(to: string): ReturnType<Catalog['backup']>;
  compactCatalog(): Promise<ReturnType<Catalog['compact']>>;
  /** A job in any process; what it had done stays. Throws `request/invalid` where there is none that could be cancelled. */
  cancelJob(id: number): Promise<void>;
  close(): Promise<void>;
}

export function createWorkbench(options: WorkbenchOptions = {}): Workbench {
  const engine = createEngine(options);
  const keeper = createCatalogKeeper(options.catalog ?? defaultCatalogFile());
  /** Work on a dataset: the engine is stopped when the caller cancels. */
  const onDataset = async <Result>(
    control: JobControl,
    work: (place: { readonly engine: Engine; readonly catalog: Catalog }) => Promise<Result>,
  ): Promise<Result> => {
    const catalog = await keeper.write();
    return closeOnAbort(engine, control, () => work({ engine, catalog }));
  };
  return {
    explain: (request, control = {}) => closeOnAbort(engine, control, () => explainPictures(engine, request, control)),
    describeModel,
    checkParity: (request, control = {}) => closeOnAbort(engine, control, () => checkParity(engine, request, control)),
    measureSpeed: (request, control = {}) => measureSpeed(request, options, control),
    importDataset: async (request, control = {}) => importDataset(await keeper.write(), request, control),
    predictDataset: (request, control = {}) =>
      onDataset(control, async (place) => (await predictDataset(place, request, control)).report),
    attributeDataset: (request, control = {}) =>
      onDataset(control, (place) => attributeDataset(place, request, control)),
    fillDemo: (request = {}, control = {}) => onDataset(control, (place) => fillDemo(place, request, control)),
    evaluateDataset: (request, control = {}) =>
      onDataset(control, async (place) => {
        const done = await evaluateDataset(place, request, control);
        if (request.outputFolder !== undefined) await saveEvaluation(done, { folder: request.outputFolder });
        return done.record;
      }),
    saveDatasetSheet: (request) => saveDatasetSheet(keeper.read(), request),
    listCatalog: () => Promise.resolve().then(() => listCatalog(keeper.read())),
    checkCatalog: async () => keeper.read().check(),
    backUpCatalog: async (to) => (await keeper.write()).backup(to),
    compactCatalog: async () => (await keeper.write()).compact(),
    cancelJob: async (id) => {
      const { jobs } = await keeper.write();
      const { state } = jobs.get(id);
      if (state !== 'queued' && state !== 'running')
        throw new LightboxError('request/invalid', `Job ${id} is ${state} and cannot be cancelled; list the jobs.`);
      jobs.cancel(id);
    },
    close: async () => {
      keeper.close();
      await engine.close();
    },
  };
}

interface CatalogKeeper {
  /** Made where there is none. */
  write(): Promise<Catalog>;
  /** Throws `catalog/not-found` where there is none. */
  read(): ReadonlyCatalog;
  close(): void;
}

/** The catalog is opened when first asked for: most commands need none. */
function createCatalogKeeper(file: string): CatalogKeeper {
  let writable: Catalog | undefined;
  let readable: ReadonlyCatalog | undefined;
  return {
    write: async () => {
      if (!writable) await makeFolder(path.dirname(path.resolve(file)));
      return (writable ??= openCatalog(file));
    },
    read: () => writable ?? (readable ??= openCatalog(file, { readonly: true })),
    close: () => {
      writable?.close();
      readable?.close();
      writable = readable = undefined;
    },
  };
}

/** A run cannot be interrupted, its process can: calls not answered then throw `job/cancelled`. */
async function closeOnAbort<Result>(
  engine: Engine,
  { signal }: JobControl,
  work: () => Promise<Result>,
): Promise<Result> {
  const close = (): void => void engine.close();
  signal?.addEventListener('abort', close);
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', close);
  }
}
