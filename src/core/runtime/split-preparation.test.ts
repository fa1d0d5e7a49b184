import { expect, test } from 'vitest';
import {
  float32Initializer,
  int64Initializer,
  node,
  valueInfo,
  type ModelContent,
  type Node,
} from '#core/onnx/index.ts';
import { splitPreparation } from './split-preparation.ts';

const values = new Float32Array(128 * 128);

function model(...nodes: readonly Node[]): ModelContent {
  return {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: 'test',
    graph: {
      name: 'g',
      nodes,
      initializers: new Map(
        [
          float32Initializer('v', [128, 128], values),
          float32Initializer('w', [128, 128], values),
          float32Initializer('bias', [128], values.subarray(0, 128)),
          int64Initializer('dims', [2], [64, 256]),
        ].map((initializer) => [initializer.name, initializer]),
      ),
      inputs: [valueInfo('x', [1, 128])],
      outputs: [valueInfo('y', [1, 128])],
    },
  };
}

const step = (output: string, ...inputs: readonly string[]): Node => node('Op', { inputs, outputs: [output] });

/** The outputs of each part's nodes. */
function partsOf(content: ModelContent): readonly (readonly string[])[] {
  const { main, preparations } = splitPreparation(content);
  return [main, ...preparations].map(({ graph }) => graph.nodes.flatMap(({ outputs }) => outputs));
}

test('what is computed from weights alone is prepared, and the rest takes its results', () => {
  const content = model(
    step('turned', 'w', 'dims'),
    step('clamped', 'turned'),
    step('z', 'x', 'turned'),
    step('y', 'z', 'clamped'),
  );
  const { main, preparations } = splitPreparation(content);
  expect(partsOf(content)).toEqual([
    ['z', 'y'],
    ['turned', 'clamped'],
  ]);
  expect(preparations[0]?.graph.outputs.map(({ name }) => name)).toEqual(['turned', 'clamped']);
  expect([...(preparations[0]?.graph.initializers.keys() ?? [])]).toEqual(['w', 'dims']);
  expect(preparations[0]?.graph.inputs).toEqual([]);
  expect(main.graph.initializers.size).toBe(0);
  expect(main.graph.outputs).toEqual(content.graph.outputs);
});

test('weights are prepared apart from one another unless they meet', () => {
  const apart = [step('a', 'v'), step('b', 'w')];
  expect(partsOf(model(...apart, step('y', 'x', 'a', 'b')))).toEqual([['y'], ['a'], ['b']]);
  expect(partsOf(model(...apart, step('c', 'a', 'b'), step('y', 'x', 'c')))).toEqual([['y'], ['a', 'b', 'c']]);
});

test('small constants stay where they are', () => {
  expect(partsOf(model(step('b', 'bias'), step('y', 'x', 'b')))).toEqual([['b', 'y']]);
});

test('what depends on the input is not prepared, and nothing is where there is nothing to prepare', () => {
  expect(partsOf(model(step('z', 'x', 'w'), step('y', 'z', 'v')))).toEqual([['z', 'y']]);
});
