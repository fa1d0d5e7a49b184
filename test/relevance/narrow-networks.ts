import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, readModel, saveModel, type Model } from '#core/onnx/index.ts';
import { readNetwork, type Network } from '#core/relevance/index.ts';

export const architectures = ['vgg11', 'resnet18'] as const;
export type Architecture = (typeof architectures)[number];

const size = 32;
const classes = 4;

export const pixels = 3 * size * size;
export const image = createNormalValues('a picture', pixels);

/** A narrow network with random weights, batch norm folded: 3 × 32 × 32 pixels, 4 classes. */
export function narrowModel(arch: Architecture): Model {
  return createNetwork({ arch, width: 8, classes, size, seed: 3, batchNorm: 'folded' });
}

/** The model with some of its vectors (biases) filled anew. */
export function withBiases(model: Model, fill: (name: string) => number | undefined): Model {
  const initializers = [...model.graph.initializers].map(([name, tensor]) => {
    const value = tensor.dims.length === 1 ? fill(name) : undefined;
    if (value === undefined) return [name, tensor] as const;
    return [name, float32Initializer(name, tensor.dims, new Float32Array(tensor.dims[0] ?? 0).fill(value))] as const;
  });
  return { ...model, graph: { ...model.graph, initializers: new Map(initializers) } };
}

/** Networks as read from files in a folder of their own. */
export class NetworkFolder {
  readonly #path = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-networks-'));
  #count = 0;

  async read(model: Model): Promise<Network> {
    const path = join(this.#path, `${String(this.#count++)}.onnx`);
    await saveModel(model, path);
    return readNetwork(await readModel(path));
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}
