import { copyFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { createWorkbench, PauseSwitch, type Ranking, type ReferenceReport } from '#core/workbench/index.ts';
import { createModelStudy, drawFolders, drawSplits, type DatasetRequest, type ModelStudy } from './model-study.ts';
import { rankPlainly, readPlainly, type PlainReading } from './plain-reference.ts';
import { drawNoise, labels } from './small-study.ts';

let study: ModelStudy;
beforeAll(async () => {
  study = await createModelStudy();
});
afterAll(() => study.remove());

const layers = ['layer2.0.sum', 'layer3.0.conv2', 'fc'];
const rankings: readonly Ranking[] = (['relevance', 'activation'] as const).flatMap((by) =>
  (['sum', 'max'] as const).flatMap((sum) => [true, false].map((normalised) => ({ by, sum, normalised }))),
);

/** All bytes that were read of a dataset, without the times. */
const listReadings = (catalog: ReadonlyCatalog, dataset: string): readonly unknown[] => {
  const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
  const known = setups.flatMap(({ id }) => catalog.concepts.layers.list(id));
  const files = catalog.samples.listFiles(catalog.datasets.find(dataset)?.id ?? 0);
  return files.flatMap(({ id, path }) =>
    known.map(({ id: layer, name }) => {
      const found = catalog.concepts.find(layer, id);
      return [path, name, found && { ...found, sampleId: 0 }];
    }),
  );
};

/** What does not depend on ids and times. */
const listPicks = ({ concepts }: ReferenceReport): readonly unknown[] =>
  concepts.map(({ layer, channel, meanScore, samples }) => [
    ...[layer, channel, meanScore],
    ...samples.map(({ score, neuron, logit }) => [score, neuron, logit]),
  ]);

describe('reading what concepts carry', () => {
  it('gives the same bits in one go, in batches, by layer, and interrupted and resumed', async () => {
    const request = await study.importFolders('r1', drawSplits(200));
    await study.workbench.findReferences({ ...request, layers, batchSize: 10 });
    const expected = study.look((catalog) => listReadings(catalog, 'r1'));
    expect(expected).toHaveLength(10 * layers.length);
    const calm = await study.workbench.findReferences({ ...request, layers });
    expect(calm.computed).toBe(0);
    for (const [at, batchSize] of [1, 3].entries()) {
      const catalog = await copyStudy(`r1-${at}`);
      for (const stop of [1, 2]) await interrupt(catalog, { ...request, layers, batchSize }, stop);
      // Layers that are asked for one after the other have the values they have together.
      const workbench = createWorkbench({ catalog, threads: 1 });
      await workbench.findReferences({ ...request, layers: ['fc'] });
      const resumed = await workbench.findReferences({ ...request, layers, batchSize });
      await workbench.close();
      expect(listPicks(resumed)).toEqual(listPicks(calm));
      expect(readAll(catalog, 'r1')).toEqual(expected);
    }
  }, 120_000);

  it('waits while it is paused', async () => {
    const request = await study.importFolders('r2', drawFolders(230));
    const pause = new PauseSwitch();
    const steps: number[] = [];
    const onProgress = ({ done }: { done: number }): void => {
      steps.push(done);
      if (done !== 2) return;
      pause.pause();
      setTimeout(() => {
        steps.push(-1);
        pause.resume();
      }, 100);
    };
    await study.workbench.findReferences({ ...request, layers: ['fc'], batchSize: 2 }, { pause, onProgress });
    expect(steps).toEqual([2, -1, 4, 5]);
    expect((await study.workbench.listCatalog()).jobs[0]).toMatchObject({ kind: 'concepts', state: 'done', done: 5 });
  });

  /** A catalog of its own with the same samples and no readings. */
  async function copyStudy(name: string): Promise<string> {
    const catalog = study.at(`${name}.lightbox`);
    const workbench = createWorkbench({ catalog });
    await workbench.importDataset({ folder: study.at('r1') });
    await workbench.close();
    return catalog;
  }

  async function interrupt(
    catalog: string,
    request: Parameters<typeof study.workbench.findReferences>[0],
    stop: number,
  ): Promise<void> {
    const workbench = createWorkbench({ catalog, threads: 1 });
    const controller = new AbortController();
    let steps = 0;
    const onProgress = (): void => {
      if (++steps === stop) controller.abort();
    };
    const work = workbench.findReferences(request, { signal: controller.signal, onProgress });
    await expect(work).rejects.toMatchObject({ code: 'job/cancelled' });
    await workbench.close();
  }

  function readAll(file: string, dataset: string): readonly unknown[] {
    const catalog = openCatalog(file, { readonly: true });
    try {
      return listReadings(catalog, dataset);
    } finally {
      catalog.close();
    }
  }
});

describe('the best samples of a concept', () => {
  let request: DatasetRequest;
  const known = new Map<string, readonly PlainReading[]>();
  beforeAll(async () => {
    const shared = await drawNoise(250);
    await study.write('s1', { 'train/effusion/copy.png': shared, 'train/effusion/a copy.png': shared });
    request = await study.importFolders('s1', { ...drawSplits(250), 'train/cyst/x.png': 280 });
  });

  it.each(rankings)(
    'are those of a plain implementation: $by, $sum, normalised $normalised',
    async (ranking) => {
      const report = await study.workbench.findReferences({ ...request, layers, top: 2, ranking });
      expect(report.concepts).toHaveLength(2 * layers.length);
      const all = study.samples('s1').filter(({ primaryId }) => primaryId === undefined);
      const samples = all.flatMap((sample) => {
        const target = labels.indexOf(sample.label ?? '');
        // Activations need no label, and are the same for any class.
        return ranking.by === 'relevance' && target < 0 ? [] : [{ sample, target: Math.max(0, target) }];
      });
      expect(samples).toHaveLength(ranking.by === 'relevance' ? 11 : 12);
      for (const { layer, channel, samples: found, meanScore } of report.concepts) {
        const key = `${layer} ${ranking.by}`;
        const asked = { ...request, folder: study.at('s1'), samples, layer };
        const plain = known.get(key) ?? (await readPlainly(asked, ranking.by));
        known.set(key, plain);
        const expected = rankPlainly(plain, channel, ranking);
        expect(found.map(({ sample }) => sample)).toEqual(expected.map(({ sample }) => sample));
        const scale = Math.max(...expected.map(({ score }) => Math.abs(score)));
        expect(scale).toBeGreaterThan(0);
        const mean = expected.reduce((sum, { score }) => sum + score, 0) / expected.length;
        found.forEach(({ score, neuron, sample, logit, hasNegativeLogit }, index) => {
          const pick = expected[index] ?? { score: NaN, position: NaN };
          expect(Math.abs(score - pick.score)).toBeLessThan(2e-5 * scale);
          const width = study.look((catalog) => widthOf(catalog, layer));
          if (width !== undefined && neuron) expect(neuron.row * width + neuron.column).toBe(pick.position);
          expect(neuron === null).toBe(width === undefined);
          const own = plain.find((reading) => reading.sample.id === sample)?.logit ?? NaN;
          if (ranking.by === 'activation') expect([logit, hasNegativeLogit]).toEqual([null, false]);
          else expect([Math.abs((logit ?? NaN) - own) < 1e-4, hasNegativeLogit]).toEqual([true, own < 0]);
        });
        if (!report.negativeLogitsInvert) expect(Math.abs(meanScore - mean)).toBeLessThan(2e-5 * scale);
      }
    },
    60_000,
  );

  it('say what took no part', async () => {
    const report = await study.workbench.findReferences({ ...request, layers, concepts: ['fc:0'] });
    expect(report.pictures).toBe(11);
    expect(report.warnings.join(' ')).toMatch(/1 picture has the label "cyst", which is no class of the model, and took/);
    const classes = report.concepts[0]?.classes.map(({ class: name, pictures }) => [name, pictures]);
    expect(classes?.toSorted()).toEqual([['effusion', 5], ['nodule', 2], ['normal', 4]]);
  }); // prettier-ignore

  it('of each class are told where asked for, and class statistics are their means', async () => {
    const asked = { ...request, layers, concepts: ['layer2.0.sum:3'], perClass: true };
    const [concept] = (await study.workbench.findReferences(asked)).concepts;
    expect(concept?.classes).toHaveLength(3);
    for (const { class: name, pictures, samples = [], meanOfBest10 } of concept?.classes ?? []) {
      expect([samples.length, new Set(samples.map((pick) => pick.class))]).toEqual([pictures, new Set([name])]);
      const mean = samples.reduce((sum, { score }) => sum + score, 0) / samples.length;
      expect(meanOfBest10).toBeCloseTo(mean, 12);
    }
    const means = concept?.classes.map(({ meanOfBest10 }) => meanOfBest10) ?? [];
    expect(means).toEqual(means.toSorted((a, b) => b - a));
    const all = concept?.classes.flatMap(({ samples = [] }) => samples.map(({ score }) => score)) ?? [];
    expect(concept?.samples.map(({ score }) => score)).toEqual(all.toSorted((a, b) => b - a));
  });

  it('of the highest concepts are told where none is named', async () => {
    const report = await study.workbench.findReferences({ ...request, layers, top: 2 });
    expect(report.concepts.map(({ layer }) => layer)).toEqual(layers.flatMap((layer) => [layer, layer]));
    const [first, second] = report.concepts.map(({ meanScore }) => meanScore);
    expect((first ?? 0) >= (second ?? 0)).toBe(true);
    const sums = await study.workbench.findReferences({
      ...request,
      layers: ['fc'],
      concepts: ['fc:0', 'fc:1', 'fc:2'],
    });
    const best = Math.max(...sums.concepts.map(({ meanScore }) => meanScore));
    expect(report.concepts[4]?.meanScore).toBe(best);
  });

  const widthOf = (catalog: ReadonlyCatalog, layer: string): number | undefined => {
    const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
    return setups.flatMap(({ id }) => catalog.concepts.layers.list(id)).find(({ name }) => name === layer)?.width;
  };
});

describe('a dataset that changes', () => {
  it('has only its new pictures read, and the picks it would have from the start; what is gone is gone', async () => {
    const all = drawSplits(300);
    const [late, ...early] = Object.entries(all);
    const request = await study.importFolders('g1', Object.fromEntries(early));
    const asked = { ...request, layers, concepts: ['layer2.0.sum:1'] };
    expect(await study.workbench.findReferences(asked)).toMatchObject({ computed: 9, pictures: 9 });
    await study.write('g1', Object.fromEntries(late ? [late] : []));
    await study.import('g1');
    const grown = await study.workbench.findReferences(asked);
    expect(grown).toMatchObject({ computed: 1, pictures: 10 });
    // The same pictures are known already, so nothing is computed for a dataset that has them from the start.
    const whole = await study.importFolders('g2', all);
    const again = await study.workbench.findReferences({ ...asked, ...whole });
    expect(again.computed).toBe(0);
    expect(listPicks(again)).toEqual(listPicks(grown));
    const [best] = grown.concepts[0]?.samples ?? [];
    const gone = study.samples('g1').find(({ id }) => id === best?.sample);
    await rm(study.at('g1', gone?.path ?? ''));
    await study.import('g1');
    const less = await study.workbench.findReferences(asked);
    expect(less).toMatchObject({ computed: 0, pictures: 9 });
    expect(less.concepts[0]?.samples).toEqual(grown.concepts[0]?.samples.slice(1));
  });

  it('whose label is corrected is read for the new one', async () => {
    const request = await study.importFolders('g3', drawFolders(320));
    const asked = { ...request, layers, concepts: ['fc:0'] };
    await study.workbench.findReferences(asked);
    await copyFile(study.at('g3/nodule/c.png'), study.at('g3/normal/c.png'));
    await rm(study.at('g3/nodule/c.png'));
    await study.import('g3');
    const report = await study.workbench.findReferences(asked);
    expect([report.computed, report.pictures]).toEqual([1, 5]);
    expect(report.concepts[0]?.classes.map(({ class: name }) => name).toSorted()).toEqual(['effusion', 'normal']);
  });
});

describe('what cannot be', () => {
  it.each([
    [{ layers: ['layer2.0.summ'] }, 'layer/unknown', 'the nearest that have are "layer2.0.sum"'],
    [{ concepts: ['layer2.0.sum:16'] }, 'concept/unknown', 'it has 16, counted from 0 to 15'],
    [{ concepts: ['layer2.0.sum'] }, 'request/invalid', 'write LAYER:CHANNEL'],
    [{ layers: ['fc'], concepts: ['conv1:0'] }, 'request/invalid', 'not among those chosen'],
    [{ composite: 'all' }, 'composite/invalid', 'name one'],
    [{ carriers: { above: 5 } }, 'request/invalid', 'name one as LAYER:CHANNEL'],
    [{ dataset: 'none' }, 'dataset/unknown', 'no dataset "none"'],
  ])('%j is refused before anything is computed', async (change, code, sentence) => {
    const request = await study.importFolders(`x-${code.replace('/', '-')}-${sentence.length}`, { 'nodule/a.png': 1 });
    const work = study.workbench.findReferences({ ...request, ...change });
    await expect(work).rejects.toMatchObject({ code });
    await expect(work).rejects.toThrow(sentence);
  });
});
