import { readFloat32, type Node, type OpenFiles } from '#core/onnx/index.ts';
import { Arena } from './arena.ts';
import type { Batch } from './batches.ts';
import { copyRowMajor } from './copy-view.ts';
import { foldOperators } from './fold-operators.ts';
import { integerInputs, type PreparationSteps } from './plan-preparation.ts';
import { countValues, rowMajorValues, viewOf, type StridedView } from './strided-view.ts';

/** Values with their dimensions, row-major. */
export interface PreparedWeight {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

export type PreparedWeights = ReadonlyMap<string, PreparedWeight>;

/** What computing takes besides the batch itself. */
interface Setting extends PreparationSteps {
  readonly files: OpenFiles;
  readonly scratch: Arena;
}

/** Room for steps of a weight, in sizes of the largest one: the weight, and copies that several of its results share. */
const scratchSizes = 5;

/** Room for the steps of any of these batches. */
export function createScratch({ dims }: PreparationSteps, batches: readonly Batch[]): Arena {
  const roots = batches.flatMap(({ wantedByRoot }) => [...wantedByRoot.keys()]);
  const largest = Math.max(0, ...roots.map((root) => countValues(dims.get(root) ?? [])));
  return new Arena(scratchSizes * largest * Float32Array.BYTES_PER_ELEMENT);
}

/** The results of a batch, by name. Throws `model/unreadable` when a file of weights is gone. */
export function computeBatch({ wantedByRoot, room }: Batch, setting: Setting): PreparedWeights {
  const prepared = new Map<string, PreparedWeight>();
  for (const names of wantedByRoot.values()) {
    // What the results of one weight share is forgotten before the next one.
    setting.scratch.reset();
    const preparation = { ...setting, results: room, wanted: new Set(names), known: new Map<string, StridedView>() };
    for (const name of names) prepared.set(name, keep(evaluate(name, preparation), room));
  }
  return prepared;
}

/** A result that is a view of what will be overwritten is copied. */
function keep(view: StridedView, results: Arena): PreparedWeight {
  const there = results.owns(view.values) ? rowMajorValues(view) : undefined;
  return { values: there ?? copyRowMajor(view, (count) => results.take(count)).values, dims: view.dims };
}

/** The results of one stored weight while they are computed. */
interface Preparation extends Setting {
  /** Room for results that are wanted. */
  readonly results: Arena;
  readonly wanted: ReadonlySet<string>;
  readonly known: Map<string, StridedView>;
}

function evaluate(name: string, preparation: Preparation): StridedView {
  const known = preparation.known.get(name);
  if (known) return known;
  const view = compute(name, preparation);
  preparation.known.set(name, view);
  return view;
}

function compute(name: string, preparation: Preparation): StridedView {
  const { nodes, initializers, files, scratch, results, wanted } = preparation;
  const take = (arena: Arena) => (count: number) => arena.take(count);
  const stored = initializers.get(name);
  if (stored) return viewOf(readFloat32(stored, { files, take: take(scratch) }), stored.dims);
  const node = nodes.get(name);
  const operator = node && foldOperators[node.operator];
  if (!operator) throw new Error(`${name} is no weight`);
  const room = { result: take(wanted.has(name) ? results : scratch), scratch: take(scratch) };
  const reshape = reshapeBefore(node, preparation);
  const inputs = (reshape ?? node).inputs.filter((input) => isWeight(input, preparation));
  const weights = inputs.map((input) => evaluate(input, preparation));
  const [first] = weights;
  if (!first) throw new Error(`${name} comes from no weight`);
  const result = operator.fold({ node, weights, integers: integerInputs(node, initializers), first, room });
  return reshape ? viewOf(result.values, integerInputs(reshape, initializers)[0] ?? []) : result;
}

/**
 * The Reshape before a clamp, if nothing else takes its result. A filter in blocks is reshaped last, which no view can express;
 * clamped before that, it is copied once.
 */
function reshapeBefore(node: Node, { nodes, wanted, known }: Preparation): Node | undefined {
  const [input = ''] = node.inputs;
  const before = nodes.get(input);
  const isAlone = node.operator === 'Relu' && before?.operator === 'Reshape' && !wanted.has(input) && !known.has(input);
  return isAlone ? before : undefined;
}

function isWeight(name: string, { nodes, initializers }: Preparation): boolean {
  return nodes.has(name) || initializers.get(name)?.dataType === 'float32';
}
