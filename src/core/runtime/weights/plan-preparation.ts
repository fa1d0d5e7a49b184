import { integersOf, type Initializer, type ModelContent, type Node } from '#core/onnx/index.ts';
import { foldOperators } from './fold-operators.ts';
import { alignScalars, findRunForms, type PreparationLimits } from './run-forms.ts';

export type { PreparationLimits } from './run-forms.ts';

type Dims = readonly number[];
type Graph = ModelContent['graph'];

/** How results come from stored weights: plain values, which can be sent to another thread. */
export interface PreparationSteps {
  /** The nodes that compute them, by the name of their result. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly initializers: ReadonlyMap<string, Initializer>;
  /** Dimensions of each stored weight and each result. */
  readonly dims: ReadonlyMap<string, Dims>;
}

/** What of a model can be computed from its stored weights alone. */
export interface PreparationPlan {
  /** The model's graph, as the nodes that are left to its runs want it. */
  readonly graph: Graph;
  readonly steps: PreparationSteps;
  /** The results that the rest of the model takes, by the largest stored weight that each comes from. */
  readonly wantedByRoot: ReadonlyMap<string, readonly string[]>;
}

/** Bytes. Weights beyond stay in their file, where ONNX Runtime maps them: changed copies would take too much memory. */
const largestWeight = 2 ** 26;

/** A constant of the plan: a stored weight, or what is computed from some. */
interface Constant {
  readonly dims: Dims;
  /** The largest stored weight it comes from. */
  readonly root: Initializer;
}

export function planPreparation({ graph }: ModelContent, limits?: PreparationLimits): PreparationPlan {
  const constants = new Map<string, Constant>();
  for (const [name, initializer] of graph.initializers) {
    if (isWeight(initializer)) constants.set(name, { dims: initializer.dims, root: initializer });
  }
  const foldable = findFoldable(graph, constants);
  const dimsOf = (name: string): Dims => constants.get(name)?.dims ?? [];
  const runForms = findRunForms({ nodes: foldable, dimsOf, wanted: findWanted(graph, foldable) }, limits);
  const nodes = new Map([...foldable].filter(([name]) => !runForms.has(name)));
  const wanted = findWanted(graph, nodes);
  return {
    graph: alignScalars(graph, runForms, dimsOf),
    steps: {
      nodes,
      initializers: graph.initializers,
      dims: new Map(Array.from(constants, ([name, { dims }]) => [name, dims])),
    },
    wantedByRoot: Map.groupBy(wanted, (name) => constants.get(name)?.root.name ?? ''),
  };
}

/** The nodes whose inputs are all constants, by their results, which become constants too. */
function findFoldable(graph: Graph, constants: Map<string, Constant>): ReadonlyMap<string, Node> {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const nodes = new Map<string, Node>();
  for (const node of graph.nodes) {
    const [output = '', ...more] = node.outputs;
    const constant = more.length > 0 || outputs.has(output) ? undefined : foldedConstant(node, { graph, constants });
    if (!constant) continue;
    constants.set(output, constant);
    nodes.set(output, node);
  }
  return nodes;
}

/** The results among these nodes' that others take. */
function findWanted(graph: Graph, nodes: ReadonlyMap<string, Node>): readonly string[] {
  const used = new Set(graph.nodes.filter((node) => !nodes.has(node.outputs[0] ?? '')).flatMap(({ inputs }) => inputs));
  return [...nodes.keys()].filter((name) => used.has(name));
}

/** The integers of a node's inputs that are lists of them: shapes, bounds. */
export function integerInputs(node: Node, initializers: ReadonlyMap<string, Initializer>): readonly Dims[] {
  return node.inputs.flatMap((name) => {
    const initializer = initializers.get(name);
    return initializer && isIntegerList(initializer) ? [integersOf(initializer)] : [];
  });
}

function foldedConstant(
  node: Node,
  { graph, constants }: { graph: Graph; constants: ReadonlyMap<string, Constant> },
): Constant | undefined {
  const operator = node.domain === '' ? foldOperators[node.operator] : undefined;
  const weights = node.inputs.flatMap((name) => constants.get(name) ?? []);
  const integers = integerInputs(node, graph.initializers);
  const [first] = weights;
  if (!operator || !first || weights.length + integers.length !== node.inputs.length) return undefined;
  const dims = operator.dims({ node, weights: weights.map((weight) => weight.dims), integers, first: first.dims });
  const root = weights.map((weight) => weight.root).reduce((a, b) => (byteLength(b) > byteLength(a) ? b : a));
  return dims && { dims, root };
}

function isWeight(initializer: Initializer): boolean {
  return initializer.dataType === 'float32' && byteLength(initializer) <= largestWeight;
}

function isIntegerList({ dataType, data }: Initializer): boolean {
  return dataType === 'int64' && data.kind === 'memory';
}

function byteLength({ data }: Initializer): number {
  return data.kind === 'file' ? data.length : data.bytes.length;
}
