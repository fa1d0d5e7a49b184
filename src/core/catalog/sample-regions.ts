import type { ReadableDatabase } from './database/database.ts';

/** A region that stands on a sample: the kind of a mask that is not empty, or `mark: ` and the kind of a mark. */
export interface SampleRegion {
  readonly sampleId: number;
  readonly region: string;
}

/** Each region of each sample of a dataset once. */
export function createRegionLister(database: ReadableDatabase): (datasetId: number) => readonly SampleRegion[] {
  const rows = database.read<[object], SampleRegion>(
    `SELECT DISTINCT m.sample_id AS sampleId, 'mark: ' || m.kind AS region
     FROM samples s JOIN marks m ON m.sample_id = s.id WHERE s.dataset_id = @datasetId
     UNION ALL SELECT k.sample_id, k.kind FROM samples s JOIN masks k ON k.sample_id = s.id
     WHERE s.dataset_id = @datasetId AND k.is_empty IS NOT 1 ORDER BY 2, 1`,
  );
  return (datasetId) => rows.list({ datasetId });
}
