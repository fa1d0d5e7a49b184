import { expect, test } from 'vitest';
import { node, valueInfo, type Graph } from '#core/onnx/index.ts';
import { orderNodes } from './order-nodes.ts';

test('forms of filters come first, then what needs only the picture, then what needs the initial relevance', () => {
  const step = (output: string, ...inputs: string[]): Graph['nodes'][number] =>
    node('Add', { inputs, outputs: [output] });
  const graph: Graph = {
    name: 'g',
    nodes: [
      step('layer', 'picture', 'w'),
      step('logits', 'layer', 'w'),
      step('start', 'logits', 'initial'),
      step('denominatorOfLogits', 'layer', 'w'),
      step('atLayer', 'start', 'denominatorOfLogits'),
      step('denominatorOfLayer', 'picture', 'w'),
      step('form', 'w'),
      step('formOfForm', 'form', 'w'),
      step('relevance', 'atLayer', 'denominatorOfLayer', 'formOfForm'),
    ],
    initializers: new Map(),
    inputs: [valueInfo('picture', [1]), valueInfo('initial', [1])],
    outputs: [valueInfo('relevance', [1])],
  };
  expect(orderNodes(graph).map(({ outputs }) => outputs[0])).toEqual([
    'form',
    'formOfForm',
    'layer',
    'logits',
    'denominatorOfLogits',
    'denominatorOfLayer',
    'start',
    'atLayer',
    'relevance',
  ]);
});
