/** The audit of datasets in which something is planted: a border that tells the class, twins, marks. */
import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createNormalValues } from '#core/networks/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import type { AuditedAuc, DatasetAudit } from '#shared/contract/dataset-audit.ts';
import { createStudy, type Study } from './small-study.ts';

let study: Study;
beforeAll(async () => {
  study = await createStudy();
});
afterAll(() => study.remove());

const side = 48;

interface Drawn {
  readonly seed: number;
  /** Added to the outermost pixels. */
  readonly border?: number;
  readonly mirrored?: boolean;
  readonly quality?: number;
}

/** Soft clouds, by their seed. */
async function draw({ seed, border = 0, mirrored = false, quality }: Drawn): Promise<Buffer> {
  const coarse = createNormalValues(`clouds ${seed}`, 64, { mean: 120, deviation: 40 });
  const raw = { width: 8, height: 8, channels: 1 } as const;
  const bytes = Uint8Array.from(coarse, (value) => Math.min(255, Math.max(0, value)));
  const { data } = await sharp(bytes, { raw }).resize(side, side, { kernel: 'cubic' }).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true }); // prettier-ignore
  const pixels = data.map((value, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    return Math.min(x, y, side - 1 - x, side - 1 - y) < 3 ? Math.min(255, 90 + border) : value;
  });
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 1 } });
  const turned = mirrored ? picture.flop() : picture;
  return quality === undefined ? turned.png().toBuffer() : turned.jpeg({ quality }).toBuffer();
}

async function drawAll(names: Readonly<Record<string, Drawn>>): Promise<Record<string, Buffer>> {
  const drawn = Object.entries(names).map(async ([name, one]) => [name, await draw(one)] as const);
  return Object.fromEntries(await Promise.all(drawn));
}

const noise = createNormalValues('borders', 400, { mean: 0, deviation: 3 });
const label = (at: number): string => (at % 3 === 0 ? 'COVID' : 'Normal');

const resultOf = (audit: DatasetAudit, name: string): AuditedAuc | undefined =>
  audit.classes[0]?.features.find((one) => one.name === name)?.result;

const audit = (dataset: string): Promise<DatasetAudit> => study.workbench.auditDataset({ dataset });

describe('a border that tells the class', () => {
  beforeAll(async () => {
    const planted = Array.from({ length: 81 }, (_, at): [string, Drawn] => {
      const border = Math.round((noise[at] ?? 0) + (at % 3 === 0 ? 30 : 0));
      return [`${label(at)}/${at}.png`, { seed: at, border }];
    });
    // The same pictures, their labels dealt out anew.
    const draws = createRandomWords('labels');
    const shuffled = planted.map(([, one], at): [string, Drawn] => [`${label(draws())}/${at}.png`, one]);
    await study.write('planted', await drawAll(Object.fromEntries(planted)));
    await study.write('shuffled', await drawAll(Object.fromEntries(shuffled)));
  });

  it('is said by the import, with an AUC near 1', async () => {
    const { findings } = await study.import('planted');
    expect(findings.join(' ')).toContain('border brightness 1.00');
    const found = await audit('planted');
    expect(found).toMatchObject({ pictures: 81, unit: 'case', fitted: 81 });
    expect(resultOf(found, 'border brightness')).toMatchObject({ auc: expect.closeTo(1, 1) as number, cases: 81 });
    expect(found.classes[0]?.together).toMatchObject({ auc: expect.closeTo(1, 1) as number });
    expect(found.classes[0]?.coefficients[0]?.name).toMatch(/^border/);
    expect(resultOf(found, 'native size')).toEqual({ undefinedBecause: 'all cases have the same' });
  });

  it('is not found where labels are dealt out by chance', async () => {
    await study.import('shuffled');
    const result = resultOf(await audit('shuffled'), 'border brightness');
    if (!result || !('auc' in result)) throw new Error('There is no AUC.');
    expect(result.interval.low).toBeLessThan(0.5);
    expect(result.interval.high).toBeGreaterThan(0.5);
  });

  it('comes from the catalog until something changes', async () => {
    const first = await audit('planted');
    expect(await audit('planted')).toEqual(first);
    const [one] = study.samples('planted');
    const catalog = openCatalog(study.catalog);
    catalog.marks.insert({ sampleId: one?.id ?? 0, kind: 'ruler', shape: {}, author: 'A' });
    catalog.close();
    const second = await audit('planted');
    expect(second.input).not.toBe(first.input);
    expect(second.associations).toMatchObject([
      { region: 'mark: ruler', markedOfClass: 1, markedOfRest: 0, isReliable: false },
    ]);
  });

  it('tables are saved, without names of files', async () => {
    await study.workbench.auditDataset({ dataset: 'planted', outputFolder: study.at('saved') });
    const names = (await readdir(study.at('saved'))).toSorted();
    expect(names).toEqual(['dataset-audit.json', 'features.csv', 'marks.csv', 'twins.csv']);
    for (const name of names) expect(await readFile(study.at('saved', name), 'utf8')).not.toMatch(/\d+\.png/);
  });
});

describe('twins', () => {
  it('are found as copies, nearly the same, and mirrored, across splits', async () => {
    const files = {
      'Train/COVID/a.png': { seed: 501 },
      'Test/COVID/copy.png': { seed: 501 },
      'Test/Normal/near.jpg': { seed: 502, quality: 60 },
      'Train/COVID/b.png': { seed: 502 },
      'Train/Normal/c.png': { seed: 503 },
      'Train/Normal/turned.png': { seed: 503, mirrored: true },
      'Test/Normal/other.png': { seed: 504 },
    };
    await study.write('twins', await drawAll(files));
    await study.import('twins');
    const { twins, findings } = await audit('twins');
    expect(twins.counts).toEqual([
      { kind: 'same file', pairs: 1, acrossSplits: 1, conflicting: 0 },
      { kind: 'near', pairs: 1, acrossSplits: 1, conflicting: 1 },
      { kind: 'mirrored', pairs: 1, acrossSplits: 0, conflicting: 0 },
    ]);
    const paths = new Map(study.samples('twins').map(({ id, path }) => [id, path]));
    const listed = twins.listed.map(({ kind, samples }) => [
      kind,
      ...samples.map(({ id }) => paths.get(id)).toSorted(),
    ]);
    expect(listed).toEqual([
      ['near', 'Test/Normal/near.jpg', 'Train/COVID/b.png'],
      ['same file', 'Test/COVID/copy.png', 'Train/COVID/a.png'],
      ['mirrored', 'Train/Normal/c.png', 'Train/Normal/turned.png'],
    ]);
    expect(findings.join(' ')).toContain('1 pair of nearly the same picture with different labels');
  });
});

describe('traits that are not there yet', () => {
  it('are measured in a job that can be cancelled and goes on where it was', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, at): [string, number] => [`${label(at)}/${at}.png`, 700 + at]),
    );
    await study.write('older', files);
    await study.import('older');
    forgetTraits();
    const stop = new AbortController();
    const cancelled = study.workbench.auditDataset({ dataset: 'older' }, { signal: stop.signal, onProgress: () => { stop.abort(); } }); // prettier-ignore
    await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled' });
    const { id } = study.look((catalog) => catalog.datasets.list().find(({ name }) => name === 'older')) ?? { id: 0 };
    const missing = study.look((catalog) => catalog.traits.listMissing(id, 1).length);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(60);
    expect(await audit('older')).toMatchObject({ pictures: 60, leftOut: { unmeasured: 0 } });
  });
});

/** As in a catalog of an earlier version. */
function forgetTraits(): void {
  const catalog = openCatalog(study.catalog);
  const hashes = study.samples('older').flatMap(({ contentSha256 }) => contentSha256 ?? []);
  const blank = { measured: {}, hash: '0'.repeat(64), mirrored: '0'.repeat(64) };
  catalog.traits.insertAll(0, hashes.map((contentSha256) => ({ contentSha256, ...blank }))); // prettier-ignore
  catalog.close();
}
