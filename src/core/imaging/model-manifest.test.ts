import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pixelBounds, torchvisionRecipe } from './input-recipe.ts';
import { checkLabels, checkModelInput, labelOf } from './manifest-checks.ts';
import { defaultManifest, loadManifest, manifestPath, readManifest } from './model-manifest.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = (manifest: unknown) => readManifest(JSON.stringify(manifest), 'm.manifest.json');

describe('readManifest', () => {
  it('takes torchvision for what is not said', () => {
    expect(read({})).toEqual({ input: torchvisionRecipe, labels: [] });
    expect(read({ title: 'T', labels: ['a'], input: { width: 299, height: 299 } })).toEqual({
      title: 'T',
      labels: ['a'],
      input: { ...torchvisionRecipe, width: 299, height: 299, resizeTo: 342 },
    });
  });

  it('gives a BGR model its defaults in BGR order', () => {
    expect(read({ input: { channels: 'bgr' } }).input.mean).toEqual([0.406, 0.456, 0.485]);
  });

  it.each([
    [{ input: { width: 0 } }, 'input.width'],
    [{ input: { mean: [0.5] } }, 'input.mean: needs 3 numbers'],
    [{ input: { channels: 'grey' } }, "input.mean: needs 1 number, one per channel of 'grey'"],
    [{ input: { std: [1, 0, 1] } }, 'input.std[1]'],
    [{ input: { range: [1, 0] } }, 'input.range'],
    [{ input: { resize: 'lanczos' } }, 'input.resize'],
    [{ input: { fit: 'shorter-side-then-center-crop', resizeTo: 100 } }, 'input.resizeTo'],
    [{ labels: ['a', 7] }, 'labels[1]'],
    [{ label: ['a'] }, 'label'],
    [[], 'expected object'],
    [null, 'expected object'],
  ])('names the field: %j', (manifest, expected) => {
    expect(() => read(manifest)).toThrow(expected);
    expect(() => read(manifest)).toThrow('m.manifest.json is not a valid manifest');
  });

  it('says where JSON breaks', () => {
    expect(() => readManifest('{"title": }', 'm.manifest.json')).toThrow('m.manifest.json is not valid JSON');
  });
});

describe('loadManifest', () => {
  it('finds the file beside the model', async () => {
    const model = join(folder, 'net.onnx');
    expect(manifestPath(model)).toBe(join(folder, 'net.manifest.json'));
    await writeFile(manifestPath(model), '\uFEFF{"labels": ["sick", "well"]}');
    const loaded = await loadManifest(model);
    expect(loaded).toMatchObject({ source: 'file', manifest: { labels: ['sick', 'well'] } });
    expect(() => {
      checkLabels(loaded, 2);
    }).not.toThrow();
    expect(() => {
      checkLabels(loaded, 3);
    }).toThrow('net.manifest.json names 2 labels, but the model has 3 outputs');
  });

  it('falls back to torchvision at the size of the model', async () => {
    const loaded = await loadManifest(join(folder, 'other.onnx'), { channels: 1, height: 64, width: 96 });
    expect(loaded).toMatchObject({
      source: 'default',
      manifest: { input: { width: 96, height: 64, channels: 'grey' } },
    });
    expect(() => {
      checkModelInput(loaded, { channels: 1, height: 64, width: 96 });
    }).not.toThrow();
    expect(() => {
      checkModelInput(loaded, { width: 97 });
    }).toThrow("input.width makes 96, but the model's input has 97");
  });

  it('does not mistake an unreadable manifest for a missing one', async () => {
    await expect(loadManifest(join(folder, 'net.onnx', 'x.onnx'))).resolves.toMatchObject({ source: 'default' });
    const oddFolder = await mkdtemp(join(tmpdir(), 'lightbox-manifest-'));
    await writeFile(join(oddFolder, 'm.manifest.json'), '[]');
    await expect(loadManifest(join(oddFolder, 'm.onnx'))).rejects.toMatchObject({ code: 'manifest/invalid' });
    await rm(oddFolder, { recursive: true });
  });
});

it('labelOf names outputs even without labels', () => {
  expect(labelOf({ ...defaultManifest(), labels: ['a'] }, 0)).toBe('a');
  expect(labelOf(defaultManifest(), 3)).toBe('class 3');
});

it('pixelBounds are black and white after normalization', () => {
  const { low, high } = pixelBounds(torchvisionRecipe);
  expect(low[0]).toBeCloseTo(-2.1179, 4);
  expect(high[2]).toBeCloseTo(2.64, 4);
  const scaled = pixelBounds({ ...torchvisionRecipe, channels: 'grey', range: [-1024, 1024], mean: [0], std: [512] });
  expect(scaled).toEqual({ low: [-2], high: [2] });
});
