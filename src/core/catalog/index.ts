/** The catalog: what the workbench remembers. */
export { openCatalog, openCatalogPatiently, type Catalog, type OpenOptions, type ReadonlyCatalog } from './catalog.ts';
export { createClassFinder } from './class-labels.ts';
export type { Attribution, NewAttribution } from './attributions.ts';
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
export type { Mark, NewMark } from './marks.ts';
export type { MaskFacts } from './masks.ts';
export type { MissingSample } from './missing-samples.ts';
export type { Model, NewModel } from './models.ts';
export type { OpenQuestion } from './open-places.ts';
export type { Origin } from './origins.ts';
export type { ClassCount, NewPrediction, Prediction } from './predictions.ts';
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
export type { FileFacts, KnownFile, NewMask, NewSample, Sample, SampleFile } from './sample.ts';
export type { GroupCount } from './samples.ts';
export type { NewSetup, Setup, SetupKind } from './setups.ts';
export type { Thumbnail } from './stores/thumbnail-store.ts';
export type { TagCount } from './tags.ts';
export type { BackupReport } from './upkeep/backup.ts';
export type { CheckReport, Finding, Severity } from './upkeep/check.ts';
export type { CompactReport } from './upkeep/compact.ts';
export type { DeletionReport } from './upkeep/delete-dataset.ts';
