/** The catalog: what the workbench remembers. */
export { openCatalog, openCatalogPatiently, type Catalog, type OpenOptions, type ReadonlyCatalog } from './catalog.ts';
export { createClassFinder } from './class-labels.ts';
export type { Analysis, AnalysisEntry, AnalysisKind, NewAnalysis } from './analyses.ts';
export type { Attribution, NewAttribution } from './attributions.ts';
export type { Audit, AuditScope, NewAudit } from './audits.ts';
export type { Booking, RegionBooking } from './bookings.ts';
export type { FindingRecord } from './findings.ts';
export type { DatasetContents } from './dataset-contents.ts';
export type { ConceptLayer, NewConceptLayer } from './concept-layers.ts';
export type { ConceptScope } from './concept-scope.ts';
export { SHARE_STABILIZER, type ConceptPeaks, type ConceptValues } from './concept-values.ts';
export type {
  ExplainedLabel,
  NewConcept,
  NewConceptReading,
  ReadSample,
  UnreadSample,
  WalkedConcept,
  WalkRequest,
} from './concepts.ts';
export type { Dataset, NewDataset } from './datasets.ts';
export type { SampleScope } from './group-choice.ts';
export type { JobOwner } from './job-owner.ts';
export type { Job, JobState, NewJob } from './jobs.ts';
export type { LogAction, LogVerdict, NewLogEntry, OpenedCase } from './log.ts';
export type { LogEntry } from './log-chain.ts';
export type { Mark, NewMark } from './marks.ts';
export type { MaskFacts } from './masks.ts';
export type { MissingSample } from './missing-samples.ts';
export type { Model, NewModel } from './models.ts';
export type { OpenQuestion } from './open-places.ts';
export type { Origin } from './origins.ts';
export type { ClassCount, NewPrediction, Prediction } from './predictions.ts';
export type { KeptCard, NewCard } from './quality-cards.ts';
export type { NewQueue, Queue } from './queues.ts';
export type { NewReport, Report } from './reports.ts';
export type { NewReview, Review } from './reviews.ts';
export type { NewSecondLook, SecondLook } from './second-looks.ts';
export type { ConceptFilter, PredictionFilter, SampleFilter } from './sample-filter.ts';
export type { ReaderFilter } from './reader-filter.ts';
export type { FacetCounter, PredictedFilter } from './sample-facets.ts';
export type { ListedAttribution, ListedConcept, ListedPrediction, ListedSample } from './sample-listing.ts';
export type { PageCursor, SampleListRequest, SampleOrder, SamplePageRequest } from './page-request.ts';
export type { SamplePage } from './sample-page.ts';
export type { FileFacts, KnownFile, KnownMask, NewMask, NewSample, Sample, SampleFile } from './sample.ts';
export type { GroupCount } from './samples.ts';
export type { NewSetup, Setup, SetupKind } from './setups.ts';
export { shuffledModelPath } from './stores/shuffled-models.ts';
export type { Thumbnail } from './stores/thumbnail-store.ts';
export type { TagCount } from './tags.ts';
export { unchanged, type KeptVariant, type NewVariant } from './variants.ts';
export type { DescribedSample, NewTraits } from './traits.ts';
export type { BackupReport } from './upkeep/backup.ts';
export type { CheckReport, Finding, Severity } from './upkeep/check.ts';
export type { CompactReport } from './upkeep/compact.ts';
export type { DeletionReport } from './upkeep/delete-dataset.ts';
