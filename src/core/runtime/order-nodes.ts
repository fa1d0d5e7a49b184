import type { Graph, Node } from '#core/onnx/index.ts';

/**
 * Moves the nodes that need only the graph's first input (the picture) before those that need another one too (the relevance
 * pass). ONNX Runtime walks from the outputs back and, of a node's inputs, computes the one listed last in the file first. A
 * denominator listed after the relevance it divides would be computed before the whole pass, and all of them kept for long:
 * 70 MB for ResNet50. Source: Graph::ReverseDFSFrom in ONNX Runtime's graph.cc.
 */
export function orderNodes({ nodes, inputs }: Graph): readonly Node[] {
  const late = new Set(inputs.slice(1).map(({ name }) => name));
  const isLate = nodes.map((node) => {
    if (!node.inputs.some((input) => late.has(input))) return false;
    node.outputs.forEach((output) => late.add(output));
    return true;
  });
  return [...nodes.filter((_, index) => !isLate[index]), ...nodes.filter((_, index) => isLate[index])];
}
