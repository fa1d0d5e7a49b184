import { dirname } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { writeModel, type ModelContent } from '#core/onnx/index.ts';
import type { Composite } from '../composites/composite.ts';
import type { Network } from '../network/network.ts';
import { writeConceptTaps, type ConceptOutputs, type ConceptTap, type RegionInput } from './concept-taps.ts';
import { conditionAt, writeMasks, type ConditionPoint, type Mask } from './conditions.ts';
import type { PartLimits } from './dense-parts.ts';
import { findLayer } from './find-layer.ts';
import { writeForward, type Forward } from './forward.ts';
import { initialRelevance } from './initial-relevance.ts';
import { planRelevance } from './plan-relevance.ts';
import { writeRelevance, type Relevances } from './relevance-pass.ts';
import { RowGroups, type Groups } from './row-groups.ts';
import { createBeginnings, type StartInputs, type StartPoint } from './start-points.ts';
import { TensorWriter, type Tensor } from './tensor.ts';
import { GraphWriter } from './writer.ts';

export interface Tap {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
}

export interface CompileOptions {
  /** undefined compiles the forward pass alone. */
  readonly composite?: Composite | undefined;
  readonly taps?: readonly Tap[] | undefined;
  readonly conditions?: readonly ConditionPoint[] | undefined;
  /** Layers at which rows of their own may begin; needs a shared batch. */
  readonly starts?: readonly StartPoint[] | undefined;
  /** Whether there are rows that begin at the output; true unless all begin at layers' activations. */
  readonly fromOutput?: boolean | undefined;
  readonly concepts?: readonly ConceptTap[] | undefined;
  /** `paired`: one row of relevance per picture. `shared`: one picture, many rows (targets, conditions). */
  readonly batch?: 'paired' | 'shared' | undefined;
  /** Channels in a block of the CPU's convolutions; 1 writes nothing but standard ONNX. */
  readonly blockSize?: number | undefined;
  /** From how many bytes of weights on a linear layer is written in parts; 32 MB, in parts of 16 MB. */
  readonly partLimits?: PartLimits | undefined;
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
    readonly starts: readonly StartInputs[];
    readonly regions: readonly RegionInput[];
  };
  readonly outputs: {
    readonly logits: string;
    /** [rows, channels, height, width] */
    readonly relevance: string | undefined;
    /** Which groups of rows the relevance has, one after the other. */
    readonly groups: Groups;
    readonly taps: readonly (Tap & { readonly output: string; readonly sizes: readonly number[] })[];
    readonly concepts: readonly ConceptOutputs[];
  };
}

const opset = 20;

/** Compiles the forward pass and the relevance pass behind it into one ONNX graph (docs/decisions/0004). */
export function compileAttribution(network: Network, options: CompileOptions = {}): AttributionGraph {
  checkOptions(options);
  const graph = new GraphWriter();
  const writer = new TensorWriter(graph, options.blockSize ?? 1);
  const pass = writePass(writer, network, options);
  const { image, forward, relevances, initial, masks, starts } = pass;
  const taps = (options.taps ?? []).map((tap) => writeTap(tap, pass));
  const concepts = writeConceptTaps(pass, options.concepts ?? []);
  const outputs = {
    logits: graph.output(named(graph, writer.asPlain(forward.value(network.output.name)))),
    relevance: relevances && inputRelevance(writer, network, relevances),
    groups: relevances?.reached.get(network.input.name)?.groups ?? [],
    ...{ taps, concepts: concepts.outputs },
  };
  const inputs = { image, ...startInputs(network, initial !== undefined), masks, starts, regions: concepts.regions };
  const externalDataFolder = dirname(network.model.path);
  const content = graph.content(opset);
  return { content, bytes: writeModel(content, { externalDataFolder }), externalDataFolder, inputs, outputs };
}

interface Pass extends Written {
  readonly image: string;
  readonly rowGroups: RowGroups;
  readonly initial: Tensor | undefined;
  readonly masks: readonly Mask[];
  readonly starts: readonly StartInputs[];
}

function writePass(writer: TensorWriter, network: Network, options: CompileOptions): Pass {
  const { batch = 'paired', conditions = [], starts = [], concepts = [] } = options;
  const [rows, pictures] = batch === 'shared' ? (['rows', 1] as const) : (['batch', 'batch'] as const);
  const { channels, height, width } = network.input;
  const image = writer.graph.input('image', [pictures, channels, height, width]);
  const plan = planRelevance(network, options);
  const forward = writeForward(writer, { network, image, ...plan, limits: options.partLimits });
  const masks = writeMasks(writer.graph, network, { points: conditions, rows });
  const rowGroups = new RowGroups(writer);
  const beginnings = createBeginnings({ writer, forward, rowGroups }, network, starts);
  const logits = writer.asPlain(forward.value(network.output.name));
  const initial = startsAtOutput(options) ? initialRelevance(writer, logits, rows) : undefined;
  if (initial) rowGroups.add(0, 'initial');
  const watched = new Set(concepts.filter(({ round }) => round).map(({ layer }) => findLayer(network, layer).output));
  const surroundings = { writer, network, forward, rowGroups, ...plan, watched };
  const walk = { ...surroundings, condition: conditionAt(masks), begin: beginnings.begin };
  const relevances = options.composite && writeRelevance(walk, initial);
  return { writer, network, forward, rowGroups, relevances, image, initial, masks, starts: beginnings.list() };
}

function startsAtOutput({ composite, fromOutput = true }: CompileOptions): boolean {
  return composite !== undefined && fromOutput;
}

function checkOptions({ starts = [], batch, fromOutput = true, composite }: CompileOptions): void {
  if (starts.length > 0 && (batch !== 'shared' || !composite)) {
    throw new LightboxError(
      'request/invalid',
      'Rows can begin at layers only with a composite and one shared picture.',
    );
  }
  if (!fromOutput && !starts.some(({ from }) => from === 'activation')) {
    throw new LightboxError('request/invalid', 'Relevance must begin at the output or at the activation of a layer.');
  }
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

/** A graph output must be computed by a node; an input that passes through gets one. */
function named(graph: GraphWriter, tensor: Tensor): string {
  return graph.emit('Identity', [tensor.name]);
}

interface Written {
  readonly writer: TensorWriter;
  readonly network: Network;
  readonly forward: Forward;
  readonly relevances: Relevances | undefined;
}

function writeTap(
  tap: Tap,
  { writer, network, forward, relevances }: Written,
): AttributionGraph['outputs']['taps'][number] {
  const layer = findLayer(network, tap.layer);
  const tensor =
    tap.kind === 'activation' ? forward.value(layer.output) : relevances?.reached.get(layer.output)?.relevance;
  if (!tensor) {
    throw new LightboxError('layer/unknown', `No relevance reaches the layer "${tap.layer}" under these conditions.`);
  }
  return { ...tap, sizes: tensor.sizes, output: writer.graph.output(named(writer.graph, writer.asPlain(tensor))) };
}

/** Relevance at the picture; where the network normalises pixels itself, it has passed those steps unchanged. */
function inputRelevance(writer: TensorWriter, network: Network, { reached }: Relevances): string {
  const tensor = reached.get(network.input.name)?.relevance;
  if (!tensor) throw new LightboxError('request/invalid', 'No relevance reaches the picture under these conditions.');
  return writer.graph.output(named(writer.graph, writer.asPlain(tensor)));
}
