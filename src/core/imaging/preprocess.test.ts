import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodePicture } from './decode-picture.ts';
import { patternBytes, patternWords } from './hand-made-pictures.ts';
import { torchvisionRecipe } from './input-recipe.ts';
import type { InputRecipe } from './input-recipe.ts';
import { computeModelView } from './model-view.ts';
import type { Picture } from './picture.ts';
import { preprocess } from './preprocess.ts';

const picture = (width: number, height: number, given: Partial<Picture> = {}): Picture => ({
  width,
  height,
  channels: 1,
  depth: 8,
  samples: patternBytes(width * height * (given.channels ?? 1)),
  format: 'png',
  sha256: '',
  warnings: [],
  ...given,
});

const plain: InputRecipe = { ...torchvisionRecipe, width: 4, height: 3, channels: 'grey', mean: [0], std: [1] };
const levels = (tensor: Float32Array): number[] => Array.from(tensor, (value) => Math.round(value * 255));

describe('preprocess', () => {
  it('resizes as Pillow does', () => {
    const { tensor } = preprocess(picture(11, 7), plain);
    expect(levels(tensor)).toEqual([116, 133, 139, 150, 119, 89, 94, 117, 80, 104, 124, 88]);
  });

  it("crops as torchvision's Resize and CenterCrop do", () => {
    const recipe: InputRecipe = { ...plain, width: 6, height: 7, fit: 'shorter-side-then-center-crop', resizeTo: 9 };
    const source = picture(31, 20);
    expect(levels(preprocess(source, recipe).tensor)).toEqual([
      120, 155, 173, 161, 147, 155, 118, 125, 147, 142, 124, 126, 133, 156, 166, 153, 150, 125, 147, 136, 130, 133, 160,
      134, 122, 126, 100, 124, 145, 120, 125, 155, 96, 85, 103, 113, 94, 113, 115, 123, 87, 111,
    ]);
    const { resized, crop, region } = computeModelView(source, recipe);
    expect(resized).toEqual({ width: 13, height: 9 });
    expect(crop).toEqual({ left: 4, top: 1, width: 6, height: 7 });
    expect(region.left).toBeCloseTo((4 * 31) / 13);
  });

  it('repeats grey for color models and orders channels', () => {
    const grey = preprocess(picture(4, 3), {
      ...torchvisionRecipe,
      width: 4,
      height: 3,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    });
    expect(grey.tensor.slice(0, 12)).toEqual(grey.tensor.slice(24));
    const color = picture(1, 1, { channels: 3, samples: Uint8Array.of(255, 51, 0) });
    const recipe = { ...torchvisionRecipe, width: 1, height: 1, mean: [0, 0, 0], std: [1, 2, 4] };
    expect([...preprocess(color, recipe).tensor]).toEqual([1, Math.fround(0.2) / 2, 0].map(Math.fround));
    expect([...preprocess(color, { ...recipe, channels: 'bgr' }).tensor]).toEqual(
      [0, Math.fround(0.2) / 2, 0.25].map(Math.fround),
    );
  });

  it('keeps 16 bits through the filter', () => {
    const deep = picture(9, 7, { depth: 16, samples: patternWords(63) });
    const { tensor } = preprocess(deep, plain);
    expect((tensor[0] ?? 0) * 65_535).toBeCloseTo(22506.501953125, 2);
    expect((tensor[11] ?? 0) * 65_535).toBeCloseTo(33461.09765625, 2);
  });

  it('applies range, mean and std in that order', () => {
    const two = picture(2, 1, { samples: Uint8Array.of(0, 255) });
    const recipe: InputRecipe = { ...plain, width: 2, height: 1, range: [-1024, 1024], mean: [24], std: [100] };
    const { tensor, statistics } = preprocess(two, recipe);
    expect([...tensor]).toEqual([Math.fround(-10.48), 10]);
    expect(statistics).toEqual({ min: Math.fround(-10.48), mean: (Math.fround(-10.48) + 10) / 2, max: 10 });
  });
});

describe('warnings', () => {
  const warningsOf = (source: Picture, recipe: Partial<InputRecipe> = {}): string =>
    preprocess(source, { ...plain, ...recipe }).warnings.join(' ');

  it('is quiet about an ordinary picture', () => {
    expect(warningsOf(picture(40, 30))).toBe('');
    expect(preprocess(picture(300, 280), torchvisionRecipe).warnings).toEqual([]);
  });

  it.each([
    ['a flat picture', picture(40, 30, { samples: new Uint8Array(1200).fill(7) }), {}, 'same value'],
    [
      'a flat color',
      picture(4, 3, { channels: 3, samples: Uint8Array.from({ length: 36 }, (_, i) => (i % 3) * 100) }),
      {},
      'same value',
    ],
    ['mean in other units', picture(40, 30), { mean: [123.7] }, 'lies outside its range'],
    ['std in other units', picture(40, 30), { range: [0, 255], mean: [120], std: [0.2] }, 'tiny for its range'],
    ['a tensor far out', picture(40, 30), { range: [0, 255] }, 'The tensor runs from'],
    [
      '12 bits in 16',
      picture(40, 30, { depth: 16, samples: patternWords(1200).map((word) => word >> 4) }),
      {},
      'low 12 bits',
    ],
    [
      'low contrast',
      picture(40, 30, { samples: patternBytes(1200).map((byte) => 100 + byte / 20) }),
      {},
      '% of the grey range',
    ],
    ['a tiny picture', picture(40, 30), { width: 400, height: 300 }, 'upscaled 10 times'],
    ['a strip', picture(90, 30), {}, 'stretched 2.25 times'],
  ] as const)('tells of %s', (...[, source, recipe, expected]) => {
    expect(warningsOf(source, recipe)).toContain(expected);
  });
});

const golden = new URL('../../../../shared/golden/', import.meta.url);
describe.skipIf(!existsSync(golden))('reference cases (skipped where ../shared/golden is absent)', () => {
  it.each(['resnet50_cxr', 'vgg16_cxr'])('%s: the tensor equals the reference input', async (name) => {
    const file = (path: string): URL => new URL(`${name}/${path}`, golden);
    const { mean, std, size } = JSON.parse(readFileSync(file('case.json'), 'utf8')) as Pick<
      InputRecipe,
      'mean' | 'std'
    > & {
      size: number;
    };
    const bytes = readFileSync(file('input.f32'));
    const expected = new Float32Array(new Uint8Array(bytes).buffer);
    for (const image of [0, 1]) {
      const source = await decodePicture(file(`image${image}.png`).pathname);
      const { tensor, warnings } = preprocess(source, { ...torchvisionRecipe, width: size, height: size, mean, std });
      expect(tensor).toEqual(expected.slice(image * tensor.length, (image + 1) * tensor.length));
      expect(warnings).toEqual([]);
    }
  });
});
