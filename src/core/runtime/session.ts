import { env, InferenceSession, Tensor as NativeTensor } from 'onnxruntime-node';
import { LightboxError } from '#shared/errors.ts';
import type { Provider } from '#shared/providers.ts';
import { writeModel, type ModelContent } from '#core/onnx/index.ts';
import { nativeFailure } from './native-error.ts';
import { orderNodes } from './order-nodes.ts';
import { padApart } from './pad-apart.ts';
import { prepareWeights, releaseWeights } from './weights/prepare-weights.ts';

/** Numbers with their dimensions, row-major. */
export interface Tensor {
  readonly values: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

export interface SessionRequest {
  /** An ONNX model. */
  readonly bytes: Uint8Array;
  /** The same model as values. With it, the CPU's weights are prepared in less memory. */
  readonly content?: ModelContent | undefined;
  /** The folder of the tensors that stay in files, links resolved. */
  readonly externalDataFolder?: string;
  readonly provider: Provider;
  readonly threads: number;
  /** What errors call the network: the name of the user's model file. */
  readonly source: string;
}

/** A network ready to run. Runs block the thread they are on. */
export interface Session {
  /** Gives every output by name. Throws `engine/failed`. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  close(): Promise<void>;
}

type NativeTensors = Readonly<Record<string, NativeTensor>>;

env.logLevel = 'error';

/** Throws `engine/failed` when ONNX Runtime refuses the network or the provider, `model/external-data`. */
export async function createSession(request: SessionRequest): Promise<Session> {
  try {
    const { content, provider } = request;
    if (content && provider === 'cpu') return await openPrepared(request, content);
    // Inputs of a run would be sent to a graphics adapter every time, so there ONNX Runtime prepares the weights.
    const mended = content && provider === 'webgpu' ? { ...content, graph: padApart(content.graph) } : undefined;
    const bytes = mended ? write(request, mended) : request.bytes;
    return asSession(await openNative(request, bytes), { request, prepared: {} });
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    throw nativeFailure(`open the network of "${request.source}" on ${request.provider}`, cause);
  }
}

/** Weights are not the session's: they are prepared apart and handed to every run by reference. */
async function openPrepared(request: SessionRequest, content: ModelContent): Promise<Session> {
  const { main, weights } = prepareWeights(content);
  const nodes = orderNodes({ ...main.graph, inputs: content.graph.inputs });
  const session = await openNative(request, write(request, { ...main, graph: { ...main.graph, nodes } }), 'disabled');
  try {
    const prepared = await weights();
    const opened = asSession(session, { request, prepared: mapValues(Object.fromEntries(prepared), toNative) });
    const close = async (): Promise<void> => {
      await opened.close();
      releaseWeights(prepared);
    };
    return { ...opened, close };
  } catch (cause) {
    await session.release();
    throw cause;
  }
}

/**
 * The compiler writes what is to run, and weights are prepared: ONNX Runtime's optimizers find nothing that makes a run faster
 * then, and take a quarter of the time that it needs to open a network.
 *
 * Prepacking would copy every weight, and memory patterns would reserve for all values at once; neither is faster here
 * (docs/decisions/0003-sessions.md).
 */
function openNative(
  request: SessionRequest,
  bytes: Uint8Array,
  optimization: 'extended' | 'disabled' = 'extended',
): Promise<InferenceSession> {
  const folder = request.externalDataFolder;
  return InferenceSession.create(bytes, {
    executionProviders: [request.provider],
    intraOpNumThreads: request.threads,
    graphOptimizationLevel: optimization,
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: {
      // It would undo what pad-apart.ts does.
      ...(request.provider === 'webgpu' ? { optimization: { disable_specified_optimizers: 'Pad_Fusion' } } : {}),
      session: {
        disable_prepacking: '1',
        ...(folder === undefined ? {} : { model_external_initializers_file_folder_path: folder }),
      },
    },
  });
}

function write({ externalDataFolder }: SessionRequest, content: ModelContent): Uint8Array {
  return writeModel(content, externalDataFolder === undefined ? {} : { externalDataFolder });
}

function asSession(
  session: InferenceSession,
  { request, prepared }: { readonly request: SessionRequest; readonly prepared: NativeTensors },
): Session {
  const run = async (inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>> => {
    const feeds = { ...prepared, ...mapValues(inputs, toNative) };
    const results = await session.run(feeds).catch((cause: unknown) => {
      throw nativeFailure(`run the network of "${request.source}" on ${request.provider}`, cause);
    });
    return mapValues(results, fromNative);
  };
  return { run, close: () => session.release() };
}

function toNative({ values, dims }: Tensor): NativeTensor {
  return values instanceof Float32Array
    ? new NativeTensor('float32', values, dims)
    : new NativeTensor('int64', values, dims);
}

function fromNative(tensor: NativeTensor): Tensor {
  const values = tensor.data;
  if (values instanceof Float32Array || values instanceof BigInt64Array) return { values, dims: tensor.dims };
  throw new LightboxError('internal', `A compiled network gave an output of type ${tensor.type}.`);
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  convert: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, convert(value)]));
}
