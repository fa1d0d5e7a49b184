import { compileAttribution, createComposite, readNetwork, type AttributionGraph } from '#core/relevance/index.ts';
import type { Provider } from '#shared/providers.ts';
import { knownModel, knownPicture } from './known-case.ts';
import { createSession, type Tensor } from './session.ts';

/**
 * Explains a known picture on a provider and on the CPU: the relative L2 difference of the two relevances. Both compute the
 * same graph. Throws `engine/failed`.
 */
export async function compareWithCpu(provider: Provider): Promise<number> {
  const network = readNetwork(knownModel);
  const graph = compileAttribution(network, { composite: createComposite('EpsilonPlusFlat'), blockSize: 1 });
  const { channels, height, width } = network.input;
  const picture: Tensor = { values: knownPicture, dims: [1, channels, height, width] };
  const classes = Number(network.output.shape[1]);
  const expected = await explain(graph, { provider: 'cpu', picture, classes });
  return relativeDifference(await explain(graph, { provider, picture, classes }), expected);
}

async function explain(
  graph: AttributionGraph,
  { provider, picture, classes }: { readonly provider: Provider; readonly picture: Tensor; readonly classes: number },
): Promise<Float32Array> {
  const session = await createSession({ ...graph, provider, threads: 1, source: 'known case' });
  try {
    const outputs = await session.run({
      [graph.inputs.image]: picture,
      [graph.inputs.target ?? '']: { values: BigInt64Array.of(1n), dims: [1] },
      [graph.inputs.initial ?? '']: { values: new Float32Array(classes), dims: [1, classes] },
      [graph.inputs.initialScale ?? '']: { values: Float32Array.of(1, 0), dims: [2] },
    });
    return Float32Array.from(outputs[graph.outputs.relevance ?? '']?.values ?? [], Number);
  } finally {
    await session.close();
  }
}

/** |given - expected| / |expected|; NaN where there is nothing to compare with. */
function relativeDifference(given: Float32Array, expected: Float32Array): number {
  const errors = expected.map((value, index) => (given[index] ?? NaN) - value);
  return norm(errors) / norm(expected);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
