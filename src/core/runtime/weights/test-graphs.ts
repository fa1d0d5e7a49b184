import { node, valueInfo, writeModel, type Initializer, type ModelContent, type Node } from '#core/onnx/index.ts';
import { createSession } from '../session.ts';
import type { PreparedWeight } from './compute-weights.ts';
import type { PreparationLimits } from './plan-preparation.ts';
import { prepareWeights } from './prepare-weights.ts';

export interface Parts {
  readonly nodes: readonly Node[];
  readonly initializers: readonly Initializer[];
  readonly outputs?: readonly string[];
}

/** A model of these nodes with the input x, one value. */
export function model({ nodes, initializers, outputs = ['y'] }: Parts): ModelContent {
  return {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: 'test',
    graph: {
      name: 'g',
      nodes,
      initializers: new Map(initializers.map((initializer) => [initializer.name, initializer])),
      inputs: [valueInfo('x', [1])],
      outputs: outputs.map((name) => ({ name, dataType: 'float32', shape: undefined })),
    },
  };
}

export const step = (operator: string, output: string, ...inputs: readonly string[]): Node =>
  node(operator, { inputs, outputs: [output] });

export const values = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => Math.sin(index + 1));

/** The model and its large weights. */
export async function prepare(
  content: ModelContent,
  limits?: PreparationLimits,
): Promise<{ main: ModelContent; weights: ReadonlyMap<string, PreparedWeight> }> {
  const { main, weights } = prepareWeights(content, limits);
  return { main, weights: await weights() };
}

export const namesOf = (nodes: readonly Node[]): readonly string[] => nodes.flatMap(({ outputs }) => outputs);

/** What ONNX Runtime makes of a model, x being 1. */
export async function runPlain(content: ModelContent): Promise<unknown> {
  const session = await createSession({ bytes: writeModel(content), provider: 'cpu', threads: 1, source: 'chain' });
  try {
    const { y } = await session.run({ x: { values: Float32Array.of(1), dims: [1] } });
    return y;
  } finally {
    await session.close();
  }
}
