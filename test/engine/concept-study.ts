import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { createComposite } from '#core/relevance/index.ts';
import { withBiases } from '../relevance/narrow-networks.ts';

/** What tests of concepts look at: a picture, and narrow networks as files. */
export const size = 32;
export const image = createNormalValues('a picture', 3 * size * size);
export const composite = createComposite('EpsilonPlusFlat');
export const target = 2;

/** Width 8 fills channel blocks on most processors, width 6 never does: both layouts are met. */
export const networks = [
  ['vgg11', 8],
  ['vgg11', 6],
  ['resnet18', 8],
  ['resnet18', 6],
] as const;

export type ConceptArchitecture = (typeof networks)[number][0];

/** Network files in a folder of their own. */
export class ConceptNetworks {
  readonly #folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'lightbox-concepts-'));

  async keep(arch: ConceptArchitecture, width: number, biases = true): Promise<string> {
    const model = createNetwork({ arch, width, classes: 4, size, seed: 3, batchNorm: 'folded' });
    const file = path.join(this.#folder, `${arch}-${width}-${String(biases)}.onnx`);
    await saveModel(biases ? model : withBiases(model, () => 0), file);
    return file;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
