import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CarrierReport } from '#core/workbench/index.ts';
import { createModelStudy, drawSplits, type ModelStudy } from './model-study.ts';
import { feedPlainly } from './plain-reference.ts';
import { labels } from './small-study.ts';

let study: ModelStudy;
beforeAll(async () => {
  study = await createModelStudy();
});
afterAll(() => study.remove());

const layers = ['layer2.0.sum', 'layer3.0.conv2', 'fc'];

describe('a picture whose own class has a negative logit', () => {
  const find = async (composite: string, name: string) => {
    const request = await study.importFolders(name, drawSplits(380));
    const outputFolder = study.at(name, '..', `${name}-figures`);
    const asked = { ...request, layers: ['layer4.1.sum'], top: 1, composite, outputFolder };
    const report = await study.workbench.findReferences(asked);
    const [concept] = report.concepts;
    const svg = await readFile(`${outputFolder}/reference.layer4.1.sum.svg`, 'utf8');
    return { report, concept, samples: concept?.samples ?? [], svg };
  };

  it('is marked, in the figure too', async () => {
    const { report, samples, svg } = await find('EpsilonPlusFlat', 'n1');
    const negative = samples.filter(({ logit }) => (logit ?? 0) < 0);
    expect(negative.length > 0 && negative.length < samples.length).toBe(true);
    expect(report.negativeLogits).toBe(negative.length);
    expect(samples.map(({ hasNegativeLogit, logit }) => hasNegativeLogit === (logit ?? 0) < 0)).not.toContain(false);
    const shown = samples.slice(0, 8).filter(({ hasNegativeLogit }) => hasNegativeLogit);
    expect(svg.match(/>logit \u2212/g) ?? []).toHaveLength(shown.length);
    // Epsilon shares a negative logit in proportion to a negative sum: what speaks for the class stays above zero.
    expect([report.negativeLogitsInvert, samples.some(({ isInverted }) => isInverted)]).toEqual([false, false]);
  });

  it('is inverted where the last layer keeps the sign it is given: said, and left out of means', async () => {
    const { report, concept, samples, svg } = await find('ExcitationBackprop', 'n2');
    expect(report.negativeLogitsInvert).toBe(true);
    const inverted = samples.filter(({ isInverted }) => isInverted);
    expect(inverted).toHaveLength(report.negativeLogits);
    expect(inverted.every(({ logit, score }) => (logit ?? 0) < 0 && score <= 0)).toBe(true);
    const others = samples.filter(({ isInverted }) => !isInverted);
    const mean = others.reduce((sum, { score }) => sum + score, 0) / others.length;
    expect(concept?.meanScore).toBeCloseTo(mean, 12);
    const shown = samples.slice(0, 8).filter(({ isInverted }) => isInverted);
    expect(svg.match(/>inverted, logit \u2212/g) ?? []).toHaveLength(shown.length);
  });
});

describe('figures and pages', () => {
  it('are saved without names of files or paths, with a mean map and what feeds a concept', async () => {
    const request = await study.importFolders('f1', drawSplits(340));
    for (const [by, show] of [
      ['relevance', 'masked'],
      ['activation', 'heatmap'],
    ] as const) {
      // prettier-ignore
      const outputFolder = study.at(`figures-${by}`);
      const report = await study.workbench.findReferences({
        ...{ ...request, layers: ['all'], ranking: { by }, show, outputFolder },
        concepts: ['layer3.0.sum:4', 'fc:1'],
      });
      const files = await readdir(outputFolder);
      expect(files.toSorted()).toEqual([...report.files].toSorted());
      expect(files).toEqual(expect.arrayContaining(['reference.layer3.0.sum.png', 'mean-map.fc.1.npy']));
      const texts = files
        .filter((name) => /json|svg/.test(name))
        .map((name) => readFile(`${outputFolder}/${name}`, 'utf8'));
      for (const text of await Promise.all(texts)) expect(text).not.toMatch(/\b[a-e]\.png|lightbox-study/);
      const [sum, fc] = report.concepts.map(({ page }) => page);
      expect(sum?.feeds.map(({ layer }) => layer).toSorted()).toEqual(['layer3.0.conv2', 'layer3.0.downsample.0']);
      expect(fc?.feeds.map(({ layer, concepts }) => [layer, concepts.length])).toEqual([['layer4.1.sum', 4]]);
      expect([sum?.samples, fc?.samples]).toEqual([10, 10]);
    }
  }, 60_000);
});

describe('what feeds a concept', () => {
  it('is what flows through it alone, as whole arrays say, a shortcut left out', async () => {
    const request = await study.importFolders('w1', drawSplits(400));
    const asked = { ...request, layers: ['layer3.1.conv1', 'layer3.1.conv2', 'layer3.0.sum'] };
    const [, , top] = (await study.workbench.findReferences({ ...asked, top: 1 })).concepts;
    const channel = top?.channel ?? 0;
    const [concept] = (await study.workbench.findReferences({ ...asked, concepts: [`layer3.1.conv2:${channel}`] }))
      .concepts;
    const samples = study.samples('w1').map((sample) => ({ sample, target: labels.indexOf(sample.label ?? '') }));
    const plain = await feedPlainly(
      { ...request, folder: study.at('w1'), samples, layer: 'layer3.1.conv2' },
      { below: 'layer3.1.conv1', channel },
    );
    const best = Array.from(plain.entries()).sort(([, left], [, right]) => right - left);
    const [feeding] = concept?.page?.feeds ?? [];
    expect(feeding?.layer).toBe('layer3.1.conv1');
    expect(feeding?.concepts.map((one) => one.channel)).toEqual(best.slice(0, 4).map(([at]) => at));
    feeding?.concepts.forEach(({ share }, at) => {
      expect(share).toBeCloseTo(best[at]?.[1] ?? NaN, 5);
    });
  });
});

describe('samples by what a concept carries', () => {
  it('are those whose share is above, by class and split, the largest first', async () => {
    const request = await study.importFolders('c1', drawSplits(360));
    await study.workbench.predictDataset(request);
    const [top] = (await study.workbench.findReferences({ ...request, layers, top: 1 })).concepts;
    const concept = `layer2.0.sum:${top?.channel ?? 0}`;
    const find = async (carriers: object, split?: string): Promise<CarrierReport> => {
      const asked = { ...request, layers, split, concepts: [concept], carriers };
      const [found] = (await study.workbench.findReferences(asked)).carriers ?? [];
      return found ?? { layer: '', channel: -1, count: -1, samples: [] };
    };
    const [ranked] = (await study.workbench.findReferences({ ...request, layers, concepts: [concept] })).concepts;
    const all = ranked?.samples ?? [];
    const shares = all.map(({ score }) => score);
    const above = 50 * shares.slice(3, 5).reduce((sum, share) => sum + share, 0);
    const found = await find({ above });
    expect(found).toMatchObject({ layer: 'layer2.0.sum', channel: top?.channel, count: 4 });
    expect(found.samples.map(({ sample }) => sample)).toEqual(all.slice(0, 4).map(({ sample }) => sample));
    expect(found.samples.map(({ share }) => share)).toEqual(all.slice(0, 4).map(({ score }) => score));
    expect(found.samples.some((sample) => 'path' in sample)).toBe(false);
    const effusions = all.filter((pick) => pick.class === 'effusion');
    expect((await find({ above: -100, label: 'effusion' })).samples.map(({ sample }) => sample)).toEqual(
      effusions.map(({ sample }) => sample),
    );
    expect((await find({ below: above })).count).toBe(6);
    expect((await find({ above: -100, keepNames: true, limit: 1 }, 'test')).samples[0]?.path).toMatch(/^test\//);
    const counts = await Promise.all(labels.map(async (predicted) => (await find({ above: -100, predicted })).count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
  });
});
