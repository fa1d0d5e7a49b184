import type { ReadableDatabase } from './database/database.ts';
import { fromBlank, withoutNulls, type Stored } from './rows.ts';
import { createFacetCounter, type FacetCounter } from './sample-facets.ts';
import { createRegionLister, type SampleRegion } from './sample-regions.ts';
import { createSamplePager, type SamplePager } from './sample-page.ts';
import { sampleColumns, toSample, unknownSample, type KnownFile, type Sample, type SampleRow } from './sample.ts';

export interface GroupCount {
  readonly split: string | undefined;
  readonly label: string | undefined;
  readonly collection: string | undefined;
  readonly count: number;
}

export interface SampleReader extends SamplePager {
  readonly facets: FacetCounter;
  /** Throws `sample/unknown`. */
  get(id: number): Sample;
  find(datasetId: number, path: string): Sample | undefined;
  /** All samples that show this picture, in all datasets. */
  listByContent(contentSha256: string): readonly Sample[];
  /** By path. */
  listFiles(datasetId: number): readonly KnownFile[];
  /** Samples whose picture cannot be used, and why; by path. */
  listUnreadable(datasetId: number): readonly { readonly path: string; readonly reason: string }[];
  /** How many samples there are of each split, label and collection. */
  countByGroup(datasetId: number): readonly GroupCount[];
  /** Masks that are not empty and marks, by kind, of each sample of a dataset. */
  listRegions(datasetId: number): readonly SampleRegion[];
}

export function readSamples(database: ReadableDatabase): SampleReader {
  const select = `SELECT ${sampleColumns} FROM samples s JOIN groups g ON g.id = s.group_id`;
  const byId = database.read<[number], SampleRow>(`${select} WHERE s.id = ?`);
  const byPath = database.read<[number, string], SampleRow>(`${select} WHERE s.dataset_id = ? AND s.path = ?`);
  const byContent = database.read<[string], SampleRow>(`${select} WHERE s.content_sha256 = ? ORDER BY s.id`);
  const files = database.read<[number], Stored<KnownFile>>(
    `SELECT id, path, bytes, mtime_ms AS mtimeMs, content_sha256 AS contentSha256, unreadable
     FROM samples WHERE dataset_id = ? ORDER BY path`,
  );
  const unreadable = database.read<[number], { path: string; reason: string }>(
    `SELECT path, unreadable AS reason FROM samples WHERE dataset_id = ? AND unreadable IS NOT NULL ORDER BY path`,
  );
  const groups = database.read<[number], { split: string; label: string; collection: string; count: number }>(
    `SELECT g.split, g.label, g.collection, count(*) AS count
     FROM groups g JOIN samples s ON s.group_id = g.id WHERE g.dataset_id = ? GROUP BY g.id ORDER BY 1, 2, 3`,
  );
  return {
    ...createSamplePager(database),
    facets: createFacetCounter(database),
    listRegions: createRegionLister(database),
    get: (id) => toSample(byId.find(id) ?? unknownSample(`sample ${id}`)),
    find: (datasetId, path) => {
      const row = byPath.find(datasetId, path);
      return row && toSample(row);
    },
    listByContent: (contentSha256) => byContent.list(contentSha256).map(toSample),
    listFiles: (datasetId) => files.list(datasetId).map(withoutNulls<KnownFile>),
    listUnreadable: (datasetId) => unreadable.list(datasetId),
    countByGroup: (datasetId) =>
      groups.list(datasetId).map(({ split, label, collection, count }) => ({
        ...{ split: fromBlank(split), label: fromBlank(label), collection: fromBlank(collection), count },
      })),
  };
}
