import type { Graph, Node } from '#core/onnx/index.ts';

/**
 * Puts the nodes that need no input of the graph (forms of filters) first, those that need only the first one (the picture) next, and
 * those that need another one too (the relevance pass) last. ONNX Runtime walks from the outputs back and, of a node's inputs,
 * computes the one listed last in the file first. A denominator listed after the relevance it divides would be computed before the
 * whole pass, and all of them kept for long: 70 MB for ResNet50. A filter's form listed first is made right before its
 * convolution. Source: Graph::ReverseDFSFrom in ONNX Runtime's graph.cc.
 */
export function orderNodes({ nodes, inputs }: Graph): readonly Node[] {
  const names = inputs.map(({ name }) => name);
  const fed = findDependents(nodes, names);
  const late = findDependents(nodes, names.slice(1));
  const rank = (node: Node): number => Number(fed.has(node)) + Number(late.has(node));
  return [0, 1, 2].flatMap((wanted) => nodes.filter((node) => rank(node) === wanted));
}

/** The nodes that need one of these values, or what comes of them. */
function findDependents(nodes: readonly Node[], values: readonly string[]): ReadonlySet<Node> {
  const known = new Set(values);
  const found = nodes.filter((node) => {
    const depends = node.inputs.some((input) => known.has(input));
    if (depends) node.outputs.forEach((output) => known.add(output));
    return depends;
  });
  return new Set(found);
}
