import { type Graph, type Initializer, type Node } from '#core/onnx/index.ts';
import { countValues } from './strided-view.ts';

/** What can be computed from stored weights alone. */
export interface Foldable {
  /** The nodes that do it, by the name of their result. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** Dimensions of each stored weight and each result. */
  readonly dimsOf: (name: string) => readonly number[];
  /** The results that the rest of the model takes. */
  readonly wanted: readonly string[];
}

const elementwise: ReadonlySet<string> = new Set(['Relu', 'Sub', 'Add', 'Mul', 'Min']);

/** In values. */
export interface PreparationLimits {
  /** Up to this many, all forms of all filters are kept. */
  readonly mostKept: number;
  /** Filters of fewer are prepared in all their forms. */
  readonly smallestFilter: number;
}

/**
 * Up to 192 MB every form is kept, since computing one in each run costs VGG16 4 % of its time; beyond, memory and the time to
 * load count for more. Filters below 256 KB are together a hundredth of a network.
 */
const usualLimits: PreparationLimits = { mostKept: 3 * 2 ** 24, smallestFilter: 2 ** 16 };

/**
 * The results to be computed in every run: elementwise forms of a large filter, where two or more are wanted of the same
 * layout. Memory then holds the layout once, and what a run makes of it is still in the processor's cache when the
 * convolution reads it (docs/decisions/0003-sessions.md).
 */
export function findRunForms(foldable: Foldable, limits = usualLimits): ReadonlySet<string> {
  const { nodes, wanted, dimsOf } = foldable;
  const forms = [...Map.groupBy(wanted, (name) => layoutOf(name, { ...foldable, ...limits }))];
  // A weight that is taken as it is stored stays in its file; a form of it would be a first copy.
  const ofStored = forms.filter(([layout]) => !nodes.has(layout));
  const ofLayouts = forms.filter(([layout, names]) => nodes.has(layout) && names.length >= 2);
  const found = new Set<string>();
  const leave = (name: string, layout: string): void => {
    if (name === layout || found.has(name) || !nodes.has(name)) return;
    found.add(name);
    for (const input of nodes.get(name)?.inputs ?? []) leave(input, layout);
  };
  for (const group of [ofStored, ofLayouts]) {
    const kept = wanted.filter((name) => !found.has(name)).reduce((sum, name) => sum + countValues(dimsOf(name)), 0);
    if (kept <= limits.mostKept) break;
    for (const [layout, names] of group) for (const name of names) leave(name, layout);
  }
  return found;
}

/** What a form is an elementwise change of: itself where it is none. */
function layoutOf(name: string, foldable: Foldable & PreparationLimits): string {
  const node = foldable.nodes.get(name);
  if (!node || !elementwise.has(node.operator) || countValues(foldable.dimsOf(name)) < foldable.smallestFilter)
    return name;
  const [first = '', ...others] = node.inputs;
  const layout = layoutOf(first, foldable);
  const isChange = others.every((other) => isScalar(other, foldable) || layoutOf(other, foldable) === layout);
  return isChange ? layout : name;
}

function isScalar(name: string, { dimsOf }: Foldable): boolean {
  return countValues(dimsOf(name)) === 1;
}

/**
 * Gives the scalars that these nodes take as many axes as their filter has. ONNX Runtime walks a filter of 1×1 taps value by
 * value otherwise, fifteen times as slow.
 */
export function alignScalars(graph: Graph, names: ReadonlySet<string>, dimsOf: Foldable['dimsOf']): Graph {
  const initializers = new Map(graph.initializers);
  const align = (name: string, axes: number): string => {
    const scalar = graph.initializers.get(name);
    if (!scalar || countValues(scalar.dims) !== 1 || scalar.dims.length === axes) return name;
    const aligned: Initializer = {
      ...scalar,
      name: `${name}:${String(axes)}`,
      dims: Array.from({ length: axes }, () => 1),
    };
    initializers.set(aligned.name, aligned);
    return aligned.name;
  };
  const nodes = graph.nodes.map((node) => {
    const [output = ''] = node.outputs;
    if (!names.has(output)) return node;
    return { ...node, inputs: node.inputs.map((input) => align(input, dimsOf(output).length)) };
  });
  return { ...graph, nodes, initializers };
}
