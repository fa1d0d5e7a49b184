import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openCatalog, type Catalog, type Dataset, type NewSample } from '#core/catalog/index.ts';
import type { SampleEntry } from '#shared/samples.ts';
import { planImport, type PlannedSample } from './plan-import.ts';
import { findRedescribed, hashDescription } from './redescribe.ts';

let folder: string;
let catalog: Catalog;
let dataset: Dataset;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lightbox-plan-'));
  catalog = openCatalog(path.join(folder, 'study.catalog'));
  dataset = catalog.datasets.insert({ name: 'lungs', folder, layout: 'csv', profile: 'minimal', recipe: {} });
  onTestFinished(() => {
    catalog.close();
    rmSync(folder, { recursive: true });
  });
});

const content = 'c'.repeat(64);
const entry = (name: string, more: Partial<SampleEntry> = {}): SampleEntry => {
  return { path: name, masks: [], metadata: {}, ...more };
};

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

/** Puts a sample into the catalog as it lies in the folder. */
function know(sample: SampleEntry, facts: Partial<NewSample> = {}): void {
  const found = statSync(path.join(folder, sample.path), { throwIfNoEntry: false });
  const mark = found && { bytes: found.size, mtimeMs: Math.trunc(found.mtimeMs) };
  catalog.samples.insertAll(dataset.id, [{ ...sample, contentSha256: content, ...mark, ...facts }]);
}

interface WholePlan extends Record<PlannedSample['state'], readonly PlannedSample[]> {
  readonly gone: readonly number[];
  /** How many samples each slice has. */
  readonly lengths: readonly number[];
}

async function plan(entries: readonly SampleEntry[]): Promise<WholePlan> {
  const { gone, slices } = planImport(catalog, dataset, { entries, folder });
  const all: (readonly PlannedSample[])[] = [];
  for await (const slice of slices) all.push(slice);
  const of = (wanted: string): readonly PlannedSample[] => all.flat().filter(({ state }) => state === wanted);
  const lengths = all.map(({ length }) => length);
  return { gone, lengths, added: of('added'), changed: of('changed'), kept: of('kept') };
}
const pathsOf = (planned: readonly PlannedSample[]): readonly string[] =>
  planned.map(({ entry: { path: name } }) => name);

describe('the plan of an import', () => {
  it('reads everything the first time, in the order of the dataset', async () => {
    const entries = Array.from({ length: 1500 }, (_, index) => entry(`pictures/${1500 - index}.png`));
    for (const { path: name } of entries.slice(0, 3)) write(name, 'some bytes');
    const { added, changed, kept, gone, lengths } = await plan(entries);
    expect(added.map((planned) => planned.entry)).toEqual(entries);
    expect([changed, kept, gone]).toEqual([[], [], []]);
    expect(lengths).toEqual([32, 256, 256, 256, 256, 256, 188]);
    expect(added.slice(0, 4).map(({ mark }) => mark?.bytes)).toEqual([10, 10, 10, undefined]);
  });

  it('looks at a file shortly before its slice is taken', async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => entry(`${index}.png`));
    const { slices } = planImport(catalog, dataset, { entries, folder });
    const marks: (number | undefined)[] = [];
    for await (const slice of slices) {
      if (marks.length === 0) write('1999.png', 'some bytes');
      marks.push(...slice.map(({ mark }) => mark?.bytes));
    }
    expect(marks.findIndex((bytes) => bytes !== undefined)).toBe(1999);
  });

  it('tells what is as it was, changed in size or time, new, and gone', async () => {
    for (const name of ['same', 'longer', 'later', 'gone']) {
      write(name, 'some bytes');
      know(entry(name));
    }
    write('longer', 'some more bytes');
    utimesSync(path.join(folder, 'later'), 1000, 1000);
    write('new', 'some bytes');
    const planned = await plan(['new', 'later', 'longer', 'same'].map((name) => entry(name)));
    expect(pathsOf(planned.added)).toEqual(['new']);
    expect(pathsOf(planned.changed)).toEqual(['later', 'longer']);
    expect(planned.kept.map((kept) => kept.entry)).toEqual([entry('same')]);
    expect(planned.gone).toEqual([catalog.samples.find(dataset.id, 'gone')?.id]);
  });

  it('tries again what could not be read, also where it is still missing', async () => {
    write('locked', 'some bytes');
    for (const name of ['locked', 'missing'])
      know(entry(name), { contentSha256: undefined, unreadable: 'It was locked.' });
    expect(pathsOf((await plan([entry('locked'), entry('missing')])).changed)).toEqual(['locked', 'missing']);
  });

  it('takes a folder in the place of a picture for a file that is missing', async () => {
    write('a.png/inside', 'some bytes');
    expect((await plan([entry('a.png')])).added).toEqual([{ entry: entry('a.png'), mark: undefined, state: 'added' }]);
  });
});

describe('samples described anew', () => {
  const before = entry('a', {
    ...{ split: 'Train', label: 'nodule', collection: 'lung', metadata: { view: 'PA' } },
    masks: [{ kind: 'lung', path: 'lung/a.png' }],
  });
  const keepAll = (sample: NewSample): NewSample => sample;
  const find = (kept: readonly SampleEntry[], deidentify = keepAll): readonly NewSample[] =>
    findRedescribed(catalog, { dataset, kept, deidentify });

  beforeEach(() => {
    write('a', 'some bytes');
    know(before, { width: 4, height: 3, masks: [{ kind: 'lung', path: 'lung/a.png', isEmpty: true }] });
  });

  it('are none where nothing is said anew, or the sample is not known', () => {
    expect(find([before, entry('unknown')])).toEqual([]);
  });

  it.each<[string, Partial<SampleEntry>]>([
    ['label', { label: 'normal' }],
    ['label that is taken back', { label: undefined }],
    ['split', { split: 'Test' }],
    ['collection', { collection: 'infection' }],
    ['value', { metadata: { view: 'AP' } }],
    ['patient', { patient: 'Doe' }],
    ['mask', { masks: [...before.masks, { kind: 'infection', path: 'infection/a.png' }] }],
    ['mask that is taken back', { masks: [] }],
  ])('have another %s, and keep what is known of their files', (_, change) => {
    const mark = catalog.samples.listFiles(dataset.id)[0];
    const [found, ...others] = find([{ ...before, ...change }]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ ...change, masks: expect.anything() as unknown });
    expect(found).toMatchObject({ contentSha256: content, bytes: 10, mtimeMs: mark?.mtimeMs, width: 4, height: 3 });
    const masks = (change.masks ?? before.masks).map((mask) =>
      mask.kind === 'lung' ? { ...mask, isEmpty: true } : mask,
    );
    expect(found?.masks).toEqual(masks);
  });

  it('forget what was known of a mask in another file', () => {
    const masks = [{ kind: 'lung', path: 'other/a.png' }];
    expect(find([{ ...before, masks }])[0]?.masks).toEqual(masks);
  });

  it('are compared as they are kept: what is left out does not count', () => {
    const deidentify = (sample: NewSample): NewSample => ({ ...sample, metadata: { view: 'PA' } });
    expect(find([{ ...before, metadata: { view: 'PA', age: 47 } }], deidentify)).toEqual([]);
  });

  it('include those of patients, of whom only the catalog can tell whether they are the same', () => {
    catalog.samples.updateAll(dataset.id, find([{ ...before, patient: 'Doe' }]));
    const hash = catalog.samples.find(dataset.id, 'a')?.patientHash;
    catalog.samples.updateAll(dataset.id, find([{ ...before, patient: 'Roe' }]));
    const other = catalog.samples.find(dataset.id, 'a')?.patientHash;
    expect(hash).toMatch(/^[\da-f]{32}$/);
    expect(other).toMatch(/^[\da-f]{32}$/);
    expect(other).not.toBe(hash);
    expect(find([before])).toHaveLength(1);
  });
});

describe('the hash of a description', () => {
  const entries = [entry('a', { label: 'nodule' }), entry('b')];

  it('is the same for the same', () => {
    expect(hashDescription(structuredClone(entries), ['x'])).toBe(hashDescription(entries, ['x']));
  });

  it.each<[string, readonly SampleEntry[], readonly string[]]>([
    ['fewer samples', entries.slice(1), []],
    ['another order', entries.toReversed(), []],
    ['another label', [entry('a', { label: 'normal' }), entry('b')], []],
    ['another patient', [entry('a', { label: 'nodule', patient: 'Doe' }), entry('b')], []],
    ['other metadata kept', entries, ['border']],
  ])('is another one for %s', (_, changed, keep) => {
    expect(hashDescription(changed, keep)).not.toBe(hashDescription(entries, []));
  });
});
