import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSvg } from '#core/figures/read-svg.ts';
import { readFigureRecord } from '#core/figures/read-figure-record.ts';
import type { FigureRequest } from '#core/workbench/index.ts';
import { createFigureStudy, type FigureStudy } from './figure-study.ts';

let study: FigureStudy;
beforeAll(async () => {
  study = await createFigureStudy();
}, 60_000);
afterAll(() => study.remove());

describe('every kind of figure', () => {
  const kinds = (): Record<string, FigureRequest> => ({
    composites: study.composites('kind.png'),
    augmentations: study.composites('kind.png', {
      kind: 'augmentations',
      variants: ['blur', 'rotate:angle=10'],
      look: { scale: 'row' },
    }),
    concepts: study.composites('kind.png', {
      kind: 'concepts',
      composites: ['EpsilonPlusFlat'],
      look: { widthMm: 120, show: 'overlay', scale: 'all' },
    }),
    samples: {
      kind: 'samples',
      dataset: 'films',
      perClass: 2,
      look: { widthMm: 85 },
      outputFile: study.at('out', 'kind.png'),
    },
    audit: {
      kind: 'audit',
      picture: study.pictures[0] ?? '',
      modelPath: study.models.usual,
      mark: { form: 'rectangle', left: 4, top: 4, width: 6, height: 6 },
      provider: 'cpu',
      outputFile: study.at('out', 'kind.png'),
    },
    dataset: study.composites('kind.png', {
      pictures: undefined,
      dataset: 'films',
      perClass: 1,
      look: { casesDown: true, threshold: 0.1 },
    }),
  });

  test.each(['composites', 'augmentations', 'concepts', 'samples', 'audit', 'dataset'])(
    '%s is what its recipe gives, in each format',
    async (kind) => {
      for (const format of ['png', 'svg', 'pdf']) {
        const request = { ...kinds()[kind], outputFile: study.at('out', `${kind}.${format}`) } as FigureRequest;
        await study.workbench.saveFigure(request);
        expect(await study.verify(`${kind}.${format}`)).toMatchObject({ verdict: 'unchanged', findings: [] });
      }
    },
    120_000,
  );

  test('has its texts on the page and apart, at the size in points that was promised', async () => {
    const { texts } = readSvg(await readFile(study.at('out', 'concepts.svg'), 'utf8'));
    expect(texts.length).toBeGreaterThan(10);
    // 6 points, at 96 pixels to the inch.
    for (const { size, left, right } of texts) {
      expect(size).toBeGreaterThanOrEqual(8 - 0.01);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual((120 / 25.4) * 96 + 0.5);
    }
    expect(await readFile(study.at('out', 'concepts.svg'), 'utf8')).toMatch(/<svg [^>]*width="120mm"/);
  });

  test('names model and pictures by their hashes, never by their files', async () => {
    for (const format of ['png', 'svg', 'pdf']) {
      const file = study.at('out', `composites.${format}`);
      const record = JSON.stringify(readFigureRecord(file, await readFile(file)));
      expect(record).toMatch(/"sha256":"[0-9a-f]{64}"/);
      expect(record).toMatch(/"range":\[/);
      expect(record).not.toMatch(/Doe|Jane|films\//);
      expect(record).not.toContain(study.folder);
    }
  });
});

describe('a figure is refused', () => {
  test.each([
    ['of no pictures', { pictures: [] }, /Name picture files/],
    ['of an unknown composite', { composites: ['Epsilon'] }, /no composite "Epsilon"/],
    ['that is too narrow for its pictures', { look: { widthMm: 40, panelsAcross: 4 } }, /do not fit|side by side/],
    ['of an odd width', { look: { widthMm: 3 } }, /40 to 500 mm/],
    ['with an odd threshold', { look: { threshold: 7 } }, /threshold/],
  ])('%s', async (_, more, sentence) => {
    const request = study.composites('refused.png', more);
    await expect(study.workbench.saveFigure(request)).rejects.toThrow(sentence);
  });
});
