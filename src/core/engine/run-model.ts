/** One batch through an open model: inputs laid out as the compiled graph wants them, results checked and named. */
import { LightboxError } from '#shared/errors.ts';
import type { Session, Tensor } from '#core/runtime/index.ts';
import type { AttributeCall } from './calls.ts';
import { feedStarts, layOutConditions } from './condition-rows.ts';
import { requireFinite } from './finite.ts';
import type { OpenModel } from './open-models.ts';
import { poolRegions } from './pool-regions.ts';
import { getFloats, readConcepts, readTaps, type Tensors } from './read-outputs.ts';
import type { Attribution, InitialRelevance, Prediction } from './requests.ts';

/** images: [pictures, channels, height, width]. Throws `model/not-finite` when anything but numbers comes out. */
export async function predict(model: OpenModel, images: Float32Array): Promise<Prediction> {
  const { outputs, milliseconds } = await timeRun(model.session, imageFeed(model, images));
  const logits = getFloats(outputs, model.graph.outputs.logits);
  await requireFinite(model, { images, results: [logits] });
  return { logits, ...readLayers(model, outputs), milliseconds };
}

function readLayers({ graph }: OpenModel, outputs: Tensors): Pick<Prediction, 'taps' | 'concepts'> {
  return { taps: readTaps(graph, outputs), concepts: readConcepts(graph, outputs) };
}

/** Throws as `predict`. */
export async function attribute(model: OpenModel, call: AttributeCall): Promise<Attribution> {
  const feeds = {
    ...imageFeed(model, call.images),
    ...relevanceFeeds(model, call),
    ...regionFeeds(model, call.regions),
    ...feedStarts(model.graph.inputs.starts, layOutConditions(model.graph.inputs.starts, [])),
  };
  const { outputs, milliseconds } = await timeRun(model.session, feeds);
  const logits = getFloats(outputs, model.graph.outputs.logits);
  const relevance = getFloats(outputs, relevanceName(model));
  await requireFinite(model, { images: call.images, results: [logits, relevance] });
  const targets = resolveTargets(model, call.targets, logits);
  return { logits, relevance, targets, ...readLayers(model, outputs), milliseconds };
}

/** The graph's output of relevance at the picture. */
export function relevanceName({ graph }: OpenModel): string {
  const { relevance } = graph.outputs;
  if (relevance !== undefined) return relevance;
  throw new LightboxError('internal', 'A forward graph was asked for relevance.');
}

export async function timeRun(
  session: Session,
  feeds: Tensors,
): Promise<{ readonly outputs: Tensors; readonly milliseconds: number }> {
  const start = performance.now();
  const outputs = await session.run(feeds);
  return { outputs, milliseconds: performance.now() - start };
}

export function imageFeed({ network, graph }: OpenModel, images: Float32Array): Tensors {
  const { channels, height, width } = network.input;
  const pictures = images.length / (channels * height * width);
  return { [graph.inputs.image]: { values: images, dims: [pictures, channels, height, width] } };
}

export function relevanceFeeds(
  { network, graph }: OpenModel,
  { targets, initial, masks }: Pick<AttributeCall, 'targets' | 'initial' | 'masks'>,
): Tensors {
  const { inputs } = graph;
  const rows = targets.length;
  const outputDims = [rows, ...network.output.shape.slice(1).map(Number)];
  const given = typeof initial === 'string' ? new Float32Array(countValues(outputDims)) : initial.given;
  const maskFeeds = inputs.masks.map(({ layer, input, channels }) => {
    const values = masks.find((mask) => mask.layer === layer)?.values ?? new Float32Array(rows * channels).fill(1);
    return [input, { values, dims: [rows, channels] }] as const;
  });
  return Object.fromEntries([
    ...feed(inputs.initial, { values: given, dims: outputDims }),
    ...feed(inputs.target, { values: BigInt64Array.from(targets, BigInt), dims: [rows] }),
    ...feed(inputs.initialScale, { values: initialScale(initial), dims: [2] }),
    ...maskFeeds,
  ]);
}

/** Regions of the picture, [regions, height, width], on the grid of each layer that sums inside them. */
export function regionFeeds({ network, graph }: OpenModel, regions: Float32Array | undefined): Tensors {
  const { height, width } = network.input;
  const feeds = graph.inputs.regions.map(({ input, size }) => {
    const values = poolRegions(regions ?? new Float32Array(height * width).fill(1), [height, width], size);
    return [input, { values, dims: [values.length / (size[0] * size[1]), ...size] }] as const;
  });
  return Object.fromEntries(feeds);
}

/** The entry of an input, where the graph has it. */
function feed(input: string | undefined, tensor: Tensor): readonly (readonly [string, Tensor])[] {
  return input === undefined ? [] : [[input, tensor]];
}

function countValues(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** (a, b) of: initial relevance = given + onehot(target) * (a + b * logits). */
function initialScale(initial: InitialRelevance): Float32Array {
  if (initial === 'one') return Float32Array.of(1, 0);
  return initial === 'logit' ? Float32Array.of(0, 1) : Float32Array.of(0, 0);
}

/** -1 becomes the largest logit of the row's own picture, or of the one picture that all rows share. */
export function resolveTargets(
  { network, graph }: OpenModel,
  targets: readonly number[],
  logits: Float32Array,
): readonly number[] {
  if (graph.inputs.target === undefined) return [];
  const classes = Number(network.output.shape[1]);
  return targets.map((target, row) => {
    const start = logits.length === classes ? 0 : row * classes;
    const own = logits.subarray(start, start + classes);
    return target === -1 ? own.indexOf(Math.max(...own)) : target;
  });
}
