import {
  float32Initializer,
  loadFloat32,
  readModel,
  saveModel,
  type Initializer,
  type Model,
} from '#core/onnx/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import type { ModelFile } from '../model-file.ts';

/** Operators whose second input is a layer's weights. */
const linear: readonly string[] = ['Conv', 'Gemm', 'MatMul'];

/** The weights of the layers, from the logits to the picture. */
export function listWeights({ graph }: Model): readonly Initializer[] {
  const weights = graph.nodes.toReversed().flatMap(({ operator, inputs }) => {
    const initializer = linear.includes(operator) ? graph.initializers.get(inputs[1] ?? '') : undefined;
    return initializer?.dataType === 'float32' ? [initializer] : [];
  });
  return [...new Set(weights)];
}

export interface Shuffling {
  /** How many layers, from the logits. */
  readonly count: number;
  readonly seed: number;
  /** Where the model is saved. */
  readonly path: string;
}

/** The model with the weights of its last layers in another order each, biases as they were (Adebayo et al., 2018), as a file of its own. */
export async function saveShuffled(file: ModelFile, { count, seed, path }: Shuffling): Promise<ModelFile> {
  const { graph } = file.model;
  const initializers = new Map(graph.initializers);
  for (const weight of listWeights(file.model).slice(0, count)) {
    const values = Float32Array.from(await loadFloat32(weight));
    shuffle(values, createRandomWords(`shuffled weights ${seed} ${weight.name}`));
    initializers.set(weight.name, float32Initializer(weight.name, weight.dims, values));
  }
  await saveModel({ ...file.model, graph: { ...graph, initializers } }, path);
  return { ...file, path, model: await readModel(path) };
}

/** Fisher and Yates. */
function shuffle(values: Float32Array, word: () => number): void {
  for (let left = values.length; left > 1; left--) {
    const at = Math.floor((word() / 2 ** 32) * left);
    [values[left - 1], values[at]] = [values[at] ?? 0, values[left - 1] ?? 0];
  }
}
