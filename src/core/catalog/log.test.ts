import { readFileSync, writeFileSync } from 'node:fs';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { openCatalog, type Catalog } from './catalog.ts';
import { hashText } from './canonical-json.ts';
import { createCatalogFolder, fillCatalog, hashOf, makeSample, type CatalogFolder } from './small-catalog.ts';

let folder: CatalogFolder;
let catalog: Catalog;
let dataset: number;
beforeEach(() => {
  folder = createCatalogFolder();
  ({ catalog, dataset } = fillCatalog(folder.file, ['a.png', 'b.png'].map((name) => makeSample(name)))); // prettier-ignore
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const shape = { form: 'rectangle', left: 0, top: 0, width: 1, height: 1 };
const actions = (): readonly string[] => catalog.log.list().map(({ action }) => action);

describe('what is written down', () => {
  it('is every change that people make, in its order, without a name of a file', () => {
    const { id } = catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A', note: 'Doe' });
    catalog.marks.update(id, { kind: 'ink' });
    catalog.marks.delete(id);
    catalog.reviews.put({ sampleId: 2, author: 'B', verdict: 'unsure', note: 'Doe' });
    catalog.reviews.delete(2, 'B');
    catalog.reviews.delete(2, 'B');
    catalog.tags.insert('Doe', [1, 2]);
    catalog.tags.delete('Doe', [1]);
    catalog.tags.delete('never given', [1]);
    const report = catalog.reports.insert({ ...{ kind: 'pdf', title: 'Doe', settings: {} }, path: '/Doe.pdf', sha256: hashOf('r'), version: '1' }); // prettier-ignore
    catalog.reports.delete(report);
    catalog.models.delete(1);
    catalog.samples.deleteAll([2]);
    catalog.deleteDataset(dataset);
    expect(actions()).toEqual([
      ...['dataset/added', 'samples/added', 'mark/drawn', 'mark/changed', 'mark/removed', 'verdict/given'],
      ...['verdict/withdrawn', 'tag/given', 'tag/taken', 'report/saved', 'report/forgotten', 'model/deleted'],
      ...['samples/removed', 'dataset/deleted'],
    ]);
    expect(catalog.log.list()[2]).toMatchObject({
      ...{ seq: 3, reader: 'A', previous: catalog.log.list()[1]?.hash },
      subject: { contentSha256: hashOf('a.png'), mark: id, kind: 'hair', author: 'A' },
    });
    expect(catalog.log.list(1)).toMatchObject([{ seq: 14, subject: { dataset } }]);
    expect(JSON.stringify(catalog.log.list())).not.toMatch(/Doe|\.png|lungs/);
    expect(catalog.log.verify()).toMatchObject({ isWhole: true, entries: 14 });
  });

  it('is also what readers lock, add and accept', () => {
    const before = actions().length;
    catalog.reviews.put({ sampleId: 1, author: 'A', verdict: 'clean', note: '' });
    catalog.reviews.lock(1, 'A');
    catalog.secondLooks.insert({ sampleId: 1, author: 'A', opinion: 'disagree' });
    const audited = { kind: 'case', model: 1, dataset, sample: 1, subject: 'border', settings: {}, result: {} };
    const { id } = catalog.audits.insert({ ...audited, origin: { version: '1', provider: 'cpu' } });
    catalog.findings.put({ audit: id, author: 'A', comment: 'Doe' });
    catalog.findings.delete(id);
    catalog.findings.delete(id);
    expect(actions().slice(before)).toEqual([
      ...['verdict/given', 'verdict/locked', 'second-look/given', 'finding/accepted', 'finding/withdrawn'],
    ]);
    expect(JSON.stringify(catalog.log.list())).not.toContain('Doe');
  });

  it('names who sits at the workbench, once they have said so', () => {
    catalog.sessions.put('reader', { name: 'Dr. B' });
    catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A' });
    expect(catalog.log.list(1)).toMatchObject([{ reader: 'Dr. B', subject: { author: 'A' } }]);
  });

  it('goes with the change it tells of, or not at all', () => {
    const before = catalog.log.head();
    expect(() => catalog.marks.insert({ sampleId: 99, kind: 'hair', shape, author: 'A' })).toThrow(LightboxError);
    expect(() => {
      catalog.transaction(() => {
        catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A' });
        throw new Error('The change is given up.');
      });
    }).toThrow('given up');
    expect(() => {
      catalog.marks.delete(99);
    }).toThrow('no mark 99');
    expect(catalog.log.head()).toEqual(before);
  });

  it('hashes canonical JSON in which the hash before it stands (plain re-derivation)', () => {
    const [first, second] = catalog.log.list();
    const text = `{"action":"samples/added","atMs":${second?.atMs ?? 0},"previous":"${first?.hash ?? ''}","reader":"","seq":2,"subject":{"dataset":1,"samples":2}}`;
    expect(second?.hash).toBe(hashText(text));
  });

  it('keeps being written by two connections in turn', () => {
    const other = openCatalog(folder.file);
    for (const writer of [catalog, other, catalog, other])
      writer.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A' });
    expect(other.log.verify()).toMatchObject({ isWhole: true, entries: 6 });
    other.close();
  });
});

describe('who changes the file itself', () => {
  const triggers = 'DROP TRIGGER log_stays; DROP TRIGGER log_is_kept; DROP TRIGGER log_goes_on; DROP TRIGGER log_counts; DROP TRIGGER log_head_goes_on;'; // prettier-ignore
  /** With the triggers out of the way, as somebody with another program would. */
  function edit(sql: string): void {
    for (let round = 0; round < 4; round++) catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A' });
    catalog.close();
    const connection = new Connection(folder.file);
    connection.exec(`${triggers}${sql}`);
    connection.close();
    catalog = openCatalog(folder.file);
  }
  const row = (seq: number): string => `FROM log WHERE seq = ${seq}`;
  const renumber = 'UPDATE log SET seq = -seq WHERE seq > 3; UPDATE log SET seq = 1 - seq WHERE seq < 0;';

  test.each([
    ['alters a name', `UPDATE log SET reader = 'B' WHERE seq = 3`, 'Entry 3 of the log was altered'],
    ['alters a time', 'UPDATE log SET at_ms = at_ms + 1 WHERE seq = 6', 'Entry 6 of the log was altered'],
    ['alters what it was about', `UPDATE log SET subject = '{}' WHERE seq = 4`, 'Entry 4 of the log was altered'],
    ['alters what was done', `UPDATE log SET action = 'x' WHERE seq = 1`, 'Entry 1 of the log was altered'],
    ['alters a hash', `UPDATE log SET hash = '${'0'.repeat(64)}' WHERE seq = 2`, 'Entry 2 of the log was altered'],
    ['removes one', `DELETE ${row(3)}`, 'Entry 3 of the log is missing'],
    ['removes the first', `DELETE ${row(1)}`, 'Entry 1 of the log is missing'],
    ['removes the last', `DELETE ${row(6)}`, 'it has 5 entries, and 6 entries were counted'],
    ['removes the last and counts anew', `DELETE ${row(6)}; UPDATE log_head SET entries = 5`, 'end is not the one'],
    ['removes all', 'DELETE FROM log', 'it has 0 entries'],
    ['removes one and closes the gap', `DELETE ${row(3)}; ${renumber.replace('1 - seq', '-seq - 1')}`, 'does not follow the one before it'],
    ['exchanges two', 'UPDATE log SET seq = -1 WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = -1', 'does not follow'],
    ['inserts one in between', `${renumber}INSERT INTO log SELECT 4, at_ms, reader, action, subject, hash, '${'a'.repeat(64)}' ${row(3)}`, 'Entry 4 of the log was altered'],
    ['adds one at the end', `INSERT INTO log SELECT 7, at_ms, reader, action, subject, hash, '${'a'.repeat(64)}' ${row(6)}`, 'Entry 7 of the log was altered'],
    ['forgets the count', 'DROP TRIGGER log_head_is_kept; DELETE FROM log_head', 'nothing were counted'],
  ])('%s: is found out', async (_, sql, sentence) => {
    edit(sql);
    const { isWhole, fault } = catalog.log.verify();
    expect([isWhole, fault]).toEqual([false, expect.stringContaining(sentence)]);
    expect(await catalog.check()).toMatchObject({ sound: false });
  }); // prettier-ignore

  it('is found out by its bytes alone', () => {
    catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'Reader Q' });
    catalog.close();
    const text = readFileSync(folder.file, 'latin1');
    expect(text.split('Reader Q').length).toBeGreaterThan(2);
    writeFileSync(folder.file, text.replaceAll('Reader Q', 'Reader R'), 'latin1');
    catalog = openCatalog(folder.file);
    expect(catalog.log.verify().fault).toContain('was altered');
  });

  it('and writes the whole log anew, is found out by a hash that was noted down', () => {
    const noted = catalog.log.head().hash;
    expect(catalog.log.verify(noted)).toMatchObject({ isWhole: true });
    expect(catalog.log.verify('f'.repeat(64)).fault).toContain('was written anew');
    catalog.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A' });
    expect(catalog.log.verify(noted)).toMatchObject({ isWhole: true, entries: 3 });
  });
});
