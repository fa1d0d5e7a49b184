import { float32Initializer, OpenFiles, valueInfo, type ModelContent } from '#core/onnx/index.ts';
import { partResults, type Batch } from './batches.ts';
import { computeBatch, createScratch, type PreparedWeight, type PreparedWeights } from './compute-weights.ts';
import { planPreparation, type PreparationLimits, type PreparationPlan } from './plan-preparation.ts';
import { touchAhead } from './touch-ahead.ts';

export interface PreparedModel {
  /** What is left to the runtime. Small weights are part of it, large ones are inputs of it. */
  readonly main: ModelContent;
  /** The weights that are inputs, by name. Throws `model/unreadable` when a file of weights is gone. */
  readonly weights: () => Promise<PreparedWeights>;
}

/** Values. Below, a weight costs less as part of the model than as an input of every run. */
const smallestInput = 2 ** 14;

/**
 * Computes what a model computes from its stored weights alone: filters clamped, turned, laid out in blocks. ONNX Runtime would
 * do so while it opens the model, in many passes over memory, and keep every step until it has all
 * (docs/decisions/0003-sessions.md). The model is there before its large weights are: while it is opened, memory for them is
 * asked for. Throws `model/unreadable` when a file of weights is gone.
 */
export function prepareWeights(model: ModelContent, limits?: PreparationLimits): PreparedModel {
  const plan = planPreparation(model, limits);
  const large = partResults(plan, (count) => count >= smallestInput);
  const turns = touchAhead(large.map(({ room }) => room.bytes));
  const small = partResults(plan, (count) => count < smallestInput);
  const main = partModel(model, { plan, large, small: computeSmall(plan, small) });
  return { main, weights: () => computeLarge(plan, large, turns) };
}

/** Gives their memory back without waiting for the garbage collector. */
export function releaseWeights(weights: PreparedWeights): void {
  const buffers = new Set(Array.from(weights.values(), ({ values }) => values.buffer));
  for (const buffer of buffers) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function computeSmall({ steps }: PreparationPlan, batches: readonly Batch[]): PreparedWeights {
  const files = new OpenFiles();
  try {
    const setting = { ...steps, files, scratch: createScratch(steps, batches) };
    return new Map(batches.flatMap((batch) => [...computeBatch(batch, setting)]));
  } finally {
    files.close();
  }
}

/** One batch after the other, in the order of the turns. */
async function computeLarge(
  { steps }: PreparationPlan,
  batches: readonly Batch[],
  turns: AsyncIterable<number>,
): Promise<PreparedWeights> {
  const files = new OpenFiles();
  const scratch = createScratch(steps, batches);
  const weights: (readonly [string, PreparedWeight])[] = [];
  try {
    for await (const turn of turns) {
      const batch = batches[turn];
      if (batch) weights.push(...computeBatch(batch, { ...steps, files, scratch }));
    }
    return new Map(weights);
  } finally {
    scratch.release();
    files.close();
  }
}

interface Parts {
  readonly plan: PreparationPlan;
  readonly large: readonly Batch[];
  readonly small: PreparedWeights;
}

function partModel(model: ModelContent, { plan, large, small }: Parts): ModelContent {
  const { graph, steps } = plan;
  const nodes = graph.nodes.filter((node) => !steps.nodes.has(node.outputs[0] ?? ''));
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const initializers = new Map([
    ...[...graph.initializers].filter(([name]) => used.has(name)),
    ...[...small].map(([name, { values, dims }]) => [name, float32Initializer(name, dims, values)] as const),
  ]);
  const names = large.flatMap(({ wantedByRoot }) => [...wantedByRoot.values()].flat());
  const inputs = [...graph.inputs, ...names.map((name) => valueInfo(name, steps.dims.get(name) ?? []))];
  return { ...model, graph: { ...graph, nodes, initializers, inputs } };
}
