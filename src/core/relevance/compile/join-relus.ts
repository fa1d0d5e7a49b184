import { node as onnxNode, type Node } from '#core/onnx/index.ts';

const blocked = 'com.microsoft.nchwc';

/** A ReLU that alone takes a blocked convolution's result is computed in one step with it: one pass over memory less. */
export function joinRelus(nodes: readonly Node[], outputs: ReadonlySet<string>): readonly Node[] {
  const uses = new Map<string, number>();
  for (const name of nodes.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const relus = new Map(
    nodes
      .filter(({ operator, domain, inputs: [input = ''] }) => {
        return operator === 'Relu' && domain === '' && uses.get(input) === 1 && !outputs.has(input);
      })
      .map((relu) => [relu.inputs[0] ?? '', relu]),
  );
  const joined = new Set<Node>();
  const whole = nodes.map((node) => {
    const relu = relus.get(node.outputs[0] ?? '');
    if (!relu || node.operator !== 'Conv' || node.domain !== blocked || node.attributes.has('activation')) return node;
    joined.add(relu);
    const { attributes } = onnxNode('', { inputs: [], outputs: [] }, { activation: 'Relu' });
    return { ...node, outputs: relu.outputs, attributes: new Map([...node.attributes, ...attributes]) };
  });
  return whole.filter((node) => !joined.has(node));
}
