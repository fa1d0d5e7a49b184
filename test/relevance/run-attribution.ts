import { readFileSync } from 'node:fs';
import type { CompileOptions, Network } from '#core/relevance/index.ts';
import { compileAttribution } from '#core/relevance/index.ts';
import { createSession, probeBlockSize, type Session, type Tensor } from '#core/runtime/index.ts';

export interface AttributionRun {
  readonly image: Float32Array;
  readonly count: number;
  /** One target per row; left out where only `initial` is put at the output. */
  readonly targets?: readonly number[];
  readonly start?: 'one' | 'logit' | 'given';
  readonly initial?: Float32Array;
  readonly masks?: readonly Float32Array[];
}

export interface AttributionValues {
  readonly logits: Float32Array;
  readonly relevance: Float32Array;
  readonly taps: readonly Float32Array[];
}

const scales = { one: [1, 0], logit: [0, 1], given: [0, 0] } as const;

/** The compiled network in a session of this process: what the engine process does, without the process. */
export async function openAttribution(
  network: Network,
  options: CompileOptions,
): Promise<(run: AttributionRun) => Promise<AttributionValues>> {
  const graph = compileAttribution(network, options);
  const session = await createSession({
    bytes: graph.bytes,
    content: graph.content,
    externalDataFolder: graph.externalDataFolder,
    provider: 'cpu',
    threads: 2,
    source: network.model.path,
  });
  return (run) => attribute(session, { graph, network, run });
}

async function attribute(
  session: Session,
  { graph, network, run }: { graph: ReturnType<typeof compileAttribution>; network: Network; run: AttributionRun },
): Promise<AttributionValues> {
  const { channels, height, width } = network.input;
  const { inputs, outputs } = graph;
  const rows = run.targets?.length ?? run.count;
  const sizes = network.output.shape.slice(1).map(Number);
  const elements = sizes.reduce((a, b) => a * b, 1);
  const feeds: Record<string, Tensor> = {
    [inputs.image]: { values: run.image, dims: [run.count, channels, height, width] },
  };
  if (inputs.initial)
    feeds[inputs.initial] = { values: run.initial ?? new Float32Array(rows * elements), dims: [rows, ...sizes] };
  if (inputs.target) {
    const targets = run.targets ?? Array.from({ length: rows }, () => -1);
    feeds[inputs.target] = { values: BigInt64Array.from(targets, BigInt), dims: [rows] };
  }
  if (inputs.initialScale)
    feeds[inputs.initialScale] = { values: Float32Array.from(scales[run.start ?? 'one']), dims: [2] };
  inputs.masks.forEach((mask, i) => {
    feeds[mask.input] = {
      values: run.masks?.[i] ?? new Float32Array(rows * mask.channels).fill(1),
      dims: [rows, mask.channels],
    };
  });
  const results = await session.run(feeds);
  const floats = (name: string): Float32Array => results[name]?.values as Float32Array;
  return {
    logits: floats(outputs.logits),
    relevance: floats(outputs.relevance ?? outputs.logits),
    taps: outputs.taps.map((tap) => floats(tap.output)),
  };
}

/** Both layouts a compiled graph can have on this machine's CPU. */
export async function blockSizes(): Promise<readonly number[]> {
  return [...new Set([1, await probeBlockSize()])];
}

/** ||actual - expected|| / ||expected|| in the Euclidean norm. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += ((actual[i] ?? NaN) - (expected[i] ?? NaN)) ** 2;
    norm += (expected[i] ?? NaN) ** 2;
  }
  return Math.sqrt(difference / norm);
}

export function readFloats(path: string, offset = 0, count?: number): Float32Array {
  const bytes = readFileSync(path);
  const end = count === undefined ? bytes.length : offset + 4 * count;
  return new Float32Array(Uint8Array.from(bytes.subarray(offset, end)).buffer);
}

/** Sums [N, C, H, W] over C. */
export function sumOverColor(
  relevance: Float32Array,
  [count, channels, size]: readonly [number, number, number],
): Float32Array {
  const sums = new Float32Array(count * size);
  for (let n = 0; n < count; n++) {
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < size; i++) {
        const at = n * size + i;
        sums[at] = (sums[at] ?? NaN) + (relevance[(n * channels + c) * size + i] ?? NaN);
      }
    }
  }
  return sums;
}
