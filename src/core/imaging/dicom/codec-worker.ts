import { parentPort } from 'node:worker_threads';
import type { CodecAnswer, CodecName, CodecRequest } from './run-codec.ts';

/**
 * Decodes compressed pixels in a thread of its own: the codecs are native code in WebAssembly, which on damaged streams
 * may loop without end or leave itself broken, and which otherwise would hold up everything else for seconds.
 */

interface Codec {
  readonly module: CodecModule;
  readonly createDecoder: () => PixelDecoder;
}

/**
 * OpenJPEG reports its progress on standard output, which belongs to the command line's own results. A codec makes the
 * settings it is given its own, so each needs a new object.
 */
const createSilence = (): CodecSettings => ({ print: () => undefined, printErr: () => undefined });

const loaders: Readonly<Record<CodecName, () => Promise<Codec>>> = {
  'jpeg-ls': async () => {
    const { default: create } = await import('@cornerstonejs/codec-charls/decodewasmjs');
    const module = await create(createSilence());
    return { module, createDecoder: () => new module.JpegLSDecoder() };
  },
  'jpeg-2000': async () => {
    const { default: create } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
    const module = await create(createSilence());
    return { module, createDecoder: () => new module.J2KDecoder() };
  },
  htj2k: async () => {
    const { default: create } = await import('@cornerstonejs/codec-openjph/wasmjs');
    const module = await create(createSilence());
    return { module, createDecoder: () => new module.HTJ2KDecoder() };
  },
};

const codecs = new Map<CodecName, Promise<Codec>>();

function loadCodec(name: CodecName): Promise<Codec> {
  const codec = codecs.get(name) ?? loaders[name]();
  codecs.set(name, codec);
  return codec;
}

async function answer({ codec: name, bytes }: CodecRequest): Promise<CodecAnswer> {
  const codec = await loadCodec(name);
  try {
    return decode(codec, bytes);
  } catch (cause) {
    return { failure: describeFailure(codec, cause) };
  }
}

/** The decoder is not freed after a failure: the thread that failed is not used again. */
function decode({ module, createDecoder }: Codec, bytes: Uint8Array): CodecAnswer {
  const decoder = createDecoder();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const pixels = new Uint8Array(decoder.getDecodedBuffer());
  const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo();
  decoder.delete();
  const shape = { width, height, precision: bitsPerSample, components: componentCount };
  return { pixels, shape, heapBytes: module.HEAPU8.length };
}

function describeFailure({ module }: Codec, cause: unknown): string {
  if (typeof cause === 'number') return module.getExceptionMessage?.(cause) ?? 'damaged data';
  return cause instanceof Error ? cause.message : String(cause);
}

parentPort?.on('message', (request: CodecRequest) => {
  void answer(request).then((reply) => {
    parentPort?.postMessage(reply, 'pixels' in reply ? [reply.pixels.buffer] : []);
  });
});
