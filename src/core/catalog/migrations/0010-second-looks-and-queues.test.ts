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

it('version 10 leaves every row of version 9 as it was, with no answer locked', () => {
  database.execute(rowsOfVersion1);
  updateToVersion(database, 9);
  database.execute(`INSERT INTO reviews VALUES (10, 'a', 'clean', 'the L', 5), (10, 'b', NULL, 'x', 6)`);
  const before = readRows(database);
  updateToVersion(database, 10);
  expect(readRows(database)).toEqual({
    ...before,
    reviews: (before['reviews'] ?? []).map((row) => ({ ...(row as object), locked_ms: null })),
    ...{ second_looks: [], queues: [], queue_samples: [] },
  });
});

it.each([
  ['an opinion there is none of', `INSERT INTO second_looks VALUES (1, 10, 'a', 'perhaps', NULL, 0)`],
  ['a second look at nothing', `INSERT INTO second_looks VALUES (1, 99, 'a', 'agree', NULL, 0)`],
  ['two queues of one name', `INSERT INTO queues VALUES (1, 3, 'q', '{}', 0), (2, 3, 'q', '{}', 0)`],
  ['a sample twice in a queue', `INSERT INTO queues VALUES (1, 3, 'q', '{}', 0); INSERT INTO queue_samples VALUES (1, 10, 0), (1, 10, 1)`],
])('refuses %s', (_, sql) => {
  expect(() => { database.execute(sql); }).toThrow();
}); // prettier-ignore

it('what was said later and the place in a queue go with a sample', () => {
  database.execute(`DELETE FROM queues; INSERT INTO second_looks VALUES (1, 10, 'a', 'wrong-reason', 'unsure', 5)`);
  database.execute(`INSERT INTO queues VALUES (7, 3, 'q', '{}', 0); INSERT INTO queue_samples VALUES (7, 10, 0)`);
  database.execute('DELETE FROM samples WHERE id = 10');
  const { second_looks: looks, queue_samples: places, queues } = readRows(database);
  expect([looks, places]).toEqual([[], []]);
  expect(queues).toHaveLength(1);
  database.execute('DELETE FROM datasets WHERE id = 3');
  expect(readRows(database)['queues']).toEqual([]);
});
