/**
 * The yardstick of `lightbox bench`: a model exactly as its file is, run by ONNX Runtime with its own best defaults, and
 * nothing of ours in between. `plain-forward-process.ts MODEL PROVIDER [THREADS]`; each message is the shape of a batch, each
 * answer how long its forward pass took in milliseconds, or why it failed.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describeNativeError } from './native-error.ts';
import { defaultThreadCount } from './thread-count.ts';

/** What the process answers. */
export type PlainForwardAnswer = { readonly milliseconds: number } | { readonly failure: string };

const [modelPath = '', provider = 'cpu', threads] = process.argv.slice(2);

const opening = InferenceSession.create(modelPath, {
  executionProviders: [provider],
  intraOpNumThreads: threads === undefined ? defaultThreadCount() : Number(threads),
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
});
// Whoever asks for the first run hears of it.
opening.catch(() => undefined);

async function timeForward(shape: readonly number[]): Promise<PlainForwardAnswer> {
  try {
    const session = await opening;
    const length = shape.reduce((product, size) => product * size, 1);
    // Any picture will do: the time of a convolution does not depend on its values.
    const values = Float32Array.from({ length }, (_, index) => Math.sin(index));
    const picture = new Tensor('float32', values, shape);
    const start = performance.now();
    await session.run({ [session.inputNames[0] ?? '']: picture });
    return { milliseconds: performance.now() - start };
  } catch (cause) {
    return { failure: describeNativeError(cause) };
  }
}

process.on('message', (shape: readonly number[]) => {
  void timeForward(shape).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => {
  process.exit();
});
process.on('SIGINT', () => undefined);
