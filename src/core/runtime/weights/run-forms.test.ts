import { describe, expect, test } from 'vitest';
import { float32Initializer, node, type ModelContent } from '#core/onnx/index.ts';
import type { PreparationLimits } from './plan-preparation.ts';
import { model, namesOf, prepare, runPlain, step, values } from './test-graphs.ts';

describe('forms of a filter that are computed in every run', () => {
  const dims = [32, 64, 1, 1];
  const filter = float32Initializer('w', dims, values(32 * 64));
  const two = float32Initializer('two', [], [2]);
  const everything: PreparationLimits = { mostKept: 0, smallestFilter: 0 };
  const turn = node('Transpose', { inputs: ['w'], outputs: ['turned'] }, { perm: [1, 0, 2, 3] });
  const forms = [
    turn,
    step('Relu', 'positive', 'turned'),
    step('Sub', 'negative', 'turned', 'positive'),
    step('Mul', 'doubled', 'positive', 'two'),
    step('Add', 'strengthened', 'turned', 'doubled'),
  ];
  const content = model({
    nodes: [...forms, step('Sum', 'all', 'negative', 'doubled', 'strengthened'), step('Mul', 'y', 'x', 'all')],
    initializers: [filter, two],
  });

  test('only what they have in common is prepared', async () => {
    const { main } = await prepare(content, everything);
    expect(namesOf(main.graph.nodes)).toEqual(['positive', 'negative', 'doubled', 'strengthened', 'all', 'y']);
    expect([...main.graph.initializers.keys()]).toEqual(['two:4', 'turned']);
  });

  test('they come out as ONNX Runtime has them, bit for bit', async () => {
    const [expected, left] = await Promise.all([
      runPlain(content),
      runPlain((await prepare(content, everything)).main),
    ]);
    expect(left).toEqual(expected);
  });

  test.each<[string, ModelContent, PreparationLimits | undefined]>([
    ['where memory is no matter', content, undefined],
    ['of small filters', content, { mostKept: 0, smallestFilter: 32 * 64 + 1 }],
    [
      'of which there is but one',
      model({
        nodes: [turn, step('Relu', 'positive', 'turned'), step('Mul', 'y', 'x', 'positive')],
        initializers: [filter],
      }),
      everything,
    ],
  ])('but not those %s', async (_, some, limits) => {
    const { main } = await prepare(some, limits);
    expect(namesOf(main.graph.nodes)).not.toContain('positive');
  });

  test('a change that takes another weight is a layout of its own', async () => {
    const scale = float32Initializer('scale', [32, 1, 1, 1], values(32));
    const nodes = [
      step('Mul', 'scaled', 'w', 'scale'),
      step('Relu', 'positive', 'scaled'),
      step('Sum', 'all', 'scaled', 'positive'),
      step('Mul', 'y', 'x', 'all'),
    ];
    const { main } = await prepare(model({ nodes, initializers: [filter, scale] }), everything);
    expect(namesOf(main.graph.nodes)).toEqual(['positive', 'all', 'y']);
    expect([...main.graph.initializers.keys()]).toEqual(['scaled']);
  });
});
