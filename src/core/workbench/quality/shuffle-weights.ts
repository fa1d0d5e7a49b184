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

/**
 * The model with the weights of its last layers in another order, biases as they were (Adebayo et al., 2018), as a file of its own. Each unit
 * keeps its own weights: mixed over the whole layer their sums would be nearly alike and mostly below zero, all units of a deep plain
 * network would fall silent, and there would be no map to compare.
 */
export async function saveShuffled(file: ModelFile, { count, seed, path }: Shuffling): Promise<ModelFile> {
  const { graph } = file.model;
  const initializers = new Map(graph.initializers);
  const units = findUnitAxes(file.model);
  for (const weight of listWeights(file.model).slice(0, count)) {
    const values = Float32Array.from(await loadFloat32(weight));
    const word = createRandomWords(`shuffled weights ${seed} ${weight.name}`);
    const all = weight.dims.reduce((product, size) => product * size, 1);
    const isFirst = units.get(weight.name) !== 'last';
    const number = (isFirst ? weight.dims[0] : weight.dims.at(-1)) ?? 1;
    const each = all / number;
    for (let unit = 0; unit < number; unit++)
      shuffle(values, word, { start: isFirst ? unit * each : unit, step: isFirst ? 1 : number, count: each });
    initializers.set(weight.name, float32Initializer(weight.name, weight.dims, values));
  }
  await saveModel({ ...file.model, graph: { ...graph, initializers } }, path);
  return { ...file, path, model: await readModel(path) };
}

/** Whether a layer's units are the first or the last axis of its weights, by the weights' name. */
function findUnitAxes({ graph }: Model): ReadonlyMap<string, 'first' | 'last'> {
  return new Map(
    graph.nodes.map(({ operator, inputs, attributes }) => {
      const transB = attributes.get('transB');
      const isFirst = operator === 'Conv' || (transB?.kind === 'int' && transB.value === 1);
      return [inputs[1] ?? '', isFirst ? 'first' : 'last'];
    }),
  );
}

/** The places of one unit's weights. */
interface Places {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Fisher and Yates. */
function shuffle(values: Float32Array, word: () => number, { start, step, count }: Places): void {
  for (let left = count; left > 1; left--) {
    const [last, at] = [left - 1, Math.floor((word() / 2 ** 32) * left)].map((place) => start + place * step);
    if (last === undefined || at === undefined) continue;
    [values[last], values[at]] = [values[at] ?? 0, values[last] ?? 0];
  }
}
