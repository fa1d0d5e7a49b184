/** One batch through an open model: inputs laid out as the compiled graph wants them, results checked and named. */
import { LightboxError } from '#shared/errors.ts';
import type { Session, Tensor } from '#core/runtime/index.ts';
import type { AttributeCall } from './calls.ts';
import { requireFinite } from './finite.ts';
import type { OpenModel } from './open-models.ts';
import type { Attribution, InitialRelevance, Prediction, Tap } from './requests.ts';

type Tensors = Readonly<Record<string, Tensor>>;

/** images: [pictures, channels, height, width]. Throws `model/not-finite` when anything but numbers comes out. */
export async function predict(model: OpenModel, images: Float32Array): Promise<Prediction> {
  const { outputs, milliseconds } = await timeRun(model.session, imageFeed(model, images));
  const logits = getFloats(outputs, model.graph.outputs.logits);
  await requireFinite(model, { images, results: [logits] });
  return { logits, taps: readTaps(model, outputs), milliseconds };
}

/** Throws as `predict`. */
export async function attribute(model: OpenModel, call: AttributeCall): Promise<Attribution> {
  const { logits: logitsName, relevance: relevanceName } = model.graph.outputs;
  if (relevanceName === undefined) throw new LightboxError('internal', 'A forward graph was asked for relevance.');
  const feeds = { ...imageFeed(model, call.images), ...relevanceFeeds(model, call) };
  const { outputs, milliseconds } = await timeRun(model.session, feeds);
  const logits = getFloats(outputs, logitsName);
  const relevance = getFloats(outputs, relevanceName);
  await requireFinite(model, { images: call.images, results: [logits, relevance] });
  const targets = model.graph.inputs.target === undefined ? [] : resolveTargets(model, call.targets, logits);
  return { logits, relevance, targets, taps: readTaps(model, outputs), milliseconds };
}

async function timeRun(
  session: Session,
  feeds: Tensors,
): Promise<{ readonly outputs: Tensors; readonly milliseconds: number }> {
  const start = performance.now();
  const outputs = await session.run(feeds);
  return { outputs, milliseconds: performance.now() - start };
}

function imageFeed({ network, graph }: OpenModel, images: Float32Array): Tensors {
  const { channels, height, width } = network.input;
  const pictures = images.length / (channels * height * width);
  return { [graph.inputs.image]: { values: images, dims: [pictures, channels, height, width] } };
}

function relevanceFeeds({ network, graph }: OpenModel, { targets, initial, masks }: AttributeCall): Tensors {
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
function resolveTargets({ network }: OpenModel, targets: readonly number[], logits: Float32Array): readonly number[] {
  const classes = Number(network.output.shape[1]);
  return targets.map((target, row) => {
    const start = logits.length === classes ? 0 : row * classes;
    const own = logits.subarray(start, start + classes);
    return target === -1 ? own.indexOf(Math.max(...own)) : target;
  });
}

function readTaps({ graph }: OpenModel, outputs: Tensors): readonly Tap[] {
  return graph.outputs.taps.map(({ layer, kind, output }) => ({
    layer,
    kind,
    dims: getTensor(outputs, output).dims,
    values: getFloats(outputs, output),
  }));
}

function getFloats(outputs: Tensors, name: string): Float32Array {
  const { values } = getTensor(outputs, name);
  if (values instanceof Float32Array) return values;
  throw new LightboxError('internal', `Output "${name}" of a compiled network is not float32.`);
}

function getTensor(outputs: Tensors, name: string): Tensor {
  const tensor = outputs[name];
  if (tensor) return tensor;
  throw new LightboxError('internal', `A compiled network has no output "${name}".`);
}
