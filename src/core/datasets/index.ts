export { ageBand } from './deidentification/age-band.ts';
export {
  defaultProfile,
  deidentificationProfiles,
  deidentifyMetadata,
  hashPatient,
} from './deidentification/deidentification.ts';
export type { Deidentification, DeidentificationProfile } from './deidentification/deidentification.ts';
export type { DicomHeaderFacts, DicomHeaderReader } from './dicom-header.ts';
export type { SampleBatch } from './layout.ts';
export { proposeRecipe, readDataset } from './read-dataset.ts';
export type { DatasetOptions, DatasetReading } from './read-dataset.ts';
export { readMask } from './read-mask.ts';
export type { Mask } from './read-mask.ts';
export type { ProblemKind, ReadingProblem } from './reading-problem.ts';
export type { LayoutChoice } from './recognise-dataset.ts';
export type { ClassTable } from './summary/class-table.ts';
export type { DatasetFacts } from './summary/dataset-facts.ts';
export { describeDuplicates, findDuplicates } from './summary/duplicates.ts';
export type { DuplicateGroup, HashedSample } from './summary/duplicates.ts';
export { createTwinIndex, MOST_TWINS, type HashedPicture, type NearTwin } from './summary/near-twins.ts';
export { createFactCounter } from './summary/fact-counter.ts';
export type { FactCounter } from './summary/fact-counter.ts';
export { isCountedAttribute } from './summary/fact-tallies.ts';
export { summariseDataset } from './summary/summarise.ts';
export type { DatasetSummary } from './summary/summarise.ts';
export type { Metadata } from './tables/cells.ts';
export { loadRecipe, saveRecipe } from './tables/recipe.ts';
export type { ColumnMapping, Recipe } from './tables/recipe.ts';
export { compareNaturally } from './tree/natural-order.ts';
