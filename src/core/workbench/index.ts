/** The workbench: what hosts use. Logic lives here; hosts read what users ask and show what comes of it. */
export type { LogEntry, LogVerdict } from '#core/catalog/index.ts';
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
export type { JobControl, ProgressStep } from './job.ts';
export type { ExplainReport, ExplainRequest, PictureFailure } from './explain-request.ts';
export type { ExplanationRecord } from './explanation-record.ts';
export type { ConceptsRecord, ConceptView, LayerBudget, LayerConcepts } from './concepts/concepts-record.ts';
export type { Concept } from './concept-layers.ts';
export type { ConceptsReport } from './concepts/concepts-report.ts';
export {
  conditionModes,
  type ConceptsRequest,
  type ConditionMode,
  type RegionChoice,
} from './concepts/concepts-request.ts';
export type { LayerDescription, ModelDescription, ValueDescription } from './describe-model.ts';
export type { CaseParity, ParityRequest } from './parity.ts';
export type { MapParity } from './parity-run.ts';
export type { SpeedRequest, SpeedRow } from './measure-speed.ts';
export type { ConceptSpeedRow } from './measure-concepts.ts';
export { augmentationNames, defaultVariants, windowFunctions, type ShownPart } from '#core/imaging/index.ts';
export { compositeNames } from '#core/relevance/index.ts';
export { architectureNames, type ArchitectureName } from '#core/networks/index.ts';
export { lightboxVersion } from './versions.ts';
export type { AttributeDatasetRequest, AttributionReport } from './collection/attribute-dataset.ts';
export type { DeleteReport, DeleteRequest } from './collection/delete-dataset.ts';
export type { ImportReport } from './collection/describe-import.ts';
export type { EvaluationReport, EvaluateRequest } from './collection/evaluate-dataset.ts';
export type { DemoReport, DemoRequest } from './collection/fill-demo.ts';
export type { MarksExportReport, SaveMarksRequest } from './collection/export-marks.ts';
export type { StudyExportReport } from './study/export-study.ts';
export type { StudyImportReport } from './study/import-study.ts';
export type { ReaderAgreement } from './study/compare-readers.ts';
export type { ImportPreview } from './collection/preview-import.ts';
export type { ImportRequest } from './collection/import-request.ts';
export type { CatalogListing } from './collection/list-catalog.ts';
export { PauseSwitch } from './collection/pause-switch.ts';
export type { DatasetJobReport, PredictRequest } from './collection/predict-dataset.ts';
export type { SheetReport, SheetRequest } from './collection/dataset-sheet.ts';
export type { ConceptReport, PickReport, ReferenceReport } from './reference/describe-reference.ts';
export type { CarrierReport } from './reference/list-carriers.ts';
export type { CarrierFilter, Ranking, ReferenceRequest } from './reference/reference-request.ts';
export type { QualityCard, QualityReport } from './quality/quality-record.ts';
export type { QualityRequest } from './quality/quality-request.ts';
export type { ModelComparison, RobustnessReport, VariantSummary } from './robustness/robustness-record.ts';
export type { RobustnessRequest } from './robustness/robustness-request.ts';
export { deidentificationProfiles, type DeidentificationProfile } from '#core/datasets/index.ts';
export { layoutNames, type LayoutName } from '#shared/samples.ts';
export type { Ledger, LedgerCase, LedgerGroup, LedgerRequest, LedgerRow } from './audit/ledger-request.ts';
export type {
  DatasetMarkReport,
  DatasetMarkRequest,
  MarkedCase,
  PictureMarkReport,
  PictureMarkRequest,
} from './audit/mark-test-request.ts';
export type { InsertionReport, InsertionRequest } from './audit/insert-artefact.ts';
export type { AnatomyReport, AnatomyRequest } from './audit/run-anatomy.ts';
export { scaleOwners, type FigureLookChoice } from './figures/figure-recipe.ts';
export type { FigureRequest } from './figures/figure-request.ts';
export type { FigureReport } from './figures/save-requested-figure.ts';
export type { VerifyReport, VerifyRequest } from './figures/verify/verify-figure.ts';
export type { ReportRequest, ReportSummary } from './report/report-request.ts';
export type { SegmentationsReport, SegmentationsRequest } from './collection/export-segmentations.ts';
export type { DatasetAuditRequest } from './dataset-audit/audit-dataset.ts';
export { groupedPictures, type GroupsRequest } from './groups/group-dataset.ts';
