import { dirname } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { writeModel, type ModelContent } from '#core/onnx/index.ts';
import type { Composite } from '../composites/composite.ts';
import { assignRules } from '../composites/assign-rules.ts';
import { isKind, type Network, type Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import { writeForward, type Forward } from './forward.ts';
import { initialRelevance } from './initial-relevance.ts';
import { writeRelevance, type RelevancePass } from './relevance-pass.ts';
import { findNonNegative, findVanishing } from './sign-analysis.ts';
import { TensorWriter, type Tensor } from './tensor.ts';
import { GraphWriter } from './writer.ts';

export interface Tap {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
}

/**
 * Lets relevance pass only through chosen channels of a layer. `through` keeps exactly what passes the layer; `masked` also keeps
 * what goes round it (a shortcut). Several `through` conditions form a chain, the layer nearest the output first.
 */
export interface ConditionPoint {
  readonly layer: string;
  readonly mode: 'through' | 'masked';
}

export interface CompileOptions {
  /** undefined compiles the forward pass alone. */
  readonly composite?: Composite | undefined;
  readonly taps?: readonly Tap[] | undefined;
  readonly conditions?: readonly ConditionPoint[] | undefined;
  /** `paired`: one row of relevance per picture. `shared`: one picture, many rows (targets, conditions). */
  readonly batch?: 'paired' | 'shared' | undefined;
  /** Channels in a block of the CPU's convolutions; 1 writes nothing but standard ONNX. */
  readonly blockSize?: number | undefined;
}

/** A compiled graph: a few kilobytes of ONNX that point at the weights in the user's own file. */
export interface AttributionGraph {
  readonly bytes: Uint8Array;
  /** The same graph as values. */
  readonly content: ModelContent;
  readonly externalDataFolder: string;
  readonly inputs: {
    readonly image: string;
    readonly target: string | undefined;
    readonly initial: string | undefined;
    readonly initialScale: string | undefined;
    readonly masks: readonly { readonly layer: string; readonly input: string; readonly channels: number }[];
  };
  readonly outputs: {
    readonly logits: string;
    /** [rows, channels, height, width] */
    readonly relevance: string | undefined;
    readonly taps: readonly (Tap & { readonly output: string; readonly sizes: readonly number[] })[];
  };
}

const opset = 20;

/** Compiles the forward pass and the relevance pass behind it into one ONNX graph (docs/decisions/0004). */
export function compileAttribution(network: Network, options: CompileOptions = {}): AttributionGraph {
  const graph = new GraphWriter();
  const writer = new TensorWriter(graph, options.blockSize ?? 1);
  const rows = options.batch === 'shared' ? 'rows' : 'batch';
  const { channels, height, width } = network.input;
  const image = graph.input('image', [options.batch === 'shared' ? 1 : 'batch', channels, height, width]);
  const plan = planRelevance(network, options);
  const forward = writeForward(writer, { network, image, fused: plan.fused });
  const logits = writer.asPlain(forward.value(network.output.name));
  const masks = writeMasks(graph, network, { points: options.conditions ?? [], rows });
  const relevances = options.composite
    ? writeRelevance(
        { writer, network, forward, ...plan, condition: conditionAt(masks) },
        initialRelevance(writer, logits, rows),
      )
    : undefined;
  const taps = (options.taps ?? []).map((tap) => writeTap(writer, tap, { network, forward, relevances }));
  const relevance = relevances && inputRelevance(writer, network, relevances);
  const outputs = { logits: graph.output(named(graph, logits)), relevance, taps };
  const externalDataFolder = dirname(network.model.path);
  const inputs = { image, ...startInputs(network, relevances !== undefined), masks };
  const content = graph.content(opset);
  return { content, bytes: writeModel(content, { externalDataFolder }), externalDataFolder, inputs, outputs };
}

/** What a run is given to start relevance from; only a classifier, [batch, classes], has targets. */
function startInputs(
  network: Network,
  relevance: boolean,
): Pick<AttributionGraph['inputs'], 'target' | 'initial' | 'initialScale'> {
  const classifier = relevance && network.output.shape.length === 2;
  return {
    target: classifier ? 'target' : undefined,
    initial: relevance ? 'initial' : undefined,
    initialScale: classifier ? 'initial_scale' : undefined,
  };
}

interface Mask extends ConditionPoint {
  readonly input: string;
  readonly channels: number;
  /** The value the condition stands at. */
  readonly value: string;
}

function writeMasks(
  graph: GraphWriter,
  network: Network,
  { points, rows }: { points: readonly ConditionPoint[]; rows: string },
): readonly Mask[] {
  return points.map((point, i) => {
    const { channels, output } = findLayer(network, point.layer);
    return { ...point, channels, value: output, input: graph.input(`mask_${String(i)}`, [rows, channels]) };
  });
}

function conditionAt(masks: readonly Mask[]): RelevancePass['condition'] {
  return (value) => {
    const mask = masks.find((candidate) => candidate.value === value);
    return mask && { factors: mask.input, restart: mask.mode === 'through' };
  };
}

/** A graph output must be computed by a node; an input that passes through gets one. */
function named(graph: GraphWriter, tensor: Tensor): string {
  return graph.emit('Identity', [tensor.name]);
}

function findLayer(network: Network, name: string): Network['layers'][number] {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  throw new LightboxError(
    'layer/unknown',
    `The model has no layer named "${name}"; "lightbox model" lists the names it has.`,
  );
}

interface RelevancePlan {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly nonNegative: ReadonlySet<string>;
  readonly vanishing: ReadonlySet<string>;
  readonly fused: ReadonlySet<string>;
}

function planRelevance(network: Network, options: CompileOptions): RelevancePlan {
  const nonNegative = findNonNegative(network);
  const rules: ReadonlyMap<string, Rule> = options.composite
    ? assignRules(network, options.composite)
    : new Map<string, Rule>();
  const vanishing = options.composite ? findVanishing(network, rules) : new Set<string>();
  const tapped = new Set(
    (options.taps ?? []).filter((tap) => tap.kind === 'activation').map((tap) => findLayer(network, tap.layer).output),
  );
  const canFuse = (operation: Operation): boolean => {
    const consumers = network.operations.filter(({ inputs }) => inputs.includes(operation.output));
    const [only] = consumers;
    return (
      (isKind(operation, 'convolution') || isKind(operation, 'linear')) &&
      consumers.length === 1 &&
      only?.form.kind === 'activation' &&
      only.form.operator === 'Relu' &&
      operation.output !== network.output.name &&
      !tapped.has(operation.output) &&
      (!options.composite || vanishing.has(operation.output))
    );
  };
  const fused = new Set(network.operations.filter(canFuse).map((operation) => operation.output));
  return { rules, nonNegative, vanishing, fused };
}

interface Written {
  readonly network: Network;
  readonly forward: Forward;
  readonly relevances: ReadonlyMap<string, Tensor> | undefined;
}

function writeTap(
  writer: TensorWriter,
  tap: Tap,
  { network, forward, relevances }: Written,
): AttributionGraph['outputs']['taps'][number] {
  const layer = findLayer(network, tap.layer);
  const tensor = tap.kind === 'activation' ? forward.value(layer.output) : relevances?.get(layer.output);
  if (!tensor) {
    throw new LightboxError('layer/unknown', `No relevance reaches the layer "${tap.layer}" under these conditions.`);
  }
  return { ...tap, sizes: tensor.sizes, output: writer.graph.output(named(writer.graph, writer.asPlain(tensor))) };
}

/** Relevance at the picture; where the network normalises pixels itself, it has passed those steps unchanged. */
function inputRelevance(writer: TensorWriter, network: Network, relevances: ReadonlyMap<string, Tensor>): string {
  const tensor = relevances.get(network.input.name);
  if (!tensor) throw new LightboxError('request/invalid', 'No relevance reaches the picture under these conditions.');
  return writer.graph.output(named(writer.graph, writer.asPlain(tensor)));
}
