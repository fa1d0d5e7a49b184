import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAll, readTree } from '../test-trees.ts';

const facts = (samples: readonly { path: string; split?: string | undefined; label?: string | undefined }[]): unknown =>
  samples.map(({ path, split, label }) => [path, split, label]);

describe('a folder per class', () => {
  it('without splits', async () => {
    const { reading, samples } = await readTree(['nevus/2.jpg', 'nevus/10.jpg', 'melanoma/1.tif', 'notes.txt']);
    expect(reading).toMatchObject({ layout: 'folders', classes: ['melanoma', 'nevus'], splits: [] });
    expect(reading.reason).toBe('It holds a folder of pictures for each class: melanoma and nevus.');
    expect(facts(samples)).toEqual([
      ['melanoma/1.tif', undefined, 'melanoma'],
      ['nevus/2.jpg', undefined, 'nevus'],
      ['nevus/10.jpg', undefined, 'nevus'],
    ]);
  });

  it('within splits, spelled as they are, a class spelled in two ways being one', async () => {
    const { reading, samples } = await readTree(['Training/Normal/1.png', 'Training/sick/1.png', 'valid/NORMAL/1.png']);
    expect(reading).toMatchObject({ classes: ['Normal', 'sick'], splits: ['Training', 'valid'] });
    expect(facts(samples)).toEqual([
      ['Training/Normal/1.png', 'Training', 'Normal'],
      ['Training/sick/1.png', 'Training', 'sick'],
      ['valid/NORMAL/1.png', 'valid', 'Normal'],
    ]);
  });

  it.each([
    ['wrapped', 'download/data/a/1.png', 'download/data/b/1.png'],
    ['in a picture folder', 'images/a/1.png', 'images/b/1.png'],
    ['in patients', 'a/p1/1.png', 'b/p2/s1/1.png'],
    ['with images folders', 'a/images/1.png', 'b/images/1.png'],
    ['in a doubled split', 'train/train/a/1.png', 'train/train/b/1.png'],
  ])('%s', async (_, one, two) => {
    const { samples } = await readTree([one, two]);
    expect(samples).toMatchObject([
      { path: one, label: 'a' },
      { path: two, label: 'b' },
    ]);
  });

  it('keeps a class that stands alone in its split', async () => {
    const { samples } = await readTree(['train/a/1.png', 'train/b/1.png', 'test/b/1.png']);
    expect(facts(samples)).toContainEqual(['test/b/1.png', 'test', 'b']);
  });

  it('names what lies beside the classes and is not read', async () => {
    const { samples, problems } = await readTree([
      'train/a/1.png',
      'train/b/1.png',
      'train/cover.png',
      'extra/1.png',
      'train/a/2.bmp',
    ]);
    expect(samples).toHaveLength(2);
    expect(problems.map(({ kind, path }) => [kind, path])).toEqual([
      ['unsupported-picture', 'train/a/2.bmp'],
      ['stray-picture', 'extra'],
      ['stray-picture', 'train/cover.png'],
    ]);
  });
});

describe('pictures without classes', () => {
  it.each([
    ['in one folder', ['1.png', '2.png']],
    ['one folder down', ['mine/1.png', 'mine/2.png']],
    ['with masks', ['images/1.png', 'images/2.png', 'masks/1.png']],
  ])('%s have no labels', async (_, paths) => {
    const { reading, samples } = await readTree(paths);
    expect(reading).toMatchObject({ layout: 'folders', classes: [] });
    expect(reading.reason).toContain('no labels');
    expect(samples).toHaveLength(2);
    expect(samples.every(({ label }) => label === undefined)).toBe(true);
  });
});

describe('masks', () => {
  it('lie beside the images folder or the pictures, in any format, with or without an ending', async () => {
    const { samples, problems } = await readTree([
      'a/images/1.jpg',
      'a/lesion masks/1.png',
      'b/2.jpg',
      'b/masks/2_mask.png',
      'b/hair-masks/2_segmentation.png',
      'b/masks/3_mask.png',
    ]);
    expect(samples.map(({ masks }) => masks)).toEqual([
      [{ kind: 'lesion', path: 'a/lesion masks/1.png' }],
      [
        { kind: 'hair', path: 'b/hair-masks/2_segmentation.png' },
        { kind: 'region', path: 'b/masks/2_mask.png' },
      ],
    ]);
    expect(problems).toMatchObject([{ kind: 'mask-without-picture', path: 'b/masks/3_mask.png' }]);
  });
});

const dermoscopy = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'dermoscopy');

describe.skipIf(!existsSync(dermoscopy))(
  'the dermoscopy pictures beside the project (../shared/data/dermoscopy; skipped where absent)',
  () => {
    it('open as pictures with lesion masks and no labels', async () => {
      const { reading, samples, problems } = await readAll(dermoscopy);
      expect(reading).toMatchObject({ layout: 'folders', classes: [], splits: [] });
      expect(problems).toEqual([]);
      expect(samples).toHaveLength(21);
      expect(samples[0]).toEqual({
        path: 'images/ISIC_0000031.jpg',
        split: undefined,
        masks: [{ kind: 'lesion', path: 'lesion masks/ISIC_0000031.png' }],
        metadata: {},
      });
      expect(samples.every(({ masks }) => masks.length === 1)).toBe(true);
    });
  },
);
