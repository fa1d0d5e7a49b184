import { float32Initializer, node, valueInfo, writeModel } from '#core/onnx/index.ts';
import type { Provider } from '#shared/providers.ts';
import { createSession } from './session.ts';

const values = Float32Array.of(1, -2, 3, -4);

/** Runs one convolution (times 2) on a provider and gives its largest error. Throws `engine/failed`. */
export async function runTinyNetwork(provider: Provider): Promise<number> {
  const session = await createSession({ bytes: doublingModel(), provider, threads: 1, source: 'provider probe' });
  try {
    const { doubled } = await session.run({ picture: { values, dims: [1, 1, 2, 2] } });
    const errors = Array.from(values, (value, index) =>
      Math.abs(Number(doubled?.values[index] ?? Infinity) - 2 * value),
    );
    return Math.max(...errors);
  } finally {
    await session.close();
  }
}

function doublingModel(): Uint8Array {
  return writeModel({
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: 'relevance-lightbox',
    graph: {
      name: 'doubling',
      nodes: [node('Conv', { inputs: ['picture', 'kernel'], outputs: ['doubled'] }, { kernel_shape: [1, 1] })],
      initializers: new Map([['kernel', float32Initializer('kernel', [1, 1, 1, 1], [2])]]),
      inputs: [valueInfo('picture', [1, 1, 2, 2])],
      outputs: [valueInfo('doubled', [1, 1, 2, 2])],
    },
  });
}
