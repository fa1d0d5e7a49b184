import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 1);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 11 leaves every row of version 10 as it was; of masks it is not known when they were looked at', () => {
  database.execute(rowsOfVersion1);
  updateToVersion(database, 10);
  const before = readRows(database);
  expect(before['masks']).toHaveLength(2);
  updateToVersion(database, 11);
  expect(readRows(database)).toEqual({
    ...before,
    masks: (before['masks'] ?? []).map((row) => ({ ...(row as object), bytes: null, mtime_ms: null })),
  });
});
