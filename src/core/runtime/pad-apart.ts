import { int64Initializer, node as createNode, type Graph, type Initializer, type Node } from '#core/onnx/index.ts';

/**
 * Gives convolutions that pad only behind (bottom, right) a step of their own for it. ONNX Runtime 1.30's WebGPU provider takes
 * a convolution whose kernel covers its input for a matrix product if nothing is padded in front, and forgets what is padded
 * behind: a 2×2 kernel on 2×2 values with pads [0, 0, 1, 1] came out with three of four values zero.
 */
export function padApart(graph: Graph): Graph {
  const added: Initializer[] = [];
  const nodes = graph.nodes.flatMap((node) => {
    const pads = findPadsBehind(node);
    if (!pads) return [node];
    const [input = '', ...weights] = node.inputs;
    const padded = `${input} padded for ${node.outputs[0] ?? ''}`;
    const amounts = int64Initializer(`${padded}, by`, [8], [0, 0, 0, 0, 0, 0, ...pads]);
    added.push(amounts);
    const attributes = new Map([...node.attributes, ['pads', { kind: 'ints', value: [0, 0, 0, 0] }] as const]);
    return [
      createNode('Pad', { inputs: [input, amounts.name], outputs: [padded] }),
      { ...node, inputs: [padded, ...weights], attributes },
    ];
  });
  const initializers = new Map([...graph.initializers, ...added.map((amounts) => [amounts.name, amounts] as const)]);
  return { ...graph, nodes, initializers };
}

/** [bottom, right] of a two-dimensional convolution that pads there and nowhere else. */
function findPadsBehind({ operator, domain, attributes }: Node): readonly [number, number] | undefined {
  const pads = attributes.get('pads');
  if (operator !== 'Conv' || domain !== '' || pads?.kind !== 'ints') return undefined;
  const [top, left, bottom, right] = pads.value;
  if (top !== 0 || left !== 0 || bottom === undefined || right === undefined) return undefined;
  return bottom + right > 0 ? [bottom, right] : undefined;
}
