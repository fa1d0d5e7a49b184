import { float32Initializer, OpenFiles, valueInfo, type ModelContent } from '#core/onnx/index.ts';
import { Arena } from './arena.ts';
import { computeWeights, type PreparedWeight } from './compute-weights.ts';
import { planPreparation, type PreparationLimits, type PreparationPlan } from './plan-preparation.ts';
import { countValues } from './strided-view.ts';
import { touchAhead } from './touch-ahead.ts';

export interface PreparedModel {
  /** What is left to the runtime. Small weights are part of it, large ones are inputs of it. */
  readonly main: ModelContent;
  /** The weights that are inputs, by name. Throws `model/unreadable` when a file of weights is gone. */
  readonly weights: () => Promise<ReadonlyMap<string, PreparedWeight>>;
}

/** Values. Below, a weight costs less as part of the model than as an input of every run. */
const smallestInput = 2 ** 14;

/**
 * Computes what a model computes from its stored weights alone: filters clamped, turned, laid out in blocks. ONNX Runtime would
 * do so while it opens the model, in many passes over memory, and keep every step until it has all
 * (docs/decisions/0003-sessions.md). The model is there before its large weights are: while it is opened, memory for them is
 * asked for. Throws `model/unreadable` when a file of weights is gone.
 */
export async function prepareWeights(model: ModelContent, limits?: PreparationLimits): Promise<PreparedModel> {
  const plan = planPreparation(model, limits);
  const small = pick(plan, (count) => count < smallestInput);
  const large = pick(plan, (count) => count >= smallestInput);
  const results = new Arena(large.bytes);
  const touched = touchAhead(results.bytes);
  const main = partModel({ model, plan, large, small: await compute({ model, plan, part: small }) });
  const weights = async (): Promise<ReadonlyMap<string, PreparedWeight>> => {
    await touched;
    return compute({ model, plan, part: large, results });
  };
  return { main, weights };
}

async function compute(request: {
  readonly model: ModelContent;
  readonly plan: PreparationPlan;
  readonly part: Part;
  readonly results?: Arena;
}): Promise<ReadonlyMap<string, PreparedWeight>> {
  const { part, results = new Arena(part.bytes) } = request;
  const files = new OpenFiles();
  try {
    return await computeWeights({ ...request, wantedByRoot: part.wantedByRoot, results, files });
  } finally {
    await files.close();
  }
}

/** Some of a plan's results. */
interface Part {
  readonly names: readonly string[];
  readonly wantedByRoot: ReadonlyMap<string, readonly string[]>;
  readonly bytes: number;
}

function pick({ wantedByRoot, dimsOf }: PreparationPlan, isPart: (count: number) => boolean): Part {
  const sizeOf = (name: string): number => countValues(dimsOf(name));
  const parts = [...wantedByRoot].map(([root, names]) => [root, names.filter((name) => isPart(sizeOf(name)))] as const);
  const wanted = parts.filter(([, names]) => names.length > 0);
  const names = wanted.flatMap(([, some]) => some);
  const values = names.reduce((sum, name) => sum + sizeOf(name), 0);
  return { names, wantedByRoot: new Map(wanted), bytes: values * Float32Array.BYTES_PER_ELEMENT };
}

function partModel({ model, plan, large, small }: PartRequest): ModelContent {
  const { graph, nodes: prepared, dimsOf } = plan;
  const nodes = graph.nodes.filter((node) => !prepared.has(node.outputs[0] ?? ''));
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const initializers = new Map([
    ...[...graph.initializers].filter(([name]) => used.has(name)),
    ...[...small].map(([name, { values, dims }]) => [name, float32Initializer(name, dims, values)] as const),
  ]);
  const inputs = [...graph.inputs, ...large.names.map((name) => valueInfo(name, dimsOf(name)))];
  return { ...model, graph: { ...graph, nodes, initializers, inputs } };
}

interface PartRequest {
  readonly model: ModelContent;
  readonly plan: PreparationPlan;
  readonly large: Part;
  readonly small: ReadonlyMap<string, PreparedWeight>;
}
