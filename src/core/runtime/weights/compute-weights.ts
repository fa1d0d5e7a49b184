import { loadFloat32, type ModelContent, type Node, type OpenFiles } from '#core/onnx/index.ts';
import { Arena } from './arena.ts';
import { copyRowMajor } from './copy-view.ts';
import { foldOperators } from './fold-operators.ts';
import { integerInputs, type PreparationPlan } from './plan-preparation.ts';
import { countValues, rowMajorValues, viewOf, type StridedView } from './strided-view.ts';

/** Values with their dimensions, row-major. */
export interface PreparedWeight {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

/** Room for steps of a weight, in sizes of the largest one: copies that several of its results share. */
const scratchSizes = 4;

export interface ComputeRequest {
  readonly model: ModelContent;
  readonly plan: PreparationPlan;
  /** The names of the results that are wanted, by the stored weight that each comes from. */
  readonly wantedByRoot: ReadonlyMap<string, readonly string[]>;
  readonly files: OpenFiles;
  /** Room for the results. */
  readonly results: Arena;
}

/**
 * Results of a plan: one stored weight after the other; the next one is read while the results of one are computed.
 * Throws `model/unreadable` when a file of weights is gone.
 */
export async function computeWeights(request: ComputeRequest): Promise<ReadonlyMap<string, PreparedWeight>> {
  const { plan, wantedByRoot, results } = request;
  const largest = Math.max(0, ...[...wantedByRoot.keys()].map((root) => bytesOf(plan.dimsOf(root))));
  const scratch = new Arena(scratchSizes * largest);
  const prepared = new Map<string, PreparedWeight>();
  const stores = [new Arena(largest), new Arena(largest)];
  const roots = [...wantedByRoot.keys()];
  const read = (turn: number): Promise<StridedView | undefined> =>
    readRoot(roots[turn], request, stores[turn % stores.length] ?? scratch);
  let next = read(0);
  for (const [turn, root] of roots.entries()) {
    const values = await next;
    next = read(turn + 1);
    // What is wrong with it is said when its turn comes.
    next.catch(() => undefined);
    // What the results of one weight share is forgotten before the next one.
    scratch.reset();
    const wanted = new Set(wantedByRoot.get(root));
    const known = new Map(values && [[root, values]]);
    for (const name of wanted) {
      prepared.set(name, keep(await evaluate(name, { ...request, scratch, wanted, known }), results));
    }
  }
  for (const arena of [scratch, ...stores]) arena.release();
  return prepared;
}

function bytesOf(dims: readonly number[]): number {
  return countValues(dims) * Float32Array.BYTES_PER_ELEMENT;
}

/** undefined behind the last one. */
async function readRoot(
  name: string | undefined,
  { model, files }: ComputeRequest,
  store: Arena,
): Promise<StridedView | undefined> {
  const stored = name === undefined ? undefined : model.graph.initializers.get(name);
  if (!stored) return undefined;
  store.reset();
  return viewOf(await loadFloat32(stored, { target: store.take(countValues(stored.dims)), files }), stored.dims);
}

/** A result that is a view of what will be overwritten is copied. */
function keep(view: StridedView, results: Arena): PreparedWeight {
  const there = results.owns(view.values) ? rowMajorValues(view) : undefined;
  return { values: there ?? copyRowMajor(view, (count) => results.take(count)).values, dims: view.dims };
}

/** The results of one stored weight while they are computed. */
interface Preparation extends ComputeRequest {
  readonly scratch: Arena;
  readonly wanted: ReadonlySet<string>;
  readonly known: Map<string, StridedView>;
}

async function evaluate(name: string, preparation: Preparation): Promise<StridedView> {
  const known = preparation.known.get(name);
  if (known) return known;
  const view = await compute(name, preparation);
  preparation.known.set(name, view);
  return view;
}

async function compute(name: string, preparation: Preparation): Promise<StridedView> {
  const { model, plan, files, scratch, results, wanted } = preparation;
  const { initializers } = model.graph;
  const stored = initializers.get(name);
  if (stored) {
    const target = scratch.take(countValues(stored.dims));
    return viewOf(await loadFloat32(stored, { target, files }), stored.dims);
  }
  const node = plan.nodes.get(name);
  const operator = node && foldOperators[node.operator];
  if (!operator) throw new Error(`${name} is no weight`);
  const take = (arena: Arena) => (count: number) => arena.take(count);
  const room = { result: take(wanted.has(name) ? results : scratch), scratch: take(scratch) };
  const reshape = reshapeBefore(node, preparation);
  const weights: StridedView[] = [];
  for (const input of (reshape ?? node).inputs) {
    if (isWeight(input, preparation)) weights.push(await evaluate(input, preparation));
  }
  const [first] = weights;
  if (!first) throw new Error(`${name} comes from no weight`);
  const result = operator.fold({ node, weights, integers: integerInputs(node, initializers), first, room });
  return reshape ? viewOf(result.values, integerInputs(reshape, initializers)[0] ?? []) : result;
}

/**
 * The Reshape before a clamp, if nothing else takes its result. A filter in blocks is reshaped last, which no view can express;
 * clamped before that, it is copied once.
 */
function reshapeBefore(node: Node, { plan, wanted, known }: Preparation): Node | undefined {
  const [input = ''] = node.inputs;
  const before = plan.nodes.get(input);
  const isAlone = node.operator === 'Relu' && before?.operator === 'Reshape' && !wanted.has(input) && !known.has(input);
  return isAlone ? before : undefined;
}

function isWeight(name: string, { model, plan }: Preparation): boolean {
  return plan.nodes.has(name) || model.graph.initializers.get(name)?.dataType === 'float32';
}
