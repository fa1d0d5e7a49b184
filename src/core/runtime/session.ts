import { env, InferenceSession, Tensor as NativeTensor } from 'onnxruntime-node';
import { LightboxError } from '#shared/errors.ts';
import type { Provider } from '#shared/providers.ts';
import { nativeFailure } from './native-error.ts';

/** Numbers with their dimensions, row-major. */
export interface Tensor {
  readonly values: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

export interface SessionRequest {
  /** An ONNX model. */
  readonly bytes: Uint8Array;
  /** The folder that tensors stored outside the bytes are named relative to, links resolved. */
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

env.logLevel = 'error';

/** Throws `engine/failed` when ONNX Runtime refuses the network or the provider. */
export async function createSession(request: SessionRequest): Promise<Session> {
  const session = await InferenceSession.create(request.bytes, sessionOptions(request)).catch((cause: unknown) => {
    throw nativeFailure(`open the network of "${request.source}" on ${request.provider}`, cause);
  });
  return {
    run: (inputs) => run(session, request, inputs),
    close: () => session.release(),
  };
}

/**
 * Prepacking would copy every weight beside the file's own pages: for VGG16 0.3 s and 260 MB more, for nothing measurable in
 * speed (docs/decisions/0003-sessions.md).
 */
function sessionOptions(request: SessionRequest): InferenceSession.SessionOptions {
  const folder = request.externalDataFolder;
  return {
    executionProviders: [request.provider],
    intraOpNumThreads: request.threads,
    graphOptimizationLevel: 'extended',
    logSeverityLevel: 3,
    extra: {
      session: {
        disable_prepacking: '1',
        ...(folder === undefined ? {} : { model_external_initializers_file_folder_path: folder }),
      },
    },
  };
}

async function run(
  session: InferenceSession,
  request: SessionRequest,
  inputs: Readonly<Record<string, Tensor>>,
): Promise<Readonly<Record<string, Tensor>>> {
  const feeds = mapValues(inputs, toNative);
  const results = await session.run(feeds).catch((cause: unknown) => {
    throw nativeFailure(`run the network of "${request.source}" on ${request.provider}`, cause);
  });
  return mapValues(results, fromNative);
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
