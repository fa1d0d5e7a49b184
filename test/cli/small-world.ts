import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createNetwork, createNormalValues, type ArchitectureName } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';

export const size = 32;
export const labels = ['effusion', 'nodule', 'normal'];

/** A folder with a narrow network, its manifest and pictures, for as long as a test file runs. */
export interface SmallWorld {
  readonly folder: string;
  readonly modelPath: string;
  readonly pictures: readonly string[];
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** The names in a folder of results; none where it was not made. */
  list(folder: string): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function createSmallWorld(pictureCount: number, arch: ArchitectureName = 'resnet18'): Promise<SmallWorld> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-cli-')));
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  const modelPath = at('network.onnx');
  const network = createNetwork({ arch, width: 8, classes: labels.length, size, seed: 3, batchNorm: 'folded' });
  await saveModel(network, modelPath);
  const manifest = { title: 'Narrow network', input: { width: size, height: size }, labels };
  await writeFile(at('network.manifest.json'), JSON.stringify(manifest));
  const pictures = Array.from({ length: pictureCount }, (_, index) => at(`Doe-Jane-${index}.png`));
  for (const picture of pictures) await drawPicture(picture);
  return {
    ...{ folder, modelPath, pictures, at },
    list: async (results) => (await readdir(results).catch(() => [])).sort(),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** A grey picture of seeded noise, larger than the network's input. */
async function drawPicture(picture: string): Promise<void> {
  const [width, height] = [48, 40];
  const noise = createNormalValues(path.basename(picture), width * height, { mean: 120, deviation: 40 });
  const pixels = Uint8Array.from(noise, (value) => Math.min(255, Math.max(0, value)));
  await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(picture);
}
