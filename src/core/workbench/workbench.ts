import type { Catalog } from '#core/catalog/index.ts';
import { createEngine, type Engine, type EngineOptions } from '#core/engine/index.ts';
import { auditOf, type AuditWorkbench } from './audit/audit-workbench.ts';
import { createCatalogKeeper } from './catalog-keeper.ts';
import { upkeepOf, type CatalogUpkeep } from './catalog-upkeep.ts';
import {
  attributeDataset,
  type AttributeDatasetRequest,
  type AttributionReport,
} from './collection/attribute-dataset.ts';
import { evaluateDataset, type EvaluateRequest, type EvaluationReport } from './collection/evaluate-dataset.ts';
import { fillDemo, type DemoReport, type DemoRequest } from './collection/fill-demo.ts';
import { importDataset } from './collection/import-dataset.ts';
import type { ImportRequest } from './collection/import-request.ts';
import type { ImportReport } from './collection/describe-import.ts';
import { defaultCatalogFile } from './collection/catalog-place.ts';
import { previewImport, type ImportPreview } from './collection/preview-import.ts';
import { predictDataset, type DatasetJobReport, type PredictRequest } from './collection/predict-dataset.ts';
import { saveEvaluation } from './collection/save-evaluation.ts';
import type { ConceptsReport } from './concepts/concepts-report.ts';
import type { ConceptsRequest } from './concepts/concepts-request.ts';
import { explainConcepts } from './concepts/explain-concepts.ts';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { explainPictures } from './explain.ts';
import { figuresOf, type FigureWorkbench } from './figures/figure-workbench.ts';
import type { ExplainReport, ExplainRequest } from './explain-request.ts';
import { interruptOnAbort } from './interrupt-on-abort.ts';
import type { JobControl } from './job.ts';
import { measureConcepts, type ConceptSpeedRow } from './measure-concepts.ts';
import { measureSpeed, type SpeedRequest, type SpeedRow } from './measure-speed.ts';
import { createViewer, type Viewer } from './viewer/viewer.ts';
import { findReferences } from './reference/reference-dataset.ts';
import { measureQuality } from './quality/measure-quality.ts';
import type { QualityReport } from './quality/quality-record.ts';
import type { QualityRequest } from './quality/quality-request.ts';
import type { RobustnessReport } from './robustness/robustness-record.ts';
import type { RobustnessRequest } from './robustness/robustness-request.ts';
import { testRobustness } from './robustness/test-robustness.ts';
import type { ReferenceReport } from './reference/describe-reference.ts';
import type { ReferenceRequest } from './reference/reference-request.ts';
import { studiesOf, type StudyWorkbench } from './study/study-workbench.ts';
import { checkParity, type CaseParity, type ParityRequest } from './parity.ts';

export interface WorkbenchOptions extends EngineOptions {
  /** The catalog's file; the user's own when not given. */
  readonly catalog?: string | undefined;
}

/** What the hosts (command line, later the window) can ask for. Everything throws LightboxError and nothing else. */
export interface Workbench extends CatalogUpkeep, AuditWorkbench, FigureWorkbench, StudyWorkbench {
  /** Explains pictures and saves the results. */
  explain(request: ExplainRequest, control?: JobControl): Promise<ExplainReport>;
  /** Shows which concepts of which layers carry an explanation, and where. */
  explainConcepts(request: ConceptsRequest, control?: JobControl): Promise<ConceptsReport>;
  /** What is in a model, and the rule each composite (one, or `all`) gives its layers. */
  describeModel(modelPath: string, composites?: string): Promise<ModelDescription>;
  /** Compares relevance with reference cases. */
  checkParity(request: ParityRequest, control?: JobControl): Promise<readonly CaseParity[]>;
  /** Measures relevance against the forward pass. */
  measureSpeed(request: SpeedRequest, control?: JobControl): Promise<readonly SpeedRow[]>;
  /** Measures concept relevance and conditions against the forward pass and relevance. */
  measureConcepts(request: SpeedRequest, control?: JobControl): Promise<readonly ConceptSpeedRow[]>;
  /** Brings a folder of pictures into the catalog, or brings the catalog up to date with it. */
  importDataset(request: ImportRequest, control?: JobControl): Promise<ImportReport>;
  /** What importing a folder would bring; nothing is written. */
  previewImport(request: ImportRequest, control?: JobControl): Promise<ImportPreview>;
  /** Predicts what a dataset has no predictions for. */
  predictDataset(request: PredictRequest, control?: JobControl): Promise<DatasetJobReport>;
  /** Explains what a dataset has no heatmaps for; heatmaps stay in the catalog. */
  attributeDataset(request: AttributeDatasetRequest, control?: JobControl): Promise<readonly AttributionReport[]>;
  /** Reads what concepts carry on the pictures of a dataset, and finds the samples that show them best. */
  findReferences(request: ReferenceRequest, control?: JobControl): Promise<ReferenceReport>;
  /** Explains pictures unchanged and changed, and compares the maps. */
  testRobustness(request: RobustnessRequest, control?: JobControl): Promise<RobustnessReport>;
  /** Measures what can be said of a model's maps by each composite. */
  measureQuality(request: QualityRequest, control?: JobControl): Promise<QualityReport>;
  /** Fills the catalog with the pictures and networks that came with the workbench, predictions and some heatmaps. */
  fillDemo(request?: DemoRequest, control?: JobControl): Promise<DemoReport>;
  /** Judges a model by a dataset's labels. */
  evaluateDataset(request: EvaluateRequest, control?: JobControl): Promise<EvaluationReport>;
  /** What the window looks at. */
  readonly viewer: Viewer;
  close(): Promise<void>;
}

export function createWorkbench(options: WorkbenchOptions = {}): Workbench {
  const engine = createEngine(options);
  const keeper = createCatalogKeeper(options.catalog ?? defaultCatalogFile());
  const viewer = createViewer({ engine, read: () => keeper.readCurrent(), write: () => keeper.write() });
  /** Work on a dataset: the engine is stopped when the caller cancels. */
  const onDataset = async <Result>(
    control: JobControl,
    work: (place: { readonly engine: Engine; readonly catalog: Catalog }) => Promise<Result>,
  ): Promise<Result> => {
    const catalog = await keeper.write();
    return interruptOnAbort(engine, control, () => work({ engine, catalog }));
  };
  const onEngine = <Result>(control: JobControl, work: (engine: Engine) => Promise<Result>): Promise<Result> =>
    interruptOnAbort(engine, control, () => work(engine));
  const reading = { engine, readCatalog: () => keeper.read(), writeCatalog: () => keeper.write() };
  return {
    explain: (request, control = {}) => onEngine(control, () => explainPictures(engine, request, control)),
    explainConcepts: (request, control = {}) => onEngine(control, () => explainConcepts(engine, request, control)),
    describeModel,
    checkParity: (request, control = {}) => onEngine(control, () => checkParity(engine, request, control)),
    measureSpeed: (request, control = {}) => measureSpeed(request, options, control),
    measureConcepts: (request, control = {}) => measureConcepts(request, options, control),
    importDataset: async (request, control = {}) => importDataset(await keeper.write(), request, control),
    previewImport: async (request, control = {}) => previewImport(keeper.find(), request, control),
    predictDataset: (request, control = {}) =>
      onDataset(control, async (place) => (await predictDataset(place, request, control)).report),
    attributeDataset: (request, control = {}) =>
      onDataset(control, (place) => attributeDataset(place, request, control)),
    findReferences: (request, control = {}) => onDataset(control, (place) => findReferences(place, request, control)),
    testRobustness: (request, control = {}) => onEngine(control, () => testRobustness(reading, request, control)),
    measureQuality: (request, control = {}) => onEngine(control, () => measureQuality(reading, request, control)),
    fillDemo: (request = {}, control = {}) => onDataset(control, (place) => fillDemo(place, request, control)),
    evaluateDataset: (request, control = {}) => onDataset(control, (place) => evaluateAndSave(place, request, control)),
    ...auditOf({ onEngine, onDataset }),
    ...figuresOf({ onEngine, onDataset, keeper }),
    ...studiesOf(keeper),
    viewer,
    ...upkeepOf(keeper),
    close: async () => {
      await viewer.close();
      keeper.close();
      await engine.close();
    },
  };
}

async function evaluateAndSave(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: EvaluateRequest,
  control: JobControl,
): Promise<EvaluationReport> {
  const done = await evaluateDataset(place, request, control);
  if (request.outputFolder === undefined) return done.record;
  place.catalog.log.append({ action: 'results/saved', subject: { kind: 'evaluation' } });
  await saveEvaluation(done, { folder: request.outputFolder });
  return done.record;
}
