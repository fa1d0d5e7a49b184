import { expect, test } from 'vitest';
import { float32Initializer, node, valueInfo, writeModel, type ModelContent } from '#core/onnx/index.ts';
import { padApart } from './pad-apart.ts';
import { createSession } from './session.ts';

function convolution(pads: readonly number[]): ModelContent {
  const kernel = Float32Array.from({ length: 2 * 2 * 4 }, (_, index) => index - 5);
  return {
    irVersion: 9,
    opsets: new Map([['', 20]]),
    producer: 'test',
    graph: {
      name: 'convolution',
      nodes: [node('Conv', { inputs: ['x', 'w'], outputs: ['y'] }, { kernel_shape: [2, 2], pads })],
      initializers: new Map([['w', float32Initializer('w', [2, 2, 2, 2], kernel)]]),
      inputs: [valueInfo('x', [1, 2, 2, 2])],
      outputs: [valueInfo('y', [1, 2, 'h', 'w'])],
    },
  };
}

async function run(model: ModelContent): Promise<unknown> {
  const session = await createSession({ bytes: writeModel(model), provider: 'cpu', threads: 1, source: 'test' });
  const x = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), dims: [1, 2, 2, 2] };
  const { y } = await session.run({ x });
  await session.close();
  return y;
}

test.each([[[0, 0, 1, 1]], [[0, 0, 0, 2]]])(
  'padding %o behind is a step of its own, to the same effect',
  async (pads) => {
    const model = convolution(pads);
    const apart = { ...model, graph: padApart(model.graph) };
    expect(apart.graph.nodes.map(({ operator }) => operator)).toEqual(['Pad', 'Conv']);
    expect(await run(apart)).toEqual(await run(model));
  },
);

test.each([[[0, 0, 0, 0]], [[1, 0, 0, 1]], [[1, 1, 1, 1]]])('padding %o stays as it is', (pads) => {
  const { graph } = convolution(pads);
  expect(padApart(graph)).toEqual(graph);
});
