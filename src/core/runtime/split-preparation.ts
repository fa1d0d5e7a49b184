import type { Initializer, ModelContent, Node, ValueInfo } from '#core/onnx/index.ts';

export interface SplitModel {
  /** The model without what the preparations compute; it lacks their outputs as inputs. */
  readonly main: ModelContent;
  /** Models without inputs, one for each set of weights that belong together. */
  readonly preparations: readonly ModelContent[];
}

/** Bytes. Below, a preparation costs more than it saves; above, it would be the copy of its result that costs. */
const smallestWeight = 2 ** 16;
const largestWeight = 2 ** 26;

/**
 * Parts what a model computes from its stored weights alone from what it computes from its inputs. ONNX Runtime would compute
 * the former while it opens the model, and keep every step until it has all (docs/decisions/0003-sessions.md).
 */
export function splitPreparation(model: ModelContent): SplitModel {
  const groups = groupPreparations(model);
  const prepared = new Set(groups.flat());
  const rest = model.graph.nodes.filter((node) => !prepared.has(node));
  const wanted = new Set(rest.flatMap((node) => node.inputs));
  const { inputs, outputs } = model.graph;
  const preparations = groups.map((nodes) => {
    const results = nodes.flatMap((node) => node.outputs).filter((name) => wanted.has(name));
    return partOf(model, { nodes, inputs: [], outputs: results.map(floatValue) });
  });
  return { main: partOf(model, { nodes: rest, inputs, outputs }), preparations };
}

/** The nodes that prepare weights, in their order, those that share weights together. */
function groupPreparations({ graph }: ModelContent): readonly (readonly Node[])[] {
  const groupOf = new Map<string, Node[]>();
  for (const [name, initializer] of graph.initializers) {
    if (isWorthwhile(initializer)) groupOf.set(name, []);
  }
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((name) => name !== '');
    const groups = new Set(inputs.flatMap((name) => [groupOf.get(name) ?? []]));
    const isConstant = inputs.every((name) => groupOf.has(name) || graph.initializers.has(name));
    if (!isConstant || !inputs.some((name) => groupOf.has(name))) continue;
    const joined = [...[...groups].flat(), node];
    for (const [name, group] of groupOf) if (groups.has(group)) groupOf.set(name, joined);
    for (const name of node.outputs) groupOf.set(name, joined);
  }
  return [...new Set(groupOf.values())].filter((nodes) => nodes.length > 0);
}

function isWorthwhile({ data, dataType }: Initializer): boolean {
  const length = data.kind === 'file' ? data.length : data.bytes.length;
  return dataType === 'float32' && length >= smallestWeight && length <= largestWeight;
}

interface Part {
  readonly nodes: readonly Node[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/** A model of some of the nodes, with the initializers they use. */
function partOf(model: ModelContent, part: Part): ModelContent {
  const used = new Set(part.nodes.flatMap((node) => node.inputs));
  const initializers = [...model.graph.initializers].filter(([name]) => used.has(name));
  return { ...model, graph: { ...model.graph, ...part, initializers: new Map(initializers) } };
}

function floatValue(name: string): ValueInfo {
  return { name, dataType: 'float32', shape: undefined };
}
