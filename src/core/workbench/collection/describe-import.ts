import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset } from '#core/catalog/index.ts';
import {
  describeDuplicates,
  findDuplicates,
  summariseDataset,
  type DatasetFacts,
  type DatasetReading,
  type DatasetSummary,
} from '#core/datasets/index.ts';
import type { ImportCounts } from './import-samples.ts';

/** What an import found and did. */
export interface ImportReport {
  readonly dataset: {
    readonly name: string;
    readonly folder: string;
    readonly layout: string;
    readonly profile: string;
  };
  /** Why the folder was taken for this layout. */
  readonly reason: string;
  readonly summary: DatasetSummary;
  /** Pictures that stand in the dataset more than once, in sentences. */
  readonly duplicates: readonly string[];
  readonly unreadable: readonly UnreadablePicture[];
  readonly samples: ImportCounts;
  /** What the dataset gives away before any network has seen it, in sentences; see `auditDataset`. */
  readonly findings: readonly string[];
  readonly seconds: number;
}

export interface UnreadablePicture {
  /** Within the dataset. */
  readonly path: string;
  readonly reason: string;
}

export interface FinishedImport {
  readonly catalog: Catalog;
  readonly reading: DatasetReading;
  readonly dataset: Dataset;
  readonly samples: ImportCounts;
  readonly facts: DatasetFacts;
  readonly entries: readonly SampleEntry[];
  readonly findings: readonly string[];
  readonly seconds: number;
}

export function describeImport(done: FinishedImport): ImportReport {
  const { catalog, reading, dataset, samples, findings, seconds } = done;
  const { name, folder, layout, profile } = dataset;
  const { summary, duplicates } = describeContents(done);
  return {
    dataset: { name, folder, layout, profile },
    reason: reading.reason,
    summary: { ...summary, warnings: [...reading.standingWarnings, ...summary.warnings] },
    duplicates,
    unreadable: catalog.samples.listUnreadable(dataset.id),
    samples,
    findings,
    seconds,
  };
}

function describeContents({ catalog, dataset, facts, entries }: FinishedImport): {
  readonly summary: DatasetSummary;
  readonly duplicates: readonly string[];
} {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const hashed = catalog.samples.listFiles(dataset.id).flatMap(({ path, contentSha256 }) => {
    const { split, label, collection } = byPath.get(path) ?? {};
    return contentSha256 === undefined ? [] : [{ path, sha256: contentSha256, split, label, collection }];
  });
  const masks = facts.masks.map((mask) => {
    const empty = catalog.masks.countEmpty(dataset.id, mask);
    return { ...mask, empty };
  });
  return { summary: summariseDataset({ ...facts, masks }), duplicates: describeDuplicates(findDuplicates(hashed)) };
}
