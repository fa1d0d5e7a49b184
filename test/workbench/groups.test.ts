/** Groups of maps on the demo pictures, whose shortcut is planted; on other pictures what happens round them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import type { GroupingView } from '#shared/contract/groups.ts';
import { measurePurity } from './group-purity.ts';
import { createModelStudy, type ModelStudy } from './model-study.ts';

const models = path.resolve(import.meta.dirname, '..', '..', 'models');
let study: ModelStudy;

beforeAll(async () => {
  study = await createModelStudy();
});

afterAll(() => study.remove());

const sets = [
  { domain: 'chest', network: 'chest-resnet50', label: 'Non-COVID', region: 'left-marker', least: 0.95 },
  { domain: 'skin', network: 'skin-vgg16', label: 'malignant', region: 'ink', least: 0.95 },
] as const;

describe.each(sets)('planted shortcut: $region in $domain pictures', ({ domain, network, label, region, least }) => {
  const group = (kind: string, change: object = {}): Promise<GroupingView> =>
    study.workbench.groupMaps({
      ...{ dataset: domain, modelPath: path.join(models, 'networks', `${network}-${kind}.onnx`), class: label },
      ...{ pictures: 'all', provider: 'cpu', ...change },
    });

  beforeAll(() => study.workbench.importDataset({ folder: path.join(models, 'demo', domain), name: domain }));

  it('the biased network has groups with it and groups without, its clean twin has not', async () => {
    const biased = await group('biased', { outputFolder: study.at(`groups-${domain}`) });
    const clean = await group('clean');
    expect(biased.points).toHaveLength(60);
    expect(measurePurity(biased, region).purity).toBeGreaterThan(least);
    expect(measurePurity(clean, region).purity).toBeLessThan(0.75);
    const strongest = biased.groups
      .flatMap(({ regions }) => regions)
      .toSorted((a, b) => b.interval.low - a.interval.low);
    expect(strongest[0]).toMatchObject({ region });
    expect(strongest[0]?.interval.low).toBeGreaterThan(10);
  }, 300_000);

  it('asked again, the groups come from the catalog; by another seed they are computed', async () => {
    const [first, again, other] = [await group('biased'), await group('biased'), await group('biased', { seed: 2 })];
    expect(again).toEqual(first);
    expect(other.id).not.toBe(first.id);
  }, 120_000);

  it('figure and tables are saved, without names of files', async () => {
    const folder = study.at(`groups-${domain}`);
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual(['groups.csv', 'groups.json', 'groups.pdf', 'groups.png', 'groups.svg', 'maps.csv']);
    for (const name of names) {
      const text = await readFile(path.join(folder, name), 'latin1');
      expect(text.includes('(3000') || text.includes('covid_3') || text.includes('ISIC_')).toBe(false);
    }
    expect((await readFile(path.join(folder, 'maps.csv'), 'utf8')).split('\r\n')).toHaveLength(62);
  });
});

describe('maps that cannot take part', () => {
  it('are counted: without places, not finite, or gone; copies count once', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`normal/${at}.png`, at === 19 ? 18 : at]));
    const request = await study.importFolders('odd', files);
    const question = { ...request, class: 'normal', pictures: 'all' } as const;
    const before = await study.workbench.groupMaps(question);
    expect(before).toMatchObject({ leftOut: { constant: 0, notFinite: 0, unreadable: 0 } });
    expect(before.points).toHaveLength(19);
    await spoilMaps(before);
    const after = await study.workbench.groupMaps(question);
    expect(after).toMatchObject({ leftOut: { constant: 1, notFinite: 1, unreadable: 0 } });
    expect(after.points).toHaveLength(17);
  }, 120_000);

  it('too few are refused in a sentence', async () => {
    const request = await study.importFolders('few', { 'normal/a.png': 901, 'normal/b.png': 902 });
    const grouping = study.workbench.groupMaps({ ...request, class: 'normal', pictures: 'all' });
    await expect(grouping).rejects.toMatchObject({
      code: 'request/invalid',
      message: expect.stringContaining('12') as string,
    });
  }, 60_000);

  it('a class the model does not have is refused, naming those it has', async () => {
    const request = { dataset: 'few', modelPath: study.modelPath, class: 'cat', provider: 'cpu' } as const;
    await expect(study.workbench.groupMaps(request)).rejects.toMatchObject({ code: 'target/unknown' });
  }, 60_000);
});

/** Puts a map of zeros and one with a NaN in place of two that there are. */
async function spoilMaps({ settings, points }: GroupingView): Promise<void> {
  const catalog = openCatalog(study.catalog);
  const [zeros, broken] = [new Float32Array(16), new Float32Array(16).fill(NaN, 3, 4)];
  for (const [at, values] of [zeros, broken].entries()) {
    const id = points[at]?.id ?? 0;
    const kept = catalog.attributions.find(settings.setup, id);
    if (!kept) throw new Error('There is no such map.');
    const { composite, target, contentSha256, origin } = kept;
    const arraySha256 = await catalog.arrays.save({ shape: [4, 4], values });
    const row = { composite, target, contentSha256, arraySha256, initialRelevance: 1, sum: 0, provenance: {} };
    catalog.attributions.insertAll({ setup: settings.setup, origin }, [row]);
  }
  catalog.close();
}
