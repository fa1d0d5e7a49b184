import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 5);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 6 leaves every row of version 5 as it was, also those that belong to setups', () => {
  const older = rowsOfVersion1.replace("'reader A', 1700000000001)", "'reader A', 1700000000001, 'a note')");
  const models = rowsOfVersion2
    .replace(/INSERT INTO concepts [^;]*;/, '')
    .replace("'{}', 1700000000002)", "'{}', 1700000000002, NULL)")
    .replace(`'{"layers":16}', 1700000000003)`, `'{"layers":16}', 1700000000003, '/models/vgg.onnx')`);
  database.execute(older + models);
  database.execute(`INSERT INTO concept_layers VALUES (1, 3, 'layer3.2.conv2', 2, 14, 14);
    INSERT INTO concepts VALUES (1, 1, 10, 5, 1, -0.5, 1.5, 2.5, 2, 6, x'0000803f', x'0000803f', x'0100');
    INSERT INTO reviews VALUES (10, 'a', 'suspicious', 'the L', 5);
    INSERT INTO sessions VALUES ('window', '{}', 0)`);
  const before = readRows(database);
  expect([before['setups'], before['concepts']].map((rows) => rows?.length)).toEqual([3, 1]);
  updateToVersion(database, 6);
  expect(readRows(database)).toEqual({ ...before, variants: [], quality_cards: [] });
});

it('version 6 takes variants with and without a result, and cards', () => {
  database.execute(`
    INSERT INTO setups VALUES (5, 2, 'variant', printf('%064d', 6), '{}'), (6, 2, 'quality', printf('%064d', 7), '{}');
    INSERT INTO variants VALUES
      (1, 5, 10, 1, 'unchanged', '{}', x'0000803f', printf('%064d', 11), '{}', 2, 7),
      (2, 5, 10, 1, 'flip', '{"augmentation":"flip"}', x'0000803f', printf('%064d', 12), '{"drift":0.5}', 2, 7),
      (3, 5, 10, 1, 'blur:kernel=99', '{}', NULL, NULL, '{"reason":"it is smaller than the kernel"}', 2, 7);
    INSERT INTO quality_cards VALUES (6, 3, '{"composite":"EpsilonPlus"}', 2, 8);
  `);
  const { variants, quality_cards: cards } = readRows(database);
  expect([variants, cards].map((rows) => rows?.length)).toEqual([3, 1]);
});

it.each([
  ['one variant twice', 'INSERT INTO variants SELECT 9, setup_id, sample_id, target, variant, definition, logits, array_sha256, measured, origin_id, created_ms FROM variants WHERE id = 1'],
  ['a map without what was predicted', 'UPDATE variants SET logits = NULL WHERE id = 1'],
  ['a variant of nothing', 'UPDATE variants SET sample_id = 99'],
  ['a setup of another kind', `UPDATE setups SET kind = 'guess'`],
  ['a card that is not JSON', `UPDATE quality_cards SET card = '{'`],
])('refuses %s', (_, sql) => {
  expect(() => { database.execute(sql); }).toThrow();
}); // prettier-ignore

it('variants go with their sample, cards with their dataset, and both with their setup', () => {
  const count = (): readonly number[] =>
    ['variants', 'quality_cards'].map((table) => readRows(database)[table]?.length ?? -1);
  database.transaction(() => { database.execute('DELETE FROM setups WHERE id = 6'); }); // prettier-ignore
  expect(count()).toEqual([3, 0]);
  database.execute(`INSERT INTO quality_cards SELECT 5, 3, '{}', 2, 8`);
  database.execute('DELETE FROM samples WHERE id = 10');
  expect(count()).toEqual([0, 1]);
  database.execute('DELETE FROM datasets WHERE id = 3');
  expect(count()).toEqual([0, 0]);
});
