import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFigureStudy, type FigureStudy } from './figure-study.ts';
import { alterPdfStream, alterPngPixel } from './open-figure.ts';

let study: FigureStudy;
beforeAll(async () => {
  study = await createFigureStudy();
  for (const format of ['png', 'svg', 'pdf'])
    await study.workbench.saveFigure(study.composites(`composites.${format}`));
  const perClass = { pictures: undefined, dataset: 'films', perClass: 1 };
  await study.workbench.saveFigure(study.composites('dataset.png', perClass));
}, 60_000);
afterAll(() => study.remove());

const rewrite = async (from: string, to: string, change: (file: Buffer) => Buffer | Promise<Buffer>): Promise<void> => {
  await writeFile(study.at('out', to), await change(await readFile(study.at('out', from))));
};

const replaced = (file: Buffer, from: string | RegExp, to: string): Buffer => {
  const text = file.toString('latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, 'latin1');
};

describe('verification finds', () => {
  test('a pixel of a PNG that is another', async () => {
    await rewrite('composites.png', 'pixel.png', alterPngPixel);
    const { verdict, findings } = await study.verify('pixel.png');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([
      expect.stringMatching(/1 of \d+ pixels differ, by up to 64 of 255; the first at \(\d+, \d+\)/),
    ]);
  });

  test('a pixel of a picture in a PDF that is another', async () => {
    await rewrite('composites.pdf', 'pixel.pdf', (file) => alterPdfStream(file, '/Subtype /Image'));
    const { verdict, findings } = await study.verify('pixel.pdf');
    expect(verdict).toBe('changed');
    expect(findings.join()).toMatch(/Picture \d+: 1 of \d+ values differ, by up to 64 of 255/);
  });

  test('a number in the record that is another', async () => {
    await rewrite('composites.png', 'number.png', (file) => replaced(file, /"probability":0\.\d/, '"probability":0.9'));
    const { verdict, findings } = await study.verify('number.png');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([
      expect.stringMatching(/^numbers\.panels\[0\]\.cases\[0\]\.probability: 0\.9.* in the file, 0\./),
    ]);
  });

  test('a number drawn in an SVG that is another', async () => {
    await rewrite('composites.svg', 'text.svg', (file) => replaced(file, />0\.\d\d</, '>0.99<'));
    const { verdict, findings } = await study.verify('text.svg');
    expect(verdict).toBe('changed');
    expect(findings).toEqual([expect.stringMatching(/^It says "0\.99", made again "0\.\d\d"\.$/)]);
  });

  test('another model, and what it gives instead', async () => {
    const { verdict, findings, missing } = await study.verify('composites.pdf', { modelPaths: [study.models.other] });
    expect(verdict).toBe('changed');
    expect(missing.models).toHaveLength(1);
    expect(findings[0]).toMatch(/^The model is another one: [0-9a-f]{64} in the file, [0-9a-f]{64} given\.$/);
    expect(findings.join('\n')).toMatch(/numbers\.panels\[0\]\.cases\[0\]\.logit: .* made again/);
  });

  test('another version, and says so while all else is as it was', async () => {
    await rewrite('composites.svg', 'version.svg', (file) =>
      replaced(replaced(file, /(version&quot;:&quot;)[\d.]+/, '$10.0.9'), /Lightbox \d+\.\d+\.\d+/, 'Lightbox 0.0.9'),
    );
    const { verdict, findings, madeBy } = await study.verify('version.svg');
    expect(madeBy).toBe('0.0.9');
    expect(findings).toEqual([expect.stringMatching(/^It was made by version 0\.0\.9; this is version/)]);
    expect(verdict).toBe('unchanged');
  });

  test('a threshold in the recipe that was not the one used', async () => {
    await rewrite('composites.svg', 'threshold.svg', (file) =>
      replaced(file, '&quot;threshold&quot;:0', '&quot;threshold&quot;:0.5'),
    );
    const { verdict, findings } = await study.verify('threshold.svg');
    expect(verdict).toBe('changed');
    expect(findings.join('\n')).toMatch(/pixelsShown: .*[\s\S]*Picture \d+: \d+ of \d+ pixels differ/);
  });
});

describe('verification says plainly', () => {
  test('which pictures and models it cannot find', async () => {
    const { verdict, findings, missing } = await study.verify('composites.png', { folders: [], modelPaths: [] });
    expect(verdict).toBe('incomplete');
    expect([missing.models.length, missing.pictures.length]).toEqual([1, 2]);
    expect(findings).toHaveLength(3);
    for (const finding of findings) expect(finding).toMatch(/with the SHA-256 [0-9a-f]{64} was not found/);
  });

  test('that a picture of the catalog is found there', async () => {
    expect(await study.verify('dataset.png', { folders: [] })).toMatchObject({ verdict: 'unchanged' });
  });

  test('that a figure of another command cannot be made again', async () => {
    await mkdir(study.at('sheet'), { recursive: true });
    await study.workbench.saveDatasetSheet({ dataset: 'films', outputFile: study.at('sheet', 'sheet.svg') });
    await cp(study.at('sheet', 'sheet.svg'), study.at('out', 'sheet.svg'));
    const { verdict, findings } = await study.verify('sheet.svg');
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
    await expect(study.verify(name)).rejects.toMatchObject({ code: 'request/invalid' });
  });
});
