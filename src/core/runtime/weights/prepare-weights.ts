import { float32Initializer, loadFloat32, OpenFiles, valueInfo, type ModelContent } from '#core/onnx/index.ts';
import { Arena } from './arena.ts';
import { copyRowMajor } from './copy-view.ts';
import { foldOperators } from './fold-operators.ts';
import { integerInputs, planPreparation, type PreparationPlan } from './plan-preparation.ts';
import { countValues, rowMajorValues, viewOf, type StridedView } from './strided-view.ts';

/** Values with their dimensions, row-major. */
export interface PreparedWeight {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

export interface PreparedModel {
  /** What is left to the runtime. Small weights are part of it, large ones are inputs of it. */
  readonly main: ModelContent;
  /** The weights that are inputs, by name. */
  readonly weights: ReadonlyMap<string, PreparedWeight>;
}

/** Values. Below, a weight costs less as part of the model than as an input of every run. */
const smallestInput = 2 ** 14;
/** Enough for some steps of the largest weight that is prepared. */
const scratchBytes = 2 ** 28;

/**
 * Computes what a model computes from its stored weights alone: filters clamped, turned, laid out in blocks. ONNX Runtime would
 * do so while it opens the model, in many passes over memory, and keep every step until it has all
 * (docs/decisions/0003-sessions.md). Throws `model/unreadable` when a file of weights is gone.
 */
export async function prepareWeights(model: ModelContent): Promise<PreparedModel> {
  const plan = planPreparation(model);
  const files = new OpenFiles();
  try {
    return partModel(model, plan, await prepareAll({ model, plan, files }));
  } finally {
    await files.close();
  }
}

interface Preparing {
  readonly model: ModelContent;
  readonly plan: PreparationPlan;
  readonly files: OpenFiles;
}

/** One stored weight after the other; the next one is read while the results of one are computed. */
async function prepareAll(preparing: Preparing): Promise<ReadonlyMap<string, PreparedWeight>> {
  const { plan } = preparing;
  const [scratch, results] = [new Arena(scratchBytes), new Arena(plan.bytes)];
  const prepared = new Map<string, PreparedWeight>();
  const stores = [new Arena(scratchBytes), new Arena(scratchBytes)];
  const roots = [...plan.wantedByRoot.keys()];
  const read = (turn: number): Promise<StridedView | undefined> =>
    readRoot(roots[turn], preparing, stores[turn % stores.length] ?? scratch);
  let next = read(0);
  for (const [turn, root] of roots.entries()) {
    const values = await next;
    next = read(turn + 1);
    // What is wrong with it is said when its turn comes.
    next.catch(() => undefined);
    // What the results of one weight share is forgotten before the next one.
    scratch.reset();
    const wanted = new Set(plan.wantedByRoot.get(root));
    const known = new Map(values && [[root, values]]);
    for (const name of wanted) {
      prepared.set(name, keep(await evaluate(name, { ...preparing, scratch, results, wanted, known }), results));
    }
  }
  for (const arena of [scratch, ...stores]) arena.release();
  return prepared;
}

/** undefined behind the last one. */
async function readRoot(
  name: string | undefined,
  { model, files }: Preparing,
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
interface Preparation extends Preparing {
  readonly scratch: Arena;
  readonly results: Arena;
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
  const weights: StridedView[] = [];
  for (const input of node.inputs) {
    if (isWeight(input, preparation)) weights.push(await evaluate(input, preparation));
  }
  const [first] = weights;
  if (!first) throw new Error(`${name} comes from no weight`);
  const take = (arena: Arena) => (count: number) => arena.take(count);
  const room = { result: take(wanted.has(name) ? results : scratch), scratch: take(scratch) };
  return operator.fold({ node, weights, integers: integerInputs(node, initializers), first, room });
}

function isWeight(name: string, { model, plan }: Preparation): boolean {
  return plan.nodes.has(name) || model.graph.initializers.get(name)?.dataType === 'float32';
}

function partModel(
  model: ModelContent,
  plan: PreparationPlan,
  prepared: ReadonlyMap<string, PreparedWeight>,
): PreparedModel {
  const { graph } = model;
  const nodes = graph.nodes.filter((node) => !plan.nodes.has(node.outputs[0] ?? ''));
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const weights = new Map([...prepared].filter(([, { values }]) => values.length >= smallestInput));
  const small = [...prepared].filter(([name]) => !weights.has(name));
  const initializers = new Map([
    ...[...graph.initializers].filter(([name]) => used.has(name)),
    ...small.map(([name, { values, dims }]) => [name, float32Initializer(name, dims, values)] as const),
  ]);
  const inputs = [...graph.inputs, ...[...weights].map(([name, { dims }]) => valueInfo(name, dims))];
  return { main: { ...model, graph: { ...graph, nodes, initializers, inputs } }, weights };
}
