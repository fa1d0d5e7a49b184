/** Small models for this module's tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { float, float32Initializer, int64Initializer, node, valueInfo } from './build.ts';
import type { ModelContent } from './draft-model.ts';
import type { Graph, Initializer } from './model.ts';
import { modelProto } from './onnx-messages.ts';
import type { DraftMessageOf } from './wire-format.ts';
import { writeMessage } from './wire-writer.ts';

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function seededInitializer(name: string, dims: readonly number[]): Initializer {
  const random = seededRandom(name.length + dims.length);
  const count = dims.reduce((product, size) => product * size, 1);
  return float32Initializer(
    name,
    dims,
    Float32Array.from({ length: count }, () => random() - 0.5),
  );
}

/** conv (16 channels, weights over 1 KB) - relu - global pool - reshape by a constant - gemm, for 3x8x8 pictures. */
export function tinyClassifier(changes: Partial<Graph> = {}): ModelContent {
  const initializers = [
    seededInitializer('conv.weight', [16, 3, 3, 3]),
    seededInitializer('conv.bias', [16]),
    seededInitializer('fc.weight', [20, 16]),
    seededInitializer('fc.bias', [20]),
    int64Initializer('shape', [2], [-1, 16]),
  ];
  const graph: Graph = {
    name: 'tiny',
    nodes: [
      node(
        'Conv',
        { inputs: ['input', 'conv.weight', 'conv.bias'], outputs: ['a'], name: 'conv' },
        { pads: [1, 1, 1, 1] },
      ),
      node('Relu', { inputs: ['a'], outputs: ['b'] }),
      node('GlobalAveragePool', { inputs: ['b'], outputs: ['c'] }),
      node('Reshape', { inputs: ['c', 'shape'], outputs: ['d'] }),
      node('Gemm', { inputs: ['d', 'fc.weight', 'fc.bias'], outputs: ['logits'] }, { alpha: float(1), transB: 1 }),
    ],
    initializers: new Map(initializers.map((initializer) => [initializer.name, initializer])),
    inputs: [valueInfo('input', ['batch', 3, 8, 8])],
    outputs: [valueInfo('logits', ['batch', 20])],
    ...changes,
  };
  return { irVersion: 8, opsets: new Map([['', 17]]), producer: 'lightbox', graph };
}

/** The bytes of any message tree, for forms that `writeModel` does not write. */
export function writeDraft(draft: DraftMessageOf<typeof modelProto>): Buffer {
  return Buffer.concat(writeMessage(modelProto, draft).flatMap((part) => (part.kind === 'memory' ? [part.bytes] : [])));
}

export function getInitializer(graph: Graph, name: string): Initializer {
  const initializer = graph.initializers.get(name);
  if (initializer) return initializer;
  throw new Error(`initializer "${name}" was lost`);
}

/** A folder for one test file; `remove` it in afterAll. */
export class TestFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'lightbox-onnx-'));

  write(name: string, bytes: Uint8Array | string): string {
    writeFileSync(this.file(name), bytes);
    return this.file(name);
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Bytes in memory, as a message's payload. */
export function payload(bytes: ArrayLike<number>): { kind: 'memory'; bytes: Uint8Array } {
  return { kind: 'memory', bytes: Uint8Array.from(bytes) };
}

export function floatBytes(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

type ModelDraft = DraftMessageOf<typeof modelProto>;

/** A model of one Relu, with some parts of its graph replaced. */
export function draftWith(graph: NonNullable<ModelDraft['graph']>): ModelDraft {
  const rest = { nodes: [{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }], outputs: [{ name: 'y' }] };
  return { irVersion: 8, opsets: [{ version: 17 }], graph: { ...rest, ...graph } };
}

/** What a promise was refused with, as "code: sentence". */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (caught: unknown) => caught,
  );
  if (error instanceof LightboxError) return `${error.code}: ${error.message}`;
  throw error;
}
