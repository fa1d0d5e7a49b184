import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSvg } from '#core/figures/read-svg.ts';
import { readFigureRecord } from '#core/figures/read-figure-record.ts';
import type { FigureRequest, VerifyReport } from '#core/workbench/index.ts';
import { alterPdfStream, alterPngPixel } from './open-figure.ts';
import { createStudy, drawNoise, labels, writeModel, type Study } from './small-study.ts';

let study: Study;
let models: { readonly usual: string; readonly other: string };
const seeds = [101, 102];
const pictures = (): string[] => seeds.map((seed) => study.at(`Doe-Jane-${seed}.png`));

beforeAll(async () => {
  study = await createStudy();
  for (const seed of seeds) await writeFile(study.at(`Doe-Jane-${seed}.png`), await drawNoise(seed));
  const files = labels.flatMap((label, at) =>
    [0, 1].map((one) => [`${label}/Doe-${at}-${one}.png`, 10 * at + one] as const),
  );
  await study.write('films', Object.fromEntries(files));
  await study.import('films', { name: 'films', profile: 'none' });
  models = {
    usual: await writeModel(study.at('network.onnx')),
    other: await writeModel(study.at('other.onnx'), labels, 4),
  };
}, 60_000);
afterAll(() => study.remove());

const composites = (out: string, more: Partial<FigureRequest> = {}): FigureRequest =>
  ({
    ...{
      kind: 'composites',
      pictures: pictures(),
      modelPaths: [models.usual],
      composites: ['EpsilonPlusFlat', 'EpsilonAlpha2Beta1'],
    },
    ...{ provider: 'cpu', outputFile: study.at('out', out), ...more },
  }) as FigureRequest;

const verify = (
  file: string,
  more: Partial<Parameters<Study['workbench']['verifyFigure']>[0]> = {},
): Promise<VerifyReport> =>
  study.workbench.verifyFigure({
    file: study.at('out', file),
    folders: [study.folder],
    modelPaths: [models.usual],
    ...more,
  });

const rewrite = async (from: string, to: string, change: (file: Buffer) => Buffer | Promise<Buffer>): Promise<void> => {
  await writeFile(study.at('out', to), await change(await readFile(study.at('out', from))));
};

const replaced = (file: Buffer, from: string | RegExp, to: string): Buffer => {
  const text = file.toString('latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, 'latin1');
};

describe('every kind of figure', () => {
  const kinds = (): Record<string, FigureRequest> => ({
    composites: composites('kind.png'),
    augmentations: composites('kind.png', {
      kind: 'augmentations',
      variants: ['blur', 'rotate:angle=10'],
      look: { scale: 'row' },
    } as Partial<FigureRequest>),
    concepts: composites('kind.png', {
      kind: 'concepts',
      composites: ['EpsilonPlusFlat'],
      look: { widthMm: 120, show: 'overlay', scale: 'all' },
    } as Partial<FigureRequest>),
    samples: {
      kind: 'samples',
      dataset: 'films',
      perClass: 2,
      look: { widthMm: 85 },
      outputFile: study.at('out', 'kind.png'),
    },
    audit: {
      kind: 'audit',
      picture: pictures()[0] ?? '',
      modelPath: models.usual,
      mark: { form: 'rectangle', left: 4, top: 4, width: 6, height: 6 },
      provider: 'cpu',
      outputFile: study.at('out', 'kind.png'),
    },
    dataset: composites('kind.png', {
      pictures: undefined,
      dataset: 'films',
      perClass: 1,
      look: { casesDown: true, threshold: 0.1 },
    } as Partial<FigureRequest>),
  });

  test.each(['composites', 'augmentations', 'concepts', 'samples', 'audit', 'dataset'])(
    '%s is what its recipe gives, in each format',
    async (kind) => {
      for (const format of ['png', 'svg', 'pdf']) {
        const request = { ...kinds()[kind], outputFile: study.at('out', `${kind}.${format}`) } as FigureRequest;
        await study.workbench.saveFigure(request);
        expect(await verify(`${kind}.${format}`)).toMatchObject({ verdict: 'unchanged', findings: [] });
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

describe('verification finds', () => {
  test('a pixel of a PNG that is another', async () => {
    await rewrite('composites.png', 'pixel.png', alterPngPixel);
    const { verdict, findings } = await verify('pixel.png');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([
      expect.stringMatching(/1 of \d+ pixels differ, by up to 64 of 255; the first at \(\d+, \d+\)/),
    ]);
  });

  test('a pixel of a picture in a PDF that is another', async () => {
    await rewrite('composites.pdf', 'pixel.pdf', (file) => alterPdfStream(file, '/Subtype /Image'));
    const { verdict, findings } = await verify('pixel.pdf');
    expect(verdict).toBe('changed');
    expect(findings.join()).toMatch(/Picture \d+: 1 of \d+ values differ, by up to 64 of 255/);
  });

  test('a number in the record that is another', async () => {
    await rewrite('composites.png', 'number.png', (file) => replaced(file, /"probability":0\.\d/, '"probability":0.9'));
    const { verdict, findings } = await verify('number.png');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([
      expect.stringMatching(/^numbers\.panels\[0\]\.cases\[0\]\.probability: 0\.9.* in the file, 0\./),
    ]);
  });

  test('a number drawn in an SVG that is another', async () => {
    await rewrite('composites.svg', 'text.svg', (file) => replaced(file, />0\.\d\d</, '>0.99<'));
    const { verdict, findings } = await verify('text.svg');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([expect.stringMatching(/^It says "0\.99", made again "0\.\d\d"\.$/)]);
  });

  test('another model, and what it gives instead', async () => {
    const { verdict, findings, missing } = await verify('composites.pdf', { modelPaths: [models.other] });
    expect(verdict).toBe('changed');
    expect(missing.models).toHaveLength(1);
    expect(findings[0]).toMatch(/^The model is another one: [0-9a-f]{64} in the file, [0-9a-f]{64} given\.$/);
    expect(findings.join('\n')).toMatch(/numbers\.panels\[0\]\.cases\[0\]\.logit: .* made again/);
  });

  test('another version, and says so while all else is as it was', async () => {
    await rewrite('composites.svg', 'version.svg', (file) =>
      replaced(replaced(file, /(version&quot;:&quot;)[\d.]+/, '$10.0.9'), /Lightbox \d+\.\d+\.\d+/, 'Lightbox 0.0.9'),
    );
    const { verdict, findings, madeBy } = await verify('version.svg');
    expect(madeBy).toBe('0.0.9');
    expect(findings).toEqual([expect.stringMatching(/^It was made by version 0\.0\.9; this is version/)]);
    expect(verdict).toBe('unchanged');
  });

  test('a threshold in the recipe that was not the one used', async () => {
    await rewrite('composites.svg', 'threshold.svg', (file) =>
      replaced(file, '&quot;threshold&quot;:0', '&quot;threshold&quot;:0.5'),
    );
    const { verdict, findings } = await verify('threshold.svg');
    expect(verdict).toBe('changed');
    expect(findings.join('\n')).toMatch(/pixelsShown: .*[\s\S]*Picture \d+: \d+ of \d+ pixels differ/);
  });
});

describe('verification says plainly', () => {
  test('which pictures and models it cannot find', async () => {
    const { verdict, findings, missing } = await verify('composites.png', { folders: [], modelPaths: [] });
    expect(verdict).toBe('incomplete');
    expect([missing.models.length, missing.pictures.length]).toEqual([1, 2]);
    expect(findings).toEqual([1, 2, 3].map(() => expect.stringMatching(/with the SHA-256 [0-9a-f]{64} was not found/)));
  });

  test('that a picture of the catalog is found there', async () => {
    expect(await verify('dataset.png', { folders: [] })).toMatchObject({ verdict: 'unchanged' });
  });

  test('that a figure of another command cannot be made again', async () => {
    await mkdir(study.at('sheet'), { recursive: true });
    await study.workbench.saveDatasetSheet({ dataset: 'films', outputFile: study.at('sheet', 'sheet.svg') });
    await cp(study.at('sheet', 'sheet.svg'), study.at('out', 'sheet.svg'));
    const { verdict, findings } = await verify('sheet.svg');
    expect(verdict).toBe('incomplete');
    expect(findings).toEqual([expect.stringMatching(/not made by "lightbox figure"/)]);
  });

  test.each([
    ['nothing.png', 'no PNG at all'],
    ['nothing.pdf', 'no PDF at all'],
    ['nothing.svg', '<svg/>'],
    ['nothing.txt', 'text'],
  ])('that %s says nothing of itself', async (name, content) => {
    await writeFile(study.at('out', name), content);
    await expect(verify(name)).rejects.toMatchObject({ code: 'request/invalid' });
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
    const request = composites('refused.png', more as Partial<FigureRequest>);
    await expect(study.workbench.saveFigure(request)).rejects.toThrow(sentence);
  });
});
